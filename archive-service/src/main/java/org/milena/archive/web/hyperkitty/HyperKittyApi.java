package org.milena.archive.web.hyperkitty;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.identity.LinkKeys;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.PostListing;
import org.milena.archive.search.PostListing.Name;
import org.milena.archive.search.PostListing.Order;
import org.milena.archive.search.PostListing.Place;
import org.milena.archive.search.PostListing.Wanted;
import org.milena.archive.search.Query;
import org.milena.archive.search.ThreadPage;
import org.milena.archive.search.ThreadSummary;
import org.milena.archive.thread.ThreadTree;
import org.milena.archive.web.ArchiveView;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.web.ApiProblem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What programs ask HyperKitty for. */
@RestController
public class HyperKittyApi {
  private static final String USUAL = "" + Paging.USUAL;

  private final ArchiveView archive;
  private final ArchiveIndex index;
  private final PostListing listing;

  /** Over one archive. */
  public HyperKittyApi(ArchiveView archive, ArchiveIndex index, PostListing listing) {
    this.archive = archive;
    this.index = index;
    this.listing = listing;
  }

  /** The lists. */
  @GetMapping({"/api/lists/", "/api/lists"})
  PagedJson<ListJson> lists(
      @RequestParam(defaultValue = USUAL) int limit,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(required = false) @Nullable String ordering) {
    Comparator<MailingList> byName = Comparator.comparing(list -> list.address().toString());
    Comparator<MailingList> byAge = Comparator.comparing(MailingList::createdAt);
    Comparator<MailingList> order =
        switch (ordering == null ? "" : ordering) {
          case "-name" -> byName.reversed();
          case "created_at" -> byAge.thenComparing(byName);
          case "-created_at" -> byAge.reversed().thenComparing(byName);
          default -> byName;
        };
    boolean known = Set.of("name", "-name", "created_at", "-created_at").contains(ordering + "");
    return Paging.of(
            archive.absolute("/api/lists/"),
            limit,
            offset,
            known ? ordering : null,
            Integer.MAX_VALUE)
        .slice(
            archive.listed(_ -> true).stream()
                .sorted(order)
                .map(list -> ListJson.of(Addresses.of(archive, list), list))
                .toList());
  }

  /** One list. */
  @GetMapping({"/api/list/{list}/", "/api/list/{list}"})
  ListJson list(@PathVariable("list") String address) {
    MailingList list = archive.require(address);
    return ListJson.of(Addresses.of(archive, list), list);
  }

