package org.milena.scanner.quarantine;

import java.time.Duration;
import java.time.InstantSource;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.QuarantineAct;
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
 * <p>Only the first act on a mail is done. Acts are compared as values, so that one that was set
 * aside as a dead letter and replayed is the first act still.
 */
public final class ReleaseStage implements Stage {

  private static final Duration VIEW_PATIENCE = Duration.ofSeconds(20);

  private final QuarantineIndex index;
  private final QuarantineLog view;
  private final MailReader reader;
  private final Routing routing;
  private final InstantSource clock;

  /** Over this view of the log. */
  public ReleaseStage(
      QuarantineIndex index,
      QuarantineLog view,
      MailReader reader,
      Routing routing,
      InstantSource clock) {
    this.index = index;
    this.view = view;
    this.reader = reader;
    this.routing = routing;
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
      case QUARANTINED_MAIL -> _ -> {};
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
      default -> throw new UnreadableRecordException(type + " in the quarantine at " + record);
    };
  }

  private Prepared act(QuarantineAct act) {
    QuarantineEntry entry =
        index
            .find(act.mailId())
            .orElseThrow(() ->
                new DeadPointerException(
                    "no mail in quarantine for the act " + act + ", or no longer"));
    if (!act.equals(entry.act())) {
      return _ -> {}; // somebody was before
    }
    return switch (act.act()) {
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
    MailMeta released = mail.withScan(report.releasedBy(act.by()));
    RawMessage message = reader.read(entry.content()).message();
    return transaction -> write(entry, act, released, message, transaction);
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
