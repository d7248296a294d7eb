package org.milena.listexpander.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.DeliveryChange;
import org.milena.common.directory.MailingList;
import org.milena.common.event.BounceScore;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.ledger.ListTables;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How copies to the members of a list came back. For owners. */
@RestController
@RequestMapping("/api/v1/lists/{list}/bounces")
public class BouncesApi {
  private final Lists lists;
  private final ListAccess access;
  private final ListTables tables;
  private final CommandSender commands;

  public BouncesApi(Lists lists, ListAccess access, ListTables tables, CommandSender commands) {
    this.lists = lists;
    this.access = access;
    this.tables = tables;
    this.commands = commands;
  }

  /** What follows from it at present. */
  enum State {
    /** Some points. */
    COUNTED,
    /** A probe was sent and has not come back. */
    PROBED,
    /** Delivery stopped. */
    STOPPED
  }

  /** A member's score. */
  record ScoreView(
      MailAddress address,
      State state,
      double score,
      LocalDate lastOn,
      String lastReason,
      @Nullable LocalDate probedOn,
      @Nullable LocalDate stoppedOn,
      int warnings,
      @Nullable LocalDate warnedOn) {

    static ScoreView of(BounceScore score) {
      return new ScoreView(
          score.address(),
          score.stoppedOn() != null
              ? State.STOPPED
              : score.probedOn() != null ? State.PROBED : State.COUNTED,
          score.score(),
          score.lastOn(),
          score.lastReason(),
          score.probedOn(),
          score.stoppedOn(),
          score.warnings(),
          score.warnedOn());
    }
  }

  /** Who has which score, by address. */
  @GetMapping
  CursorPage<ScoreView> all(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    MailingList list = owned(address);
    int size = Paging.limit(limit);
    List<BounceScore> rows =
        tables
            .bounces()
            .scan(
                Topics.listKey(list.id(), ""),
                after.isEmpty() ? "" : Topics.listKey(list.id(), after),
                size + 1)
            .stream()
            .map(Map.Entry::getValue)
            .toList();
    return Paging.of(rows, size, score -> score.address().key(), ScoreView::of);
  }

  /** Forgets what came back from somebody; delivery goes on if it stopped for that. */
  @DeleteMapping("/{address}")
  CommandOutcome.Done forget(
      @PathVariable("list") String listAddress, @PathVariable("address") String address) {
    MailingList list = owned(listAddress);
    return commands.send(list.id(), new DeliveryChange.ForgetBounces(MembersApi.parse(address)));
  }

  private MailingList owned(String address) {
    MailingList list = lists.require(address);
    access.requireManage(list);
    return list;
  }
}
