package org.milena.listexpander.migration.mailman3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.migration.ImportReport;
import org.milena.listexpander.migration.ImportReport.Refusal;
import org.milena.listexpander.migration.ListPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over many lists of Mailman. What is wrong with one keeps no other one back. */
public final class Mailman3Import {
  /** Faults in succession after which Mailman is asked no more: each may take all its time. */
  private static final int PATIENCE = 3;

  private static final Logger log = LoggerFactory.getLogger(Mailman3Import.class);

  private final Mailman3 mailman;
  private final boolean dryRun;
  private final InstantSource clock;
  private final Function<ListPlan, ImportReport> taker;
  private int faults;

  private Mailman3Import(
      Mailman3 mailman,
      boolean dryRun,
      InstantSource clock,
      Function<ListPlan, ImportReport> taker) {
    this.mailman = mailman;
    this.dryRun = dryRun;
    this.clock = clock;
    this.taker = taker;
  }

  /**
   * Takes them over, one after the other.
   *
   * @param taker takes over one
   * @return a report for each, in their order
   */
  public static List<ImportReport> all(
      Mailman3 mailman,
      List<MailAddress> lists,
      boolean dryRun,
      InstantSource clock,
      Function<ListPlan, ImportReport> taker) {
    Mailman3Import run = new Mailman3Import(mailman, dryRun, clock, taker);
    List<ImportReport> reports = new ArrayList<>();
    for (MailAddress list : lists) {
      reports.add(run.one(list));
    }
    return reports;
  }

  private ImportReport one(MailAddress list) {
    if (!ListId.canBe(list)) {
      return refused(list, "list-name", "No list can have the address " + list + ".");
    }
    if (faults == PATIENCE) {
      return refused(
          list, "mailman3", "Not asked for: Mailman answered nothing for several lists.");
    }
    Optional<ListPlan> plan;
    try {
      plan = Mailman3Plans.plan(mailman, list, clock.instant());
      faults = 0;
    } catch (IOException e) {
      faults++;
      log.info("{} cannot be read from Mailman: {}", list, e.toString());
      return refused(list, "mailman3", String.valueOf(e.getMessage()));
    }
    return plan.map(taker)
        .orElseGet(() -> refused(list, "not-found", "Mailman has no list " + list + " any more."));
  }

  private ImportReport refused(MailAddress list, String code, String text) {
    return ImportReport.refused(list, dryRun, new Refusal(code, text));
  }
}
