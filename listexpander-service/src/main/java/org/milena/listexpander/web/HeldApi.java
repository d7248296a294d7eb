package org.milena.listexpander.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListCommand.HeldDecision;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
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
   * A held post.
   *
   * @param size octets
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
      @Nullable String header,
      @Nullable String text) {

    static HeldView of(Hold hold, HeldPosts.@Nullable Content content) {
      return new HeldView(
          hold.holdId(),
          hold.list(),
          hold.mailId(),
          hold.author(),
          hold.subject(),
          hold.size(),
          hold.heldAt(),
          hold.reasons(),
          content == null ? null : content.header(),
          content == null ? null : content.text());
    }
  }

  /** The held posts of a list, oldest first. */
  @GetMapping("/lists/{list}/held")
  CursorPage<HeldView> all(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    MailingList list = lists.require(address);
    access.requireModerate(list);
    int size = Paging.limit(limit);
    return Paging.of(
        queue.page(list.id(), after, size + 1),
        size,
        Hold::holdId,
        hold -> HeldView.of(hold, null));
  }

  /** One held post with its header and text. */
  @GetMapping("/held/{id}")
  HeldView one(@PathVariable("id") String id) {
    HeldPosts.Found found = held.require(id);
    return HeldView.of(found.hold(), held.content(found.hold()));
  }

  /** Words of the moderator; told to the author of a rejected post. */
  record Decision(@Nullable String comment) {}

  /** Posts it. */
  @PostMapping("/held/{id}/accept")
  CommandOutcome.Done accept(
      @PathVariable("id") String id, @RequestBody(required = false) @Nullable Decision decision) {
    return decide(id, HeldDecision.ACCEPT, decision);
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

  private CommandOutcome.Done decide(String id, HeldDecision decision, @Nullable Decision words) {
    String comment = words == null ? null : words.comment();
    return held.decide(held.require(id), decision, comment == null ? "" : comment);
  }
}
