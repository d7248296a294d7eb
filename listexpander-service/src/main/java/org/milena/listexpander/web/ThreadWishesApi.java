package org.milena.listexpander.web;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ThreadWish;
import org.milena.common.mail.MailAddress;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.ledger.ListTables;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Threads that a member follows or mutes. For himself, and for those who run the list. */
@RestController
@RequestMapping("/api/v1/lists/{list}/members/{address}/threads")
public class ThreadWishesApi {
  private final Lists lists;
  private final Directory directory;
  private final ListAccess access;
  private final Rosters rosters;
  private final ListTables tables;
  private final CommandSender commands;

  public ThreadWishesApi(
      Lists lists,
      Directory directory,
      ListAccess access,
      Rosters rosters,
      ListTables tables,
      CommandSender commands) {
    this.lists = lists;
    this.directory = directory;
    this.access = access;
    this.rosters = rosters;
    this.tables = tables;
    this.commands = commands;
  }

  /** A thread that is followed or muted. */
  record WishView(
      String messageId, String subject, ThreadWish.Kind wish, Instant since, Instant lastPostAt) {

    static WishView of(ThreadWish wish) {
      return new WishView(
          wish.messageId(), wish.subject(), wish.kind(), wish.at(), wish.lastPostAt());
    }
  }

  /** All of a member; they are few. */
  record WishesView(List<WishView> items) {}

  /**
   * A thread to be followed or muted.
   *
   * @param messageId of one of its posts, with or without angle brackets
   * @param subject of that post; with it, answers that name no other post are known as well
   */
  record NewWish(
      @Nullable String messageId, @Nullable String subject, ThreadWish.@Nullable Kind wish) {}

  /** What a member follows and mutes on a list. */
  @GetMapping
  WishesView all(
      @PathVariable("list") String listAddress, @PathVariable("address") String memberAddress) {
    MailAddress address = MembersApi.parse(memberAddress);
    MailingList list = lists.require(listAddress);
    if (!rosters.isCallers(address) && !rosters.isStaff(list)) {
      access.requireModerate(list);
    }
    requireMember(list, address);
    return new WishesView(of(tables, list, address).stream().map(WishView::of).toList());
  }

  /** Follows a thread or mutes it, in place of what was wished for it before. */
  @PutMapping
  CommandOutcome.Done put(
      @PathVariable("list") String listAddress,
      @PathVariable("address") String memberAddress,
      @RequestBody NewWish wanted) {
    MailAddress address = MembersApi.parse(memberAddress);
    MailingList list = changed(listAddress, address);
    ThreadWish.Kind kind = wanted.wish();
    if (kind == null) {
      throw ApiProblem.badRequest("wish", "wish is FOLLOW or MUTE.");
    }
    return commands.send(
        list.id(),
        new ThreadChange.WishThread(
            address,
            ThreadsApi.id(wanted.messageId()),
            requireNonNullElse(wanted.subject(), ""),
            kind));
  }

  /**
   * The thread is as all others again.
   *
   * @param wish which wish ends; null for either
   */
  @DeleteMapping
  CommandOutcome.Done end(
      @PathVariable("list") String listAddress,
      @PathVariable("address") String memberAddress,
      @RequestParam("messageId") String messageId,
      @RequestParam(name = "wish", required = false) @Nullable String wish) {
    MailAddress address = MembersApi.parse(memberAddress);
    MailingList list = changed(listAddress, address);
    return commands.send(
        list.id(), new ThreadChange.EndThreadWish(address, ThreadsApi.id(messageId), kind(wish)));
  }

  private static ThreadWish.@Nullable Kind kind(@Nullable String wish) {
    return switch (wish) {
      case null -> null;
      case "FOLLOW" -> ThreadWish.Kind.FOLLOW;
      case "MUTE" -> ThreadWish.Kind.MUTE;
      default -> throw ApiProblem.badRequest("wish", "wish is FOLLOW or MUTE.");
    };
  }

  /** What a member wants of threads, as this instance knows it. */
  static List<ThreadWish> of(ListTables tables, MailingList list, MailAddress address) {
    return tables
        .wishes()
        .scan(ThreadWish.prefix(list.id(), address), "", Integer.MAX_VALUE)
        .stream()
        .map(row -> row.getValue())
        .toList();
  }

  /** The list, for himself or an owner. */
  private MailingList changed(String listAddress, MailAddress address) {
    MailingList list = lists.require(listAddress);
    if (!rosters.isCallers(address)) {
      access.requireManage(list);
    }
    return list;
  }

  private void requireMember(MailingList list, MailAddress address) {
    if (directory.member(list.id(), address).isEmpty()) {
      throw ApiProblem.notFound(address + " is not on " + list.address() + ".");
    }
  }
}
