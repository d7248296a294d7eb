package org.milena.archive.web.ponymail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.Attachment;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.PostListing;
import org.milena.archive.search.PostListing.Order;
import org.milena.archive.search.PostListing.Wanted;
import org.milena.archive.search.Queries;
import org.milena.archive.search.Query;
import org.milena.archive.search.Selection;
import org.milena.archive.thread.ThreadNode;
import org.milena.archive.thread.ThreadTree;
import org.milena.archive.web.ArchiveView;
import org.milena.archive.web.download.MboxAnswers;
import org.milena.archive.web.download.MboxAnswers.MboxWanted;
import org.milena.archive.web.download.PostFiles;
import org.milena.archive.web.ponymail.FullMailJson.AnswerJson;
import org.milena.archive.web.ponymail.PreferencesJson.CredentialsJson;
import org.milena.archive.web.ponymail.PreferencesJson.LoginJson;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What programs ask Pony Mail for. */
@RestController
@RequestMapping("/api")
public class PonyMailApi {
  private static final Order NEWEST = new Order(Query.Timestamp.WRITTEN, true);

  private final ArchiveView archive;
  private final PostListing listing;
  private final PostFiles files;
  private final MboxAnswers mboxes;
  private final PostFinder finder;
  private final InstantSource clock;

  /** Over one archive. */
  public PonyMailApi(
      ArchiveView archive,
      PostListing listing,
      PostFiles files,
      MboxAnswers mboxes,
      InstantSource clock) {
    this.archive = archive;
    this.listing = listing;
    this.files = files;
    this.mboxes = mboxes;
    this.finder = new PostFinder(archive);
    this.clock = clock;
  }

  /**
   * What {@code stats} answers.
   *
   * @param changed false where there is nothing from after {@code since}; else absent
   */
  record StatsAnswer(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean changed,
      @JsonUnwrapped @Nullable StatsJson stats) {}

  /**
   * A thread.
   *
   * @param thread its first mail, or the one that was named, with what answers it
   * @param emails all of it, each mail before what answers it
   */
  record ThreadAnswer(FullMailJson thread, List<MailJson> emails) {}

  /** Mails of a time, and numbers about them. */
  @GetMapping({"/stats.lua", "/stats.json"})
  StatsAnswer stats(@ModelAttribute MailParameters said) {
    ListName name = ListName.of(said.list(), said.domain());
    Instant now = clock.instant();
    Query words = AskedWords.of(said);
    Query query = Queries.and(List.of(words, AskedTime.of(said, now)));
    List<MailingList> lists = name.in(archive);
    if (said.since() != null && !hasNewer(lists, query, since(said.since(), now))) {
      return new StatsAnswer(false, null);
    }
    PostListing.Page found = page(lists, query, ArchiveView.MAX_POSTS);
    MailStats stats = new MailStats(lists, found);
    return new StatsAnswer(
        null, stats.json(said, name, listing.months(ArchiveView.ids(lists), words), now));
  }

  /** The same, asked for in a body. */
  @PostMapping(path = "/stats.json", consumes = MediaType.APPLICATION_JSON_VALUE)
  StatsAnswer statsOf(@RequestBody MailParameters said) {
    return stats(said);
  }

  private PostListing.Page page(List<MailingList> lists, Query query, int limit) {
    Set<ListId> ids = ArchiveView.ids(lists);
    return ids.isEmpty()
        ? PostListing.Page.EMPTY
        : listing.page(new Wanted(ids, query, NEWEST, 0, null, limit));
  }

  private boolean hasNewer(List<MailingList> lists, Query query, Instant since) {
    Query newer = new Query.Between(Query.Timestamp.WRITTEN, since.plusSeconds(1), null);
    return !page(lists, Queries.and(List.of(query, newer)), 1).posts().isEmpty();
  }

  private static Instant since(String text, Instant now) {
    if (text.isBlank()) {
      return now;
    }
    if (!text.matches("\\d{1,11}")) {
      throw ApiProblem.badRequest(
          "invalid-since", text + " is no moment: write seconds since 1970.");
    }
    return Instant.ofEpochSecond(Long.parseLong(text));
  }

  /** One mail with its text, or an attachment of it. */
  @GetMapping({"/email.lua", "/email.json"})
  @Nullable FullMailJson email(@ModelAttribute PostParameters said, HttpServletResponse response)
      throws IOException {
    ArchivedPost post = finder.require(said);
    if (said.isForAttachment()) {
      files.attachment(post, attachment(post, said.file()), response);
      return null;
    }
    return full(post, null);
  }

