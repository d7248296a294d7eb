package org.milena.scanner.quarantine;

import java.time.Duration;
import java.time.InstantSource;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.QuarantineDigest;
import org.milena.common.event.RecordType;
import org.milena.common.event.ScanReport;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailLog;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageTransaction;
import org.milena.scanner.routing.Routing;

/**
 * Reads the quarantine's log and does what its acts say, each exactly once.
 *
 * <p>Only the first decision about a mail is done, and of the digests of a period only the first is
 * sent. Both are compared as values, so that one that was set aside as a dead letter and replayed
 * is the first still.
 */
public final class ReleaseStage implements Stage {

  private static final Duration VIEW_PATIENCE = Duration.ofSeconds(20);
  private static final Prepared NOTHING = _ -> {};

  private final QuarantineIndex index;
  private final QuarantineLog view;
  private final MailReader reader;
  private final Routing routing;
  private final DigestNotices notices;
  private final InstantSource clock;

  /** Over this view of the log. */
  public ReleaseStage(
      QuarantineIndex index,
      QuarantineLog view,
      MailReader reader,
      Routing routing,
      DigestNotices notices,
      InstantSource clock) {
    this.index = index;
    this.view = view;
    this.reader = reader;
    this.routing = routing;
    this.notices = notices;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "scanner-release";
  }

  @Override
  public String topic() {
    return Topics.QUARANTINE;
  }

  @Override
  public Prepared prepare(InRecord record) {
    RecordType type = MailRecords.type(record);
    return switch (type) {
      case QUARANTINED_MAIL -> NOTHING;
      case QUARANTINE_ACT -> {
        view.awaitPassed(record.position(), VIEW_PATIENCE);
        QuarantineAct act = MailRecords.json(record, QuarantineAct.class);
        try (var _ = MailLog.about(act.mailId())) {
          Prepared prepared = act(act);
          yield transaction -> {
            try (var _ = MailLog.about(act.mailId())) {
              prepared.write(transaction);
            }
          };
        }
      }
      case QUARANTINE_DIGEST -> {
        view.awaitPassed(record.position(), VIEW_PATIENCE);
        yield index
            .toldBy(MailRecords.json(record, QuarantineDigest.class))
            .map(notices::about)
            .orElse(NOTHING);
      }
      default -> throw new UnreadableRecordException(type + " in the quarantine at " + record);
    };
  }

  private Prepared act(QuarantineAct act) {
    if (!act.act().decides()) {
      return NOTHING;
    }
    QuarantineEntry entry =
        index
            .find(act.mailId())
            .orElseThrow(() ->
                new DeadPointerException(
                    "no mail in quarantine for the act " + act + ", or no longer"));
    if (!act.equals(entry.act())) {
      return NOTHING; // somebody was before
    }
    return switch (act.act()) {
      case PROPOSED, DOWNLOADED -> NOTHING;
      case RELEASED -> release(entry, act);
      case DELETED ->
          transaction ->
              transaction.send(
                  event(entry, MailEvent.Kind.DISCARDED, "deleted from quarantine", act));
    };
  }

  private Prepared release(QuarantineEntry entry, QuarantineAct act) {
    MailMeta mail = entry.meta().mail();
    ScanReport report = mail.scan();
    if (report == null) {
      throw new UnreadableRecordException("quarantined without a scan report: " + entry.id());
    }
    if (!routing.unfilled(mail.recipients()).isEmpty()) {
      throw new IllegalStateException(
          "released mail is for the postmaster, and milena.scanner.postmaster is not set on this"
              + " instance");
    }
    MailMeta released = mail.withScan(said(report, act).releasedBy(act.by()));
    RawMessage message = reader.read(entry.content()).message();
    return transaction -> write(entry, act, released, message, transaction);
  }

  /**
   * What the engines said when they were asked again. Who sent the mail was checked when it came:
   * by now keys and records of the sender's domain may be others.
   */
  private static ScanReport said(ScanReport kept, QuarantineAct act) {
    ScanReport now = act.report();
    if (now == null) {
      return kept;
    }
    AuthenticationReport authentication =
        kept.authentication().equals(AuthenticationReport.NOT_CHECKED)
            ? now.authentication()
            : kept.authentication();
    return new ScanReport(
        now.verdict(),
        now.engines(),
        authentication,
        now.scannedAt(),
        null,
        now.spam(),
        now.passage());
  }

  private void write(
      QuarantineEntry entry,
      QuarantineAct act,
      MailMeta released,
      RawMessage message,
      StageTransaction transaction) {
    routing.write(released, message, transaction);
    transaction.send(event(entry, MailEvent.Kind.RELEASED, "released from quarantine", act));
  }

  private OutRecord event(
      QuarantineEntry entry, MailEvent.Kind kind, String what, QuarantineAct act) {
    return MailRecords.event(
        new MailEvent(
            entry.id(),
            clock.instant(),
            kind,
            null,
            null,
            what + " by " + act.by(),
            entry.meta().mail().recipients().size()));
  }
}
