package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.archive.former.FormerAddress;
import org.milena.archive.former.FormerAddress.AllLists;
import org.milena.archive.former.FormerAddress.ByKey;
import org.milena.archive.former.FormerAddress.ByMessageId;
import org.milena.archive.former.FormerAddress.FeedOf;
import org.milena.archive.former.FormerAddress.Form;
import org.milena.archive.former.FormerAddress.OfList;
import org.milena.archive.former.FormerAddress.Page;
import org.milena.archive.former.FormerAddress.Search;
import org.milena.archive.former.FormerAddresses;
import org.milena.archive.former.FormerPosts;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Leads from addresses of other archives to ours, for good (301). Only to our own pages, and only
 * where the reader may go: what is not for this reader is answered as what is not there, or as its
 * page would.
 */
@Controller
public class FormerPages {
  private final ArchiveIndex index;
  private final FormerPosts former;
  private final Directory directory;
  private final Reader reader;

  /** Over one archive. */
  public FormerPages(
      ArchiveIndex index, FormerPosts former, Directory directory, ListAccess access) {
    this.index = index;
    this.former = former;
    this.directory = directory;
    this.reader = new Reader(access, true);
  }

  /** Any of them. */
  @GetMapping({
    "/archives/**",
    "/hyperkitty/**",
    "/mailman3/hyperkitty/**",
    "/pipermail/**",
    "/arc/**",
    "/thread.html/**",
    "/thread/{id}",
    "/list.html",
    "/{list}/{messageId:.*@.*}/**",
    "/{list}/{kind:[mft]}/{messageId:.*@.*}",
    "/{list}/{feed:new\\.atom|new\\.html|topics_new\\.html}",
    "/{list:[A-Za-z0-9@._+-]+}/"
  })
  ResponseEntity<Void> former(HttpServletRequest request) {
    List<String> path = new ArrayList<>();
    int segments = request.getRequestURI().split("/", -1).length;
    for (int i = 1; i < segments; i++) {
      path.add(RawPath.segment(request, i));
    }
    Map<String, String> query = new HashMap<>();
    request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
    String bare = Optional.ofNullable(request.getQueryString()).map(RawPath::decode).orElse("");
    String target =
        FormerAddresses.read(path, query, bare).flatMap(this::target).orElseThrow(this::nothing);
    String address =
        request.getRequestURI().endsWith(".gz")
            ? target.replaceFirst("/mbox(?=[?]|$)", "/mbox.gz")
            : target;
    return ResponseEntity.status(HttpStatus.MOVED_PERMANENTLY)
        .location(URI.create(address))
        .build();
  }

  private ApiProblem nothing() {
    return ApiProblem.notFound("There is nothing at this address.");
  }

  private Optional<String> target(FormerAddress address) {
    return switch (address) {
      case AllLists() -> Optional.of("/archive");
      case OfList(String name, @Nullable YearMonth month, boolean mbox) ->
          list(name)
              .map(list ->
                  mbox
                      ? Links.mbox(list, month, null)
                      : month == null ? Links.list(list) : Links.month(list, month));
      case FeedOf(String name) -> list(name).map(list -> Links.atom(list, null));
      case Search(@Nullable String name, String words, Form form) -> search(name, words, form);
      case ByMessageId(@Nullable String name, String messageId, Page page) ->
          name == null
              ? first(former.byMessageId(messageId), page)
              : list(name).flatMap(list -> first(index.byMessageId(list.id(), messageId), page));
      case ByKey(@Nullable String name, String key, Page page, @Nullable FormerAddress otherwise) ->
          byKey(name, key, page)
              .or(() -> otherwise == null ? Optional.<String>empty() : target(otherwise));
    };
  }

  private Optional<String> byKey(@Nullable String name, String key, Page page) {
    if (name == null) {
      return first(former.byKey(key), page);
    }
    return list(name)
        .flatMap(list ->
            first(
                former.byKey(key).stream().filter(post -> post.list().equals(list.id())).toList(),
                page));
  }

  private Optional<String> search(@Nullable String name, String words, Form form) {
    String kind =
        switch (form) {
          case PAGE -> "";
          case FEED -> "atom";
          case MBOX -> "mbox.gz";
        };
    return name == null
        ? Optional.of(Links.found(kind, words, null))
        : list(name).map(list -> Links.found(kind, words, list));
  }

  /** The first that this reader may read. */
  private Optional<String> first(List<ArchivedPost> posts, Page page) {
    for (ArchivedPost post : posts) {
      MailingList list = directory.list(post.list()).orElse(null);
      if (list != null && reader.mayRead(list)) {
        return Optional.of(
            switch (page) {
              case POST -> Links.post(list, post);
              case RAW -> Links.raw(list, post.id());
              case THREAD -> Links.thread(list, post);
              case FLAT -> Links.post(list, post) + "flat/";
              case MBOX -> Links.mbox(list, null, post.thread());
              case FEED -> Links.atom(list, post.thread());
            });
      }
    }
    return Optional.empty();
  }

  /**
   * By address as its pages are; by List-Id or the part before the {@code @} only among those that
   * the reader may read, where one alone has it.
   */
  private Optional<MailingList> list(String name) {
    if (name.indexOf('@') > 0) {
      return switch (MailAddress.parse(name)) {
        case ParsedAddress.Valid(var valid) when directory.listAt(valid).isPresent() ->
            Optional.of(reader.list(name));
        case ParsedAddress.Valid _, ParsedAddress.Invalid _ -> Optional.empty();
      };
    }
    List<MailingList> named =
        directory.lists().stream()
            .filter(reader::mayRead)
            .filter(list ->
                list.id().value().equalsIgnoreCase(name)
                    || list.address().localPart().equalsIgnoreCase(name))
            .sorted(Comparator.comparing(list -> list.id().value()))
            .limit(2)
            .toList();
    return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
  }
}
