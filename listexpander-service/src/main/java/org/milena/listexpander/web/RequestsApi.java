package org.milena.listexpander.web;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.RequestChange;
import org.milena.common.command.RequestChange.RequestDecision;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.membership.PendingRequests;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Requests to join and to leave, and invitations, over REST. */
@RestController
@RequestMapping("/api/v1/lists/{list}")
public class RequestsApi {
  private final Lists lists;
  private final ListAccess access;
  private final PendingRequests pending;
  private final CommandSender commands;
  private final InstantSource clock;

  public RequestsApi(
      Lists lists,
      ListAccess access,
      PendingRequests pending,
      CommandSender commands,
      InstantSource clock) {
    this.lists = lists;
    this.access = access;
    this.pending = pending;
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * A request that waits for a moderator.
   *
   * @param mode what is asked for; null for what is usual
   */
  record RequestView(
      String id,
      Wish wish,
      MailAddress address,
      String displayName,
      @Nullable DeliveryMode mode,
      Instant askedAt,
      Instant expiresAt) {

    static RequestView of(PendingRequest request) {
      return new RequestView(
          request.requestId(),
          request.kind() == PendingRequest.Kind.UNSUBSCRIBE ? Wish.LEAVE : Wish.JOIN,
          request.address(),
          request.displayName(),
          request.mode(),
          request.askedAt(),
          request.expiresAt());
    }
  }

  /** What somebody wants. */
  enum Wish {
    JOIN,
    LEAVE
  }

  /** The requests that wait for a moderator. */
  @GetMapping("/requests")
  CursorPage<RequestView> all(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    MailingList list = moderated(address);
    int size = Paging.limit(limit);
    return Paging.of(
        pending.forModerators(list.id(), after, size + 1, clock.instant()),
        size,
        PendingRequest::requestId,
        RequestView::of);
  }

  /**
   * What a moderator does.
   *
   * @param comment told to who asked, when the request is rejected
   */
  record RequestAct(@Nullable RequestDecision decision, @Nullable String comment) {}

  /** Decides about one. */
  @PostMapping("/requests/{id}")
  CommandOutcome.Done decide(
      @PathVariable("list") String address,
      @PathVariable("id") String id,
      @RequestBody RequestAct act) {
    MailingList list = moderated(address);
    RequestDecision decision = act.decision();
    if (decision == null) {
      throw ApiProblem.badRequest("decision-missing", "Say ACCEPT, REJECT or DISCARD.");
    }
    String comment = act.comment();
    return commands.send(
        list.id(), new RequestChange.DecideRequest(id, decision, comment == null ? "" : comment));
  }

  /**
   * Somebody to be invited.
   *
   * @param text what the invitation says besides
   */
  record Invitation(@Nullable List<MailAddress> addresses, @Nullable String text) {}

  /** Invites; who accepts joins without a moderator. */
  @PostMapping("/invitations")
  @ResponseStatus(HttpStatus.ACCEPTED)
  CommandOutcome.Done invite(
      @PathVariable("list") String address, @RequestBody Invitation invitation) {
    MailingList list = lists.require(address);
    access.requireManage(list);
    List<MailAddress> addresses = invitation.addresses();
    if (addresses == null || addresses.isEmpty()) {
      throw ApiProblem.badRequest("address-missing", "Say which addresses to invite.");
    }
    String text = invitation.text();
    return commands.send(list.id(), new RequestChange.Invite(addresses, text == null ? "" : text));
  }

  private MailingList moderated(String address) {
    MailingList list = lists.require(address);
    access.requireModerate(list);
    return list;
  }
}