  /** The same, asked for in a body. */
  @PostMapping(path = "/email.json", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Nullable FullMailJson emailOf(@RequestBody PostParameters said, HttpServletResponse response)
      throws IOException {
    return email(said, response);
  }

  private static Attachment attachment(ArchivedPost post, @Nullable String hash) {
    return post.attachments().stream()
        .filter(candidate -> candidate.sha256().equals(hash))
        .findFirst()
        .orElseThrow(
            () -> ApiProblem.notFound("Mail " + post.id() + " has no attachment " + hash + "."));
  }

  private FullMailJson full(ArchivedPost post, @Nullable List<AnswerJson> children) {
    List<String> keys = listing.keys(post.id());
    MailJson mail =
        MailJson.of(
            archive.listOf(post),
            post,
            Stream.concat(Stream.of(post.id().value()), named(keys, "pm:")).toList());
    String dbid = named(keys, "sha3:").findFirst().orElse("");
    return FullMailJson.of(mail, post, archive.text(post), dbid, children);
  }

  private static Stream<String> named(List<String> keys, String prefix) {
    return keys.stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()));
  }

  /** A mail and all that answers it, or the whole thread that it is in. */
  @GetMapping({"/thread.lua", "/thread.json"})
  ThreadAnswer thread(@ModelAttribute PostParameters said) {
    ArchivedPost post = finder.require(said);
    MailingList list = archive.listOf(post);
    Map<ArchiveId, ArchivedPost> posts = new HashMap<>();
    archive.thread(list, post.thread()).posts().forEach(one -> posts.put(one.id(), one));
    posts.putIfAbsent(post.id(), post);
    List<ThreadNode> nodes =
        ThreadTree.of(posts.values().stream().map(ArchivedPost::forThread).toList());
    List<ThreadNode> part = part(nodes, post.id(), said.isForWholeThread());
    List<AnswerJson> roots =
        Branches.of(part, (node, _, children) -> answer(list, of(posts, node), children));
    return new ThreadAnswer(
        full(of(posts, part.getFirst()), roots.getFirst().children()),
        part.stream()
            .map(node -> of(posts, node))
            .map(one -> MailJson.of(list, one, List.of(one.id().value())))
            .toList());
  }

  /** The same, asked for in a body. */
  @PostMapping(path = "/thread.json", consumes = MediaType.APPLICATION_JSON_VALUE)
  ThreadAnswer threadOf(@RequestBody PostParameters said) {
    return thread(said);
  }

  /** A post and what is below it; or the one at the top above it, and what is below that. */
  private static List<ThreadNode> part(List<ThreadNode> nodes, ArchiveId id, boolean whole) {
    int from = 0;
    while (!nodes.get(from).id().equals(id)) {
      from++;
    }
    while (whole && nodes.get(from).depth() > 0) {
      from--;
    }
    int until = from + 1;
    while (until < nodes.size() && nodes.get(until).depth() > nodes.get(from).depth()) {
      until++;
    }
    return nodes.subList(from, until);
  }

  private static ArchivedPost of(Map<ArchiveId, ArchivedPost> posts, ThreadNode node) {
    return Objects.requireNonNull(posts.get(node.id()), "the tree is made of these posts");
  }

  private static AnswerJson answer(MailingList list, ArchivedPost post, List<AnswerJson> children) {
    String id = post.id().value();
    return new AnswerJson(
        id,
        id,
        id,
        "<" + post.messageId() + ">",
        ArchiveView.text(post.subject()),
        MailJson.named(post.author()),
        post.date().getEpochSecond(),
        post.forThread().parent().map(parent -> "<" + parent + ">").orElse(""),
        MailJson.raw(list),
        children);
  }

  /** The octets of a mail; for strangers without addresses. */
  @GetMapping({"/source.lua", "/source.json"})
  void source(@ModelAttribute PostParameters said, HttpServletResponse response)
      throws IOException {
    files.message(finder.require(said), response);
  }

  /** Mails of a time as mbox (mboxrd), one after the other. */
  @GetMapping({"/mbox.lua", "/mbox.json"})
  void mbox(
      @ModelAttribute MailParameters said, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ListName name = ListName.of(said.list(), said.domain());
    // the same all day long, so that whoever lost the connection can go on
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    Query query = Queries.and(List.of(AskedWords.of(said), AskedTime.of(said, today)));
    Set<ListId> lists = ArchiveView.ids(name.in(archive));
    if (lists.isEmpty()) {
      throw ApiProblem.notFound("There is no list " + name.local() + "@" + name.domain() + ".");
    }
    mboxes.send(
        new MboxWanted(
            new Selection(
                lists,
                query,
                "query " + new TreeSet<>(lists.stream().map(ListId::value).toList()) + query),
            name.local().replace('*', '_') + "-" + name.domain().replace('*', '_')),
        false,
        request,
        response);
  }

  /** Which lists there are, and who is signed in. */
  @GetMapping({"/preferences.lua", "/preferences.json"})
  PreferencesJson preferences() {
    List<MailingList> listed = archive.listed(_ -> true);
    Map<ListId, Long> counts = listing.counts(ArchiveView.ids(listed));
    Map<String, Map<String, Long>> lists = new TreeMap<>();
    for (MailingList list : listed) {
      lists
          .computeIfAbsent(list.address().domain(), _ -> new TreeMap<>())
          .put(list.address().localPart(), counts.getOrDefault(list.id(), 0L));
    }
    return new PreferencesJson(new LoginJson(credentials(Caller.current())), lists);
  }

  private static @Nullable CredentialsJson credentials(Caller caller) {
    return caller.signedIn()
        ? new CredentialsJson(
            caller.name(),
            caller.address() == null ? "" : caller.address().toString(),
            caller.name())
        : null;
  }
}
