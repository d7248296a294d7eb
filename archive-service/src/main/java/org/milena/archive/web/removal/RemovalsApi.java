package org.milena.archive.web.removal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.RemovedPosts;
import org.milena.archive.redaction.Wish;
import org.milena.archive.web.Posts;
import org.milena.archive.web.Reader;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Removal;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes posts out of the archive, or something out of posts, and tells what was taken. For owners
 * of the list.
 */
@RestController
@RequestMapping("/api/v1/archive/{list}")
public class RemovalsApi {
  private static final int MAX_LIMIT = 100;

  private final Posts posts;
  private final RemovedPosts removed;
  private final PostRemovals removals;
  private final ListAccess access;

  /** Over one archive. */
  public RemovalsApi(Posts posts, RemovedPosts removed, PostRemovals removals, ListAccess access) {
    this.posts = posts;
    this.removed = removed;
    this.removals = removals;
    this.access = access;
  }

  /**
   * Which posts are to go.
   *
   * @param posts archive ids; all must be there
   * @param thread archive id of a post: its whole thread goes
   * @param reason one sentence for whoever looks for them
   */
  record Wanted(@Nullable List<String> posts, @Nullable String thread, @Nullable String reason) {}

  /**
   * What is to be taken out of a post.
   *
   * @param passages texts, wherever they stand in it
   * @param attachments numbers of parts
   * @param reason one sentence for whoever reads the post
   */
  record Redaction(
      @Nullable List<String> passages,
      @Nullable List<String> attachments,
      @Nullable String reason) {}

  /** A post that was taken out, or something of it. Fields of {@link Removal}. */
  record RemovalJson(
      String id,
      String messageId,
      Instant date,
      String reason,
      String by,
      Instant at,
      @Nullable String redacted) {
    static RemovalJson of(Removal removal) {
      return new RemovalJson(
          removal.archiveId().value(),
          removal.messageId(),
          removal.date(),
          removal.reason(),
          removal.by(),
          removal.at(),
          removal.redacted());
    }
  }

  /** Removes one post. */
  @DeleteMapping("/messages/{id}")
  CommandOutcome.Done remove(
      @PathVariable("list") String address,
      @PathVariable("id") String id,
      @RequestParam(required = false) @Nullable String reason) {
    MailingList list = managed(address);
    return removals.remove(list, List.of(posts.require(list, id).post()), reason);
  }

  /** Takes passages and attachments out of a post that stays. */
  @PostMapping("/messages/{id}/redaction")
  CommandOutcome.Done redact(
      @PathVariable("list") String address,
      @PathVariable("id") String id,
      @RequestBody Redaction wanted) {
    MailingList list = managed(address);
    ArchivedPost post = posts.require(list, id).post();
    Wish wish = new Wish(listed(wanted.passages()), Set.copyOf(listed(wanted.attachments())));
    return removals.redact(list, post, wish, wanted.reason());
  }

  private static List<String> listed(@Nullable List<String> given) {
    return given == null ? List.of() : given.stream().filter(Objects::nonNull).toList();
  }

  /** Removes several posts, or a thread. */
  @PostMapping("/removals")
  CommandOutcome.Done remove(@PathVariable("list") String address, @RequestBody Wanted wanted) {
    MailingList list = managed(address);
    List<ArchivedPost> gone = new ArrayList<>();
    if (wanted.thread() != null) {
      gone.addAll(removals.threadOf(list, posts.require(list, wanted.thread()).post()));
    }
    for (String id : listed(wanted.posts())) {
      gone.add(posts.require(list, id).post());
    }
    return removals.remove(list, gone, wanted.reason());
  }

  /** What was taken out of the archive of a list. */
  @GetMapping("/removals")
  CursorPage<RemovalJson> all(
      @PathVariable("list") String address,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "50") int limit) {
    MailingList list = managed(address);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ApiProblem.badRequest(
          "invalid-limit", "A page has 1 to " + MAX_LIMIT + " items, not " + limit + ".");
    }
    List<Removal> rows = removed.all(list.id(), after == null ? null : Reader.id(after), limit + 1);
    List<Removal> page = rows.subList(0, Math.min(limit, rows.size()));
    return new CursorPage<>(
        page.stream().map(RemovalJson::of).toList(),
        rows.size() > limit ? page.getLast().archiveId().value() : null);
  }

  private MailingList managed(String address) {
    MailingList list = access.require(address);
    access.requireManage(list);
    return list;
  }
}
