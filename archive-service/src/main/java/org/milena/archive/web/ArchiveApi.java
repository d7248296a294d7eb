package org.milena.archive.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.FullPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.ThreadPage;
import org.milena.archive.thread.ThreadNode;
import org.milena.archive.thread.ThreadTree;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The archive for programs. */
@RestController
@RequestMapping("/api/v1/archive")
public class ArchiveApi {
  private static final int MAX_THREAD = 10_000;

  private final ArchiveIndex index;
  private final Posts posts;
  private final Reader reader;

  /** Over one archive. */
  public ArchiveApi(ArchiveIndex index, Posts posts, ListAccess access) {
    this.index = index;
    this.posts = posts;
    this.reader = new Reader(access, true);
  }

  /**
   * A post with its text.
   *
   * @param redaction what was taken out of it; absent where nothing was
   */
  public record MessageJson(
      PostJson post,
      String text,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RedactionJson redaction) {}

  /** That something was taken out of a post. */
  public record RedactionJson(String what, String reason, Instant at) {}

  /** A post in a thread; fields of {@link ThreadNode}. */
  public record NodeJson(
      PostJson post, int depth, @Nullable String parent, boolean parentMissing) {}

  /** A whole thread in reading order. */
  public record ThreadJson(String thread, String url, List<NodeJson> items) {}

  /** A thread in a listing. */
  public record ThreadSummaryJson(
      String thread, String url, PostJson first, long posts, Instant last) {}

  /** The months that have posts. */
  @GetMapping("/{list}/months")
  List<MonthCount> months(@PathVariable("list") String address) {
    return index.months(reader.list(address).id());
  }

  /** Threads of a month, or of any time, latest post first. */
  @GetMapping("/{list}/threads")
  CursorPage<ThreadSummaryJson> threads(
      @PathVariable("list") String address,
      @RequestParam(required = false) @Nullable String month,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "20") int limit) {
    MailingList list = reader.list(address);
    ThreadPage page =
        index.threads(list.id(), Months.parse(month), Pages.before(after), Pages.limit(limit));
    Integer next = page.next();
    return new CursorPage<>(
        page.threads().stream()
            .map(thread ->
                new ThreadSummaryJson(
                    thread.first().thread().value(),
                    Links.thread(list, thread.first()),
                    PostJson.of(list, thread.first()),
                    thread.posts(),
                    thread.last()))
            .toList(),
        next == null ? null : next.toString());
  }

  /** One post with its text. */
  @GetMapping("/{list}/messages/{id}")
  MessageJson message(@PathVariable("list") String address, @PathVariable("id") String id) {
    MailingList list = reader.list(address);
    FullPost post = posts.require(list, id);
    return new MessageJson(
        PostJson.of(list, post.post()),
        Reader.text(post.text().whole()),
        posts
            .redaction(list, post.post().id())
            .map(removal ->
                new RedactionJson(
                    Objects.requireNonNullElse(removal.redacted(), ""),
                    removal.reason(),
                    removal.at()))
            .orElse(null));
  }

  /** The thread of a post, in reading order. */
  @GetMapping("/{list}/messages/{id}/thread")
  ThreadJson thread(@PathVariable("list") String address, @PathVariable("id") String id) {
    MailingList list = reader.list(address);
    ArchiveId thread = posts.require(list, id).post().thread();
    List<ArchivedPost> posts = index.thread(list.id(), thread, MAX_THREAD);
    Map<ArchiveId, ArchivedPost> byId = new HashMap<>();
    posts.forEach(post -> byId.put(post.id(), post));
    return new ThreadJson(
        thread.value(),
        Links.threadById(list, thread),
        ThreadTree.of(posts.stream().map(ArchivedPost::forThread).toList()).stream()
            .flatMap(node -> {
              ArchivedPost post = byId.get(node.id());
              ArchiveId parent = node.parent();
              return post == null
                  ? Stream.<NodeJson>empty()
                  : Stream.of(
                      new NodeJson(
                          PostJson.of(list, post),
                          node.depth(),
                          parent == null ? null : parent.value(),
                          node.parentMissing()));
            })
            .toList());
  }

  /** Leads from a Message-ID, with or without angle brackets, to its post. */
  @GetMapping({"/{list}/mid/{*messageId}", "/{list}/mid"})
  ResponseEntity<Void> byMessageId(
      @PathVariable("list") String address,
      @PathVariable(name = "messageId", required = false) @Nullable String path,
      @RequestParam(name = "id", required = false) @Nullable String parameter) {
    MailingList list = reader.list(address);
    String messageId = MessageIds.of(path, parameter);
    List<ArchivedPost> posts = this.posts.requireUnder(list, messageId);
    return ResponseEntity.status(HttpStatus.FOUND)
        .location(URI.create(Links.api(list) + "/messages/" + posts.getFirst().id()))
        .build();
  }
}