  /** Threads of a list, that with the latest email first. */
  @GetMapping({"/api/list/{list}/threads/", "/api/list/{list}/threads"})
  PagedJson<ThreadJson> threads(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = USUAL) int limit,
      @RequestParam(defaultValue = "0") int offset) {
    MailingList list = archive.require(address);
    Addresses addresses = Addresses.of(archive, list);
    Paging paging =
        Paging.of(addresses.threads(), limit, offset, null, ArchiveIndex.MAX_THREADS_BEFORE);
    ThreadPage page = index.threads(list.id(), null, paging.passed(), paging.limit());
    return paging.page(
        page.threads().stream().map(thread -> ThreadJson.of(addresses, thread)).toList(),
        listing.threads(list.id()),
        null);
  }

  /** One thread, by the hash of any of its emails. */
  @GetMapping({"/api/list/{list}/thread/{hash}/", "/api/list/{list}/thread/{hash}"})
  ThreadJson thread(@PathVariable("list") String address, @PathVariable("hash") String hash) {
    MailingList list = archive.require(address);
    ArchivedPost post = post(list, hash);
    PostListing.Page latest =
        listing.page(
            new Wanted(
                Set.of(list.id()),
                new Query.OfThreads(Set.of(post.thread())),
                new Order(Query.Timestamp.WRITTEN, true),
                0,
                null,
                1));
    ArchivedPost last = latest.posts().isEmpty() ? post : latest.posts().getFirst();
    return ThreadJson.of(
        Addresses.of(archive, list),
        new ThreadSummary(first(list, post), Math.max(latest.total(), 1), last.date()));
  }

  /** Emails of a thread, each before what answers it. */
  @GetMapping({"/api/list/{list}/thread/{hash}/emails/", "/api/list/{list}/thread/{hash}/emails"})
  PagedJson<EmailJson> threadEmails(
      @PathVariable("list") String address,
      @PathVariable("hash") String hash,
      @RequestParam(defaultValue = USUAL) int limit,
      @RequestParam(defaultValue = "0") int offset) {
    MailingList list = archive.require(address);
    ArchivedPost post = post(list, hash);
    PostListing.Page thread = archive.thread(list, post.thread());
    Paging paging =
        Paging.of(
            Addresses.of(archive, list).emails(first(list, post)),
            limit,
            offset,
            null,
            ArchiveView.MAX_POSTS - 1);
    int from = Math.min(paging.passed(), thread.posts().size());
    List<ArchivedPost> page =
        ordered(thread.posts())
            .subList(from, Math.min(from + paging.limit(), thread.posts().size()));
    Emails emails = Emails.within(archive, list, thread.posts());
    return paging.page(page.stream().map(emails::email).toList(), thread.total(), null);
  }

  private static List<ArchivedPost> ordered(List<ArchivedPost> thread) {
    Map<ArchiveId, ArchivedPost> posts = new HashMap<>();
    thread.forEach(post -> posts.put(post.id(), post));
    List<ArchivedPost> ordered = new ArrayList<>();
    ThreadTree.of(thread.stream().map(ArchivedPost::forThread).toList())
        .forEach(node -> {
          ArchivedPost post = posts.get(node.id());
          if (post != null) {
            ordered.add(post);
          }
        });
    return ordered;
  }

  /** Emails of a list, the latest first. */
  @GetMapping({"/api/list/{list}/emails/", "/api/list/{list}/emails"})
  PagedJson<EmailJson> emails(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = USUAL) int limit,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(required = false) @Nullable String ordering,
      @RequestParam(required = false) @Nullable String after) {
    MailingList list = archive.require(address);
    Order order = EmailOrder.of(ordering);
    Place place = EmailOrder.read(after);
    Paging paging =
        Paging.of(
            Addresses.of(archive, list).emails(),
            limit,
            offset,
            EmailOrder.known(ordering),
            PostListing.MAX_PASSED);
    PostListing.Page page =
        listing.page(
            new Wanted(
                Set.of(list.id()),
                new Query.All(),
                order,
                place == null ? paging.passed() : 0,
                place,
                paging.limit() + 1));
    boolean more = page.posts().size() > paging.limit();
    List<ArchivedPost> posts =
        page.posts().subList(0, Math.min(page.posts().size(), paging.limit()));
    Emails emails = Emails.around(archive, list, posts);
    return paging.page(
        posts.stream().map(emails::email).toList(),
        page.total(),
        posts.isEmpty() ? null : EmailOrder.written(order.placeOf(posts.getLast())),
        more);
  }

  /** One email with its text. */
  @GetMapping({"/api/list/{list}/email/{hash}/", "/api/list/{list}/email/{hash}"})
  FullEmailJson email(@PathVariable("list") String address, @PathVariable("hash") String hash) {
    MailingList list = archive.require(address);
    ArchivedPost post = post(list, hash);
    return Emails.around(archive, list, List.of(post)).full(post);
  }

  /** Leads from where HyperKitty had its API to where it is here. */
  @GetMapping({"/archives/api/**", "/hyperkitty/api/**", "/mailman3/hyperkitty/api/**"})
  ResponseEntity<Void> former(HttpServletRequest request) {
    String path = request.getRequestURI();
    int api = path.indexOf("/api/");
    if (api < 0) {
      throw ApiProblem.notFound("There is nothing at this address.");
    }
    String query = request.getQueryString();
    // as it was sent: it need not be a URI by Java's rules
    return ResponseEntity.status(HttpStatus.MOVED_PERMANENTLY)
        .header(HttpHeaders.LOCATION, path.substring(api) + (query == null ? "" : "?" + query))
        .build();
  }

  private ArchivedPost post(MailingList list, String hash) {
    return archive.named(List.of(list), Name.KEY, List.of(LinkKeys.hash(hash)), 1).stream()
        .findFirst()
        .orElseThrow(
            () -> ApiProblem.notFound("There is no email " + hash + " on " + list.address() + "."));
  }

  private ArchivedPost first(MailingList list, ArchivedPost post) {
    return archive.named(List.of(list), Name.ID, List.of(post.thread().value()), 1).stream()
        .findFirst()
        .orElse(post);
  }
}
