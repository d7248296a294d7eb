package org.milena.listexpander.web;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.HeldChange;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.moderation.HeldQueue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Held posts over REST. */
@RestController
@RequestMapping("/api/v1")
public class HeldApi {
  private final Lists lists;
  private final ListAccess access;
  private final HeldQueue queue;
  private final HeldPosts held;

  public HeldApi(Lists lists, ListAccess access, HeldQueue queue, HeldPosts held) {
    this.lists = lists;
    this.access = access;
    this.queue = queue;
    this.held = held;
  }

  /**
   * Whose name the post bears.
   *
   * @param proven whether it is proven that this address wrote it
   */
  record WriterView(MailAddress address, boolean proven) {}

  /** Who looks at it, until when. */
  record ClaimView(String by, Instant until) {}

  /**
   * What became of it.
   *
   * @param undoUntil until when it can be taken back; null when it cannot
   */
  record DecisionView(Hold.Verdict verdict, String by, Instant at, @Nullable Instant undoUntil) {}

  /**
   * A held post.
   *
   * @param size octets
   * @param writer null where no one address is named
   * @param claim null when nobody claims it
   * @param decision null while it waits
   * @param header and {@code text} are there when one post is asked for
   */
  record HeldView(
      String id,
      ListId list,
      MailId mailId,
      String author,
      String subject,
      int size,
      Instant heldAt,
      List<String> reasons,
      @Nullable WriterView writer,
      @Nullable ClaimView claim,
      @Nullable DecisionView decision,
      @Nullable String header,
      @Nullable String text) {

    static HeldView of(Hold hold, HeldPosts.@Nullable Content content) {
      Hold.Writer writer = hold.writer();
      Hold.Claim claim = hold.claim();
      Hold.Decision decision = hold.decision();
      return new HeldView(
          hold.holdId(),
          hold.list(),
          hold.mailId(),
          hold.author(),
          hold.subject(),
          hold.size(),
          hold.heldAt(),
          hold.reasons(),
          writer == null ? null : new WriterView(writer.address(), writer.proven()),
          claim == null ? null : new ClaimView(claim.by(), claim.until()),
          decision == null
              ? null
              : new DecisionView(
                  decision.verdict(), decision.by(), decision.at(), decision.undoUntil()),
          content == null ? null : content.header(),
          content == null ? null : content.text());
    }
  }

  /** The held posts of every list that the caller moderates, oldest first. */
  @GetMapping("/held")
  CursorPage<HeldView> everywhere(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
      @RequestParam(defaultValue = "") String list,
      @RequestParam(defaultValue = "") String author,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "false") boolean decided) {
    return page(held.query(list, author, q, decided), after, limit);
  }

  /** The held posts of a list, oldest first. */
  @GetMapping("/lists/{list}/held")
  CursorPage<HeldView> all(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    MailingList list = lists.require(address);
    access.requireModerate(list);
    return page(HeldQueue.Query.waiting(Set.of(list.id())), after, limit);
  }

  private CursorPage<HeldView> page(HeldQueue.Query query, String after, int limit) {
    HeldQueue.Page page = queue.page(query, after, Paging.limit(limit));
    return new CursorPage<>(
        page.holds().stream().map(hold -> HeldView.of(hold, null)).toList(), page.next());
  }

  /** One held post with its header and text. */
  @GetMapping("/held/{id}")
  HeldView one(@PathVariable("id") String id) {
    HeldPosts.Found found = held.require(id);
    return HeldView.of(found.hold(), held.content(found.hold()));
  }

  /** Words of the moderator; told to the author of a rejected post. */
  record Decision(@Nullable String comment) {}

  /**
   * Whether an author is trusted who is not proven.
   *
   * @param comment words of the moderator, for the trace
   */
  record Trust(@Nullable String comment, @Nullable Boolean force) {}

  /** Posts it. */
  @PostMapping("/held/{id}/accept")
  CommandOutcome.Done accept(
      @PathVariable("id") String id, @RequestBody(required = false) @Nullable Decision decision) {
    return decide(id, HeldDecision.ACCEPT, decision);
  }

  /** Posts it, and lets its author through from now on. */
  @PostMapping("/held/{id}/accept-and-trust")
  CommandOutcome.Done acceptAndTrust(
      @PathVariable("id") String id, @RequestBody(required = false) @Nullable Trust trust) {
    return held.send(
        held.require(id),
        new HeldChange.DecideHeld(
            id,
            HeldDecision.ACCEPT_AND_TRUST,
            text(trust == null ? null : trust.comment()),
            trust == null ? null : trust.force()));
  }

  /** Gives it back. */
  @PostMapping("/held/{id}/reject")
  CommandOutcome.Done reject(
      @PathVariable("id") String id, @RequestBody(required = false) @Nullable Decision decision) {
    return decide(id, HeldDecision.REJECT, decision);
  }

  /** Drops it. */
  @PostMapping("/held/{id}/discard")
  CommandOutcome.Done discard(
      @PathVariable("id") String id, @RequestBody(required = false) @Nullable Decision decision) {
    return decide(id, HeldDecision.DISCARD, decision);
  }

  /** Says that the caller looks at it; takes it over from who said so before. */
  @PostMapping("/held/{id}/claim")
  CommandOutcome.Done claim(@PathVariable("id") String id) {
    return held.send(held.require(id), new HeldChange.ClaimHeld(id, false));
  }

  /** Says that the caller does not look at it any more. */
  @PostMapping("/held/{id}/release")
  CommandOutcome.Done release(@PathVariable("id") String id) {
    return held.send(held.require(id), new HeldChange.ClaimHeld(id, true));
  }

  /** Takes a decision back. */
  @PostMapping("/held/{id}/undo")
  CommandOutcome.Done undo(@PathVariable("id") String id) {
    return held.send(held.require(id), new HeldChange.UndoHeld(id));
  }

  /**
   * A decision about several posts.
   *
   * @param force whether authors are trusted who are not proven
   */
  record Decisions(
      List<String> ids, HeldDecision decision, @Nullable String comment, @Nullable Boolean force) {}

  /** What became of each, in the order of the ids. */
  record Outcomes(List<HeldPosts.Each> outcomes) {}

  /** Decides about several posts, each for itself. */
  @PostMapping("/held/decisions")
  Outcomes decide(@RequestBody Decisions decisions) {
    if (decisions.ids() == null || decisions.decision() == null) {
      throw ApiProblem.badRequest("ids-missing", "Say which posts (ids) and what (decision).");
    }
    return new Outcomes(
        held.decideAll(
            decisions.ids(),
            decisions.decision(),
            text(decisions.comment()),
            Boolean.TRUE.equals(decisions.force())));
  }

  private CommandOutcome.Done decide(String id, HeldDecision decision, @Nullable Decision words) {
    return held.send(
        held.require(id),
        new HeldChange.DecideHeld(id, decision, text(words == null ? null : words.comment())));
  }

  private static String text(@Nullable String comment) {
    return comment == null ? "" : comment;
  }
}
