package org.milena.listexpander.web;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ThreadLock;
import org.milena.common.event.Topics;
import org.milena.common.mail.MessageId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.posting.ThreadLocks;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Threads that take no more posts. For moderators. */
@RestController
@RequestMapping("/api/v1/lists/{list}/closed-threads")
public class ThreadsApi {
  private final Lists lists;
  private final ListAccess access;
  private final ListTables tables;
  private final CommandSender commands;
  private final InstantSource clock;

  public ThreadsApi(
      Lists lists,
      ListAccess access,
      ListTables tables,
      CommandSender commands,
      InstantSource clock) {
    this.lists = lists;
    this.access = access;
    this.tables = tables;
    this.commands = commands;
    this.clock = clock;
  }

  /** What becomes of posts that still come. */
  enum Action {
    HOLD,
    REJECT
  }

  /** A closed thread. */
  record ThreadView(
      String messageId,
      String subject,
      Action action,
      String by,
      Instant at,
      @Nullable Instant until) {

    static ThreadView of(ThreadLock lock) {
      return new ThreadView(
          lock.messageId(),
          lock.subject(),
          lock.rejects() ? Action.REJECT : Action.HOLD,
          lock.by(),
          lock.at(),
          lock.until());
    }
  }

  /**
   * A thread to be closed.
   *
   * @param messageId of the post it began with, with or without angle brackets
   * @param subject of that post; with it, answers that name no other post are known as well
   * @param action what becomes of posts that still come; held without it
   * @param days after which it opens by itself; never without it
   */
  record NewThread(
      @Nullable String messageId,
      @Nullable String subject,
      @Nullable Action action,
      @Nullable Integer days) {}

  /** The closed threads of a list, by message id. */
  @GetMapping
  CursorPage<ThreadView> all(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    MailingList list = moderated(address);
    int size = Paging.limit(limit);
    Instant now = clock.instant();
    List<ThreadLock> rows =
        tables
            .locks()
            .scan(
                Topics.listKey(list.id(), ""),
                after.isEmpty() ? "" : Topics.listKey(list.id(), after),
                Integer.MAX_VALUE)
            .stream()
            .map(Map.Entry::getValue)
            .filter(lock -> !ThreadLocks.isOver(lock, now))
            .limit(size + 1L)
            .toList();
    return Paging.of(rows, size, ThreadLock::messageId, ThreadView::of);
  }

  /** Closes a thread. */
  @PostMapping
  CommandOutcome.Done close(@PathVariable("list") String address, @RequestBody NewThread wanted) {
    MailingList list = moderated(address);
    return commands.send(
        list.id(),
        new ThreadChange.CloseThread(
            id(wanted.messageId()),
            requireNonNullElse(wanted.subject(), ""),
            wanted.action() == Action.REJECT,
            wanted.days()));
  }

  /** Opens it again. */
  @DeleteMapping
  CommandOutcome.Done open(
      @PathVariable("list") String address, @RequestParam("messageId") String messageId) {
    MailingList list = moderated(address);
    return commands.send(list.id(), new ThreadChange.OpenThread(id(messageId)));
  }

  static String id(@Nullable String text) {
    String id = requireNonNullElse(text, "").strip();
    return MessageId.parse(id.startsWith("<") ? id : "<" + id + ">")
        .map(MessageId::value)
        .orElseThrow(
            () -> ApiProblem.badRequest("message-id", "A thread is named by a Message-ID."));
  }

  private MailingList moderated(String address) {
    MailingList list = lists.require(address);
    access.requireModerate(list);
    return list;
  }
}
