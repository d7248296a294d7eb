package org.milena.scanner.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailLog;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageTransaction;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.scan.ScanListener;
import org.milena.scanner.scan.Scanner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From {@link Topics#RECEIVED} to where the mail is addressed, or to quarantine. */
public final class ScanStage implements Stage {

  private static final Logger log = LoggerFactory.getLogger(ScanStage.class);

  private final Scanner scanner;
  private final Routing routing;
  private final InstantSource clock;
  private final ScanListener listener;

  /** With its scanner and the way on. */
  public ScanStage(Scanner scanner, Routing routing, InstantSource clock, ScanListener listener) {
    this.scanner = scanner;
    this.routing = routing;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public String name() {
    return "scanner";
  }

  @Override
  public String topic() {
    return Topics.RECEIVED;
  }

  @Override
  public Prepared prepare(InRecord record) {
    RecordType type = MailRecords.type(record);
    if (type != RecordType.RECEIVED_MAIL) {
      throw new UnreadableRecordException("not received mail but " + type + " at " + record);
    }
    MailMeta meta = MailRecords.meta(record, MailMeta.class);
    RawMessage message = MailRecords.message(record);
    try (var _ = MailLog.about(meta.mailId())) {
      ScanReport report = scanner.scan(meta, message);
      listener.judged(report.verdict(), Duration.between(meta.receivedAt(), report.scannedAt()));
      MailMeta scanned = meta.withScan(report);
      return transaction -> {
        try (var _ = MailLog.about(meta.mailId())) {
          write(scanned, report, message, transaction);
        }
      };
    }
  }

  private void write(
      MailMeta meta, ScanReport report, RawMessage message, StageTransaction transaction) {
    transaction.send(
        MailRecords.event(event(meta, message, MailEvent.Kind.SCANNED, summary(report))));
    switch (report.verdict()) {
      case CLEAN -> {
        routing.write(meta, message, transaction);
        List<RoutedRecipient> unfilled = routing.unfilled(meta.recipients());
        if (!unfilled.isEmpty()) {
          keepBack(
              meta.withRecipients(unfilled),
              "nobody is postmaster here (milena.scanner.postmaster is not set)",
              message,
              transaction);
        }
      }
      case INFECTED, POLICY, UNSCANNABLE, SPAM ->
          keepBack(meta, reason(report), message, transaction);
    }
  }

  private void keepBack(
      MailMeta meta, String reason, RawMessage message, StageTransaction transaction) {
    Instant now = clock.instant();
    transaction.send(
        MailRecords.mail(
            Topics.QUARANTINE,
            meta.mailId().toString(),
            RecordType.QUARANTINED_MAIL,
            new QuarantineMeta(meta, reason, now),
            meta.mailId(),
            message));
    transaction.send(MailRecords.event(event(meta, message, MailEvent.Kind.QUARANTINED, reason)));
    log.info("{} is kept in quarantine: {}", meta.mailId(), reason);
  }

  private MailEvent event(MailMeta meta, RawMessage message, MailEvent.Kind kind, String text) {
    return new MailEvent(
        meta.mailId(),
        clock.instant(),
        kind,
        null,
        Routing.messageId(message),
        text,
        meta.recipients().size());
  }

  /** {@code clean: builtin, clamd}, or who found what. */
  private static String summary(ScanReport report) {
    return report.verdict() == Verdict.CLEAN
        ? "clean: "
            + report.engines().stream().map(EngineReport::engine).collect(Collectors.joining(", "))
        : reason(report);
  }

  private static String reason(ScanReport report) {
    return report.verdict().name().toLowerCase(Locale.ROOT)
        + ": "
        + report.engines().stream()
            .filter(engine -> engine.verdict() != Verdict.CLEAN)
            .map(engine -> engine.engine() + " says " + engine.detail())
            .collect(Collectors.joining("; "));
  }
}
