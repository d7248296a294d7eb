package org.milena.archive.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.RemovedPosts;
import org.milena.archive.search.ArchiveIndex;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.Commands;
import org.milena.common.command.ListCommand;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Removal;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.milena.common.web.Sender;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes posts out of the archive, and tells what was taken. For owners of the list. */
@RestController
@RequestMapping("/api/v1/archive/{list}")
public class RemovalsApi {
  private static final int MAX_LIMIT = 100;
  private static final int MAX_REASON = 500;

  private final ArchiveIndex index;
  private final Posts posts;
  private final RemovedPosts removals;
  private final Commands commands;
  private final ListAccess access;

  /** Over one archive. */
  public RemovalsApi(
      ArchiveIndex index,
      Posts posts,
      RemovedPosts removals,
      Commands commands,
      ListAccess access) {
    this.index = index;
    this.posts = posts;
    this.removals = removals;
    this.commands = commands;
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
    return remove(list, List.of(posts.require(list, id).post()), reason);
  }

  /** Removes several posts, or a thread. */
  @PostMapping("/removals")
  CommandOutcome.Done remove(@PathVariable("list") String address, @RequestBody Wanted wanted) {
    MailingList list = managed(address);
    List<ArchivedPost> gone = new ArrayList<>();
    if (wanted.thread() != null) {
      ArchiveId thread = posts.require(list, wanted.thread()).post().thread();
      gone.addAll(index.thread(list.id(), thread, ListCommand.RemovePosts.MOST_POSTS + 1));
    }
    for (String id : wanted.posts() == null ? List.<String>of() : wanted.posts()) {
      gone.add(posts.require(list, id).post());
    }
    return remove(list, gone, wanted.reason());
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
    List<Removal> rows =
        removals.all(list.id(), after == null ? null : Reader.id(after), limit + 1);
    List<Removal> page = rows.subList(0, Math.min(limit, rows.size()));
    return new CursorPage<>(
        page.stream().map(RemovalJson::of).toList(),
        rows.size() > limit ? page.getLast().archiveId().value() : null);
  }

  private CommandOutcome.Done remove(
      MailingList list, List<ArchivedPost> gone, @Nullable String reason) {
    String given = reason == null ? "" : reason.strip();
    if (given.isEmpty() || given.length() > MAX_REASON) {
      throw ApiProblem.badRequest(
          "invalid-reason",
          "Say in 1 to "
              + MAX_REASON
              + " characters why: whoever follows a link to the post reads it.");
    }
    if (gone.isEmpty() || gone.size() > ListCommand.RemovePosts.MOST_POSTS) {
      throw ApiProblem.badRequest(
          "invalid-posts",
          "1 to %,d posts are removed at once, not %,d."
              .formatted(ListCommand.RemovePosts.MOST_POSTS, gone.size()));
    }
    Sender sender = Sender.current();
    return Sender.done(
        commands.send(
            list.id(),
            new ListCommand.RemovePosts(
                gone.stream().distinct().map(RemovalsApi::named).toList(), given),
            sender.actor(),
            sender.origin()));
  }

  private static ListCommand.ArchivedMail named(ArchivedPost post) {
    return new ListCommand.ArchivedMail(post.id(), post.mailId(), post.messageId(), post.date());
  }

  private MailingList managed(String address) {
    MailingList list = access.require(address);
    access.requireManage(list);
    return list;
  }
}
