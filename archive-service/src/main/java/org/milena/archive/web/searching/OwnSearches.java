package org.milena.archive.web.searching;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.archive.saved.SavedSearches;
import org.milena.archive.search.ParsedQuery;
import org.milena.archive.search.QueryParser;
import org.milena.archive.search.QueryPrinter;
import org.milena.archive.search.QueryProblem;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.web.Links;
import org.milena.archive.web.Reader;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.SearchChange;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.SavedSearch.Question;
import org.milena.common.directory.SearchName;
import org.milena.common.mail.ListId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.milena.common.web.Sender;

/** The searches that whoever is calling keeps. There is no way to those of anybody else. */
public final class OwnSearches {
  private final SavedSearches searches;
  private final Directory directory;
  private final Reader reader;

  /** Over the searches of all. */
  public OwnSearches(SavedSearches searches, Directory directory, ListAccess access) {
    this.searches = searches;
    this.directory = directory;
    this.reader = new Reader(access, true);
  }

  /** Where a search looks. */
  public enum Place {
    /** On all lists that its reader may read. */
    EVERYWHERE,
    /** On one list that he may read. */
    OPEN,
    /** On one that he may not read any more. */
    CLOSED,
    /** On one that is not there any more. */
    GONE
  }

  /**
   * A search and where it looks now.
   *
   * @param list where the place is open; null else
   */
  record Own(SavedSearch search, Place place, @Nullable MailingList list) {
    boolean canBeAsked() {
      return place == Place.EVERYWHERE || place == Place.OPEN;
    }

    /** What it finds, as a feed ({@code atom}) or a file; null while it cannot be asked. */
    @Nullable String found(String kind) {
      return canBeAsked() ? Links.found(kind, search.question().typed(), list) : null;
    }

    /** The page of what it finds. */
    String page() {
      Question asked = search.question();
      String found = Links.found("", asked.typed(), list);
      String order = name(asked.order());
      return found
          + (order == null ? "" : "&sort=" + order)
          + (asked.threads() ? "&threads=true" : "");
    }
  }

  /**
   * All of them, by name.
   *
   * @throws ApiProblem when nobody is signed in, or only with a token that reads nothing; or when
   *     the directory lags and does not have the list of one
   */
  List<Own> all() {
    return searches.of(reader()).stream().map(this::placed).toList();
  }

  /** Those whose place is known, beside a search that needs none of them; likewise. */
  List<Own> known() {
    return searches.of(reader()).stream().flatMap(search -> place(search).stream()).toList();
  }

  /**
   * The one with this id.
   *
   * @throws ApiProblem when there is none, or as above
   */
  Own require(String id) {
    return placed(searches.find(reader(), id).orElseThrow(OwnSearches::notThere));
  }

  /**
   * The one that finds the same in the same order, however its query is written; empty where nobody
   * is signed in.
   */
  Optional<SavedSearch> asking(Question question) {
    Caller caller = Caller.current();
    return caller.signedIn()
        ? searches.of(caller.name()).stream()
            .filter(search -> same(search.question(), question))
            .findFirst()
        : Optional.empty();
  }

  private static boolean same(Question one, Question other) {
    return Objects.equals(one.list(), other.list())
        && one.order() == other.order()
        && one.threads() == other.threads()
        && (one.typed().equals(other.typed())
            || read(one.typed())
                .filter(text -> read(other.typed()).equals(Optional.of(text)))
                .isPresent());
  }

  /** A query as it is read now, in its shortest form; empty where it can't be read any more. */
  static Optional<String> read(String typed) {
    return QueryParser.parse(typed) instanceof ParsedQuery.Valid(var query)
        ? Optional.of(QueryPrinter.print(query))
        : Optional.empty();
  }

  /**
   * A question as it is kept.
   *
   * @param list address of the only list; blank or null for all
   * @throws ApiProblem when it cannot be asked, or may not
   */
  Question question(
      @Nullable String q, @Nullable String list, @Nullable String sort, boolean threads) {
    if (q == null || q.isBlank()) {
      throw ApiProblem.badRequest("query-missing", "Say what to look for; * is everything.");
    }
    MailingList only = list == null || list.isBlank() ? null : reader.list(list.strip());
    return switch (QueryParser.parse(q)) {
      case ParsedQuery.Invalid(QueryProblem problem) -> throw SearchApi.refused(q, problem);
      case ParsedQuery.Valid _ -> {
        requireAddress(q.strip(), only);
        yield new Question(
            q.strip(), only == null ? null : only.id(), order(SearchApi.sort(sort)), threads);
      }
    };
  }

