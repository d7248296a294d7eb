package org.milena.egress.net;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.DeadPointerException;
import org.milena.egress.content.Content;
import org.milena.egress.content.ContentShelf.Lease;
import org.milena.egress.job.Consignment;
import org.milena.egress.job.Report;
import org.milena.egress.outcome.AttemptOutcome;
import org.milena.egress.outcome.AttemptOutcome.Again;
import org.milena.egress.outcome.AttemptOutcome.Relayed;
import org.milena.egress.outcome.AttemptOutcome.Scope;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Happening.Answered;
import org.milena.egress.outcome.Happening.ContentGone;
import org.milena.egress.outcome.Happening.Suspended;
import org.milena.egress.outcome.Judge;
import org.milena.egress.outcome.Phase;
import org.milena.egress.personal.Copy;
import org.milena.egress.session.Transaction;
import org.milena.egress.session.TransactionEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works at one site over one connection at a time, for as long as there is work. */
final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final long OUTAGE_PAUSE_MILLIS = 500;

  private final Sites sites;
  private final Site site;
  private @Nullable Line line;
  private @Nullable Lease lease;

  Worker(Sites sites, Site site) {
    this.sites = sites;
    this.site = site;
  }

  void run() throws InterruptedException {
    boolean onTheList = true;
    try {
      while (sites.gate().pass()) {
        Site.Part part = site.next(offeredRecipients());
        if (part == null) {
          onTheList = false;
          return;
        }
        if (!attempt(part)) {
          site.putBack(part);
        }
      }
    } finally {
      giveBackLease();
      restOrQuit();
      if (onTheList) {
        site.leave();
      }
    }
  }

  private int offeredRecipients() {
    return line == null ? 0 : line.session().capabilities().maxRecipients();
  }

  /** Whether the part is dealt with; else it must be put back. A defect of ours sets it aside. */
  private boolean attempt(Site.Part part) throws InterruptedException {
    try {
      return handle(part);
    } catch (RuntimeException e) {
      log.error("sending {} failed by a defect", part.from(), e);
      sites.report(Report.same(part.from(), part.recipients(), new ContentGone("a defect: " + e)));
      return true;
    }
  }

  private boolean handle(Site.Part part) throws InterruptedException {
    Consignment from = part.from();
    Content content;
    try {
      content = borrow(from);
    } catch (DeadPointerException | UnreadableRecordException e) {
      giveBackLease();
      List<MailAddress> all = new ArrayList<>(part.recipients());
      all.addAll(site.takeAll(from));
      sites.report(Report.same(from, all, new ContentGone(String.valueOf(e.getMessage()))));
      return true;
    } catch (OutageException e) {
      giveBackLease();
      log.warn("cannot read the message of {}: {}", from, e.getMessage());
      return !sites.gate().pause(OUTAGE_PAUSE_MILLIS);
    }
    Line open = openLine(part);
    if (open == null) {
      return true;
    }
    return send(part, content, open);
  }

  private Content borrow(Consignment from) {
    Lease held = lease;
    if (held != null && held.pointer().equals(from.delivery().content())) {
      return held.content();
    }
    giveBackLease();
    Lease borrowed = sites.shelf().borrow(from.delivery().content());
    lease = borrowed;
    return borrowed.content();
  }

  private void giveBackLease() {
    Lease held = lease;
    lease = null;
    if (held != null) {
      held.close();
    }
  }

  /** A connection; null when there is none, which is reported then. */
  private @Nullable Line openLine(Site.Part part) {
    Line open = line != null ? line : site.unpark();
    if (open == null) {
      sites.meters().connections.increment();
      Connector.Opened opened = sites.connector().open(part.hosts());
      open = opened.line();
      Happening trouble = opened.trouble();
      if (trouble != null) {
        sites.report(Report.same(part.from(), part.recipients(), trouble));
        siteFailed(Judge.judge(trouble), true);
      }
    }
    line = open;
    return open;
  }

  private void siteFailed(AttemptOutcome outcome, boolean unreachable) {
    switch (outcome) {
      case Again(var status, String reason, _, _) ->
          sites.failed(site, new Suspended(status, reason), unreachable);
      case AttemptOutcome.Failed(var status, String reason, _) ->
          sites.failed(
              site,
              new Suspended(
                  new org.milena.common.status.EnhancedStatus(4, status.subject(), status.detail()),
                  reason),
              unreachable);
      case Relayed _, AttemptOutcome.SetAside _ -> {}
    }
  }

  private boolean send(Site.Part part, Content content, Line open) {
    Consignment from = part.from();
    Copy copy =
        sites
            .personalizer()
            .copyFor(from.delivery(), content.marks(), part.recipients().getFirst());
    Transaction transaction =
        new Transaction(
            copy.reversePath(),
            part.recipients(),
            copy.prefix(),
            copy.insertions().isEmpty() ? content.form() : content.form().filled(copy.insertions()),
            content.smtpUtf8(),
            () -> !from.withdrawn());
    Sites.Flight flight = new Sites.Flight(from, open.session());
    sites.begin(flight);
    TransactionEnd end;
    try {
      if (from.withdrawn()) {
        return true;
      }
      end = open.session().transact(transaction);
      open.wire().rest();
      sites.meters().transactions.increment();
      if (end instanceof TransactionEnd.Told(List<Happening> happenings)) {
        tell(part, happenings);
      }
    } finally {
      sites.end(flight);
    }
    if (!open.session().usable()
        || open.session().transactions() >= sites.settings().maxTransactions()) {
      open.session().quit();
      line = null;
    }
    return !(end instanceof TransactionEnd.Stale);
  }

  private void tell(Site.Part part, List<Happening> happenings) {
    List<AttemptOutcome> outcomes = happenings.stream().map(Judge::judge).toList();
    int taken = (int) outcomes.stream().filter(Relayed.class::isInstance).count();
    List<Report.Fate> fates = new ArrayList<>(happenings.size());
    List<MailAddress> again = new ArrayList<>();
    for (int i = 0; i < happenings.size(); i++) {
      MailAddress recipient = part.recipients().get(i);
      if (taken > 0 && tooMany(happenings.get(i))) {
        again.add(recipient);
      } else {
        fates.add(new Report.Fate(recipient, happenings.get(i)));
      }
    }
    sites.report(new Report(part.from(), fates));
    if (!again.isEmpty()) {
      site.fewerRecipients(taken);
      site.putBack(new Site.Part(part.from(), again, part.hosts()));
    }
    outcomes.stream()
        .filter(outcome -> outcome instanceof Again(_, _, Scope scope, _) && scope == Scope.SITE)
        .findFirst()
        .ifPresentOrElse(
            outcome -> siteFailed(outcome, false),
            () -> {
              site.succeeded();
              sites.grow(site);
            });
  }

  /** The rest goes in a transaction of its own, now (RFC 5321 section 4.5.3.1.10). */
  private static boolean tooMany(Happening happening) {
    return happening instanceof Answered(_, Phase phase, var reply)
        && phase == Phase.RCPT
        && (reply.code() == 452 || reply.code() == 552);
  }

  private void restOrQuit() {
    Line open = line;
    line = null;
    if (open != null) {
      if (open.session().usable()) {
        site.park(open.resting(System.nanoTime()));
      } else {
        open.session().close();
      }
    }
  }
}
