package org.milena.archive.web.searching;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.web.searching.OwnSearches.Own;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.SavedSearch.Question;
import org.milena.common.mail.ListId;
import org.milena.common.web.Sender;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Searches that an account keeps, for programs of the account itself. */
@RestController
@RequestMapping("/api/v1/archive/searches")
public class SavedSearchesApi {
  private final OwnSearches searches;

  /** Over the searches of whoever is calling. */
  public SavedSearchesApi(OwnSearches searches) {
    this.searches = searches;
  }

  /**
   * A search that is kept.
   *
   * @param q as it was typed
   * @param query as it is read; null where it can't be any more
   * @param place where it looks
   * @param list address of the one list, while that may be read
   * @param listId id of the one list; null for all lists
   * @param sort null for what is usual
   * @param url of the page of what it finds; null while it cannot be asked, as are the next two
   * @param atom what it finds as a feed
   * @param mbox what it finds as a file
   */
  public record SavedSearchJson(
      String id,
      String name,
      String q,
      @Nullable String query,
      OwnSearches.Place place,
      @Nullable String list,
      @Nullable ListId listId,
      @Nullable String sort,
      boolean threads,
      Instant keptAt,
      Instant changedAt,
      @Nullable String url,
      @Nullable String atom,
      @Nullable String mbox) {

    static SavedSearchJson of(Own own) {
      SavedSearch search = own.search();
      Question asked = search.question();
      MailingList list = own.list();
      return new SavedSearchJson(
          search.id(),
          search.name(),
          asked.typed(),
          OwnSearches.read(asked.typed()).orElse(null),
          own.place(),
          list == null ? null : list.address().toString(),
          asked.list(),
          OwnSearches.name(asked.order()),
          asked.threads(),
          search.keptAt(),
          search.changedAt(),
          own.canBeAsked() ? own.page() : null,
          inApi(own.found("atom")),
          inApi(own.found("mbox")));
    }

    private static @Nullable String inApi(@Nullable String path) {
      return path == null ? null : "/api/v1" + path;
    }
  }

  /** All of an account; they are few. */
  public record SavedSearchesJson(List<SavedSearchJson> items) {}

  /**
   * A search to be kept, as one asks it.
   *
   * @param list address of the only list; null for all
   */
  record Wanted(
      @Nullable String name,
      @Nullable String q,
      @Nullable String list,
      @Nullable String sort,
      @Nullable Boolean threads) {}

  /** Another name. */
  record NewName(@Nullable String name) {}

  /** All of the caller, by name. */
  @GetMapping
  SavedSearchesJson all() {
    return new SavedSearchesJson(searches.all().stream().map(SavedSearchJson::of).toList());
  }

  /** One. */
  @GetMapping("/{id}")
  SavedSearchJson one(@PathVariable("id") String id) {
    return SavedSearchJson.of(searches.require(id));
  }

  /** Keeps a search, in place of the one that has its name. */
  @PutMapping
  SavedSearchJson put(@RequestBody Wanted wanted) {
    Question question =
        searches.question(
            wanted.q(), wanted.list(), wanted.sort(), Boolean.TRUE.equals(wanted.threads()));
    CommandOutcome.Done kept = Sender.done(searches.put(wanted.name(), question));
    return SavedSearchJson.of(searches.kept(kept, wanted.name()));
  }

  /** Gives one another name. */
  @PatchMapping("/{id}")
  SavedSearchJson rename(@PathVariable("id") String id, @RequestBody NewName wanted) {
    CommandOutcome.Done unused = Sender.done(searches.rename(id, wanted.name()));
    return SavedSearchJson.of(searches.require(id));
  }

  /** Removes one. */
  @DeleteMapping("/{id}")
  ResponseEntity<Void> remove(@PathVariable("id") String id) {
    CommandOutcome.Done unused = Sender.done(searches.remove(id));
    return ResponseEntity.noContent().build();
  }
}