  /** What is kept is run by its address; nine octets of it are one Chinese letter. */
  private static void requireAddress(String typed, @Nullable MailingList only) {
    int octets = Links.found("", typed, only).length();
    if (octets > Links.LONGEST_FOUND) {
      throw ApiProblem.badRequest(
          "invalid-query",
          tooLong(octets),
          Map.of("position", 0, "length", typed.length(), "marked", typed));
    }
  }

  /** That a search of so many octets has no address. */
  static String tooLong(int octets) {
    return "This search is too long for the address of a page: %,d octets, and %,d fit."
        .formatted(octets, Links.LONGEST_FOUND);
  }

  /**
   * Keeps a search, in place of whichever has its name.
   *
   * @throws ApiProblem when there can be no such name, or the caller may not
   */
  CommandOutcome put(@Nullable String name, Question question) {
    return change(new SearchChange.Keep(name(name), question, true));
  }

  /**
   * Keeps a search.
   *
   * @param other takes the place of this one, if it has the name and is as it was; null for none
   * @throws ApiProblem as above
   */
  CommandOutcome keep(@Nullable String name, Question question, SearchChange.@Nullable Seen other) {
    return change(new SearchChange.Keep(name(name), question, other != null, other));
  }

  /** Gives the one with this id another name; likewise. */
  CommandOutcome rename(String id, @Nullable String name) {
    return change(new SearchChange.Rename(id, name(name)));
  }

  /** Removes the one with this id; likewise. */
  CommandOutcome remove(String id) {
    return change(new SearchChange.Remove(id));
  }

  /**
   * The one that was kept just now.
   *
   * @param kept names it, but where an owner of an earlier version answered
   * @param name it has, if nobody changed that meanwhile
   * @throws ApiProblem when another program removed it meanwhile
   */
  Own kept(CommandOutcome.Done kept, @Nullable String name) {
    String id = kept.id();
    return (id == null ? searches.named(reader(), name(name)) : searches.find(reader(), id))
        .map(this::placed)
        .orElseThrow(() ->
            ApiProblem.conflict(
                "search-changed",
                "The search was kept, and removed by somebody else meanwhile; look again."));
  }

  /** The one that has this name, as it is to be seen when it is to be replaced. */
  Optional<SearchChange.Seen> seen(String name) {
    return searches.named(reader(), name(name)).map(SearchChange.Seen::of);
  }

  private CommandOutcome change(SearchChange change) {
    // who may not read what is kept is told so before anything is changed
    Caller caller = Caller.current().requireScope(Scope.READ).requireScope(Scope.LISTS);
    return searches.change(caller.name(), change, Sender.current().origin());
  }

  private static String reader() {
    return Caller.current().requireScope(Scope.READ).name();
  }

  private Own placed(SavedSearch search) {
    return place(search).orElseThrow(OwnSearches::later);
  }

  /** Empty where the list is missing in a view that is not fresh: it cannot say that it is gone. */
  private Optional<Own> place(SavedSearch search) {
    ListId only = search.question().list();
    if (only == null) {
      return Optional.of(new Own(search, Place.EVERYWHERE, null));
    }
    MailingList list = directory.list(only).orElse(null);
    if (list == null) {
      return directory.isFresh()
          ? Optional.of(new Own(search, Place.GONE, null))
          : Optional.empty();
    }
    return Optional.of(
        reader.mayRead(list)
            ? new Own(search, Place.OPEN, list)
            : new Own(search, Place.CLOSED, null));
  }

  private static ApiProblem later() {
    return ApiProblem.unavailable(
        "This instance does not know yet whether the list of a search is still there.");
  }

  private static String name(@Nullable String typed) {
    return SearchName.of(typed == null ? "" : typed)
        .orElseThrow(() -> ApiProblem.badRequest("search-name", SearchName.RULE));
  }

  static SavedSearch.@Nullable Order order(SearchRequest.@Nullable Sort sort) {
    return switch (sort) {
      case null -> null;
      case RELEVANCE -> SavedSearch.Order.RELEVANCE;
      case NEWEST -> SavedSearch.Order.NEWEST;
      case OLDEST -> SavedSearch.Order.OLDEST;
    };
  }

  /** As {@code sort} has it; null for what is usual. */
  static @Nullable String name(SavedSearch.@Nullable Order order) {
    return switch (order) {
      case null -> null;
      case RELEVANCE -> "relevance";
      case NEWEST -> "newest";
      case OLDEST -> "oldest";
    };
  }

  private static ApiProblem notThere() {
    return ApiProblem.notFound("You keep no such search.");
  }
}
