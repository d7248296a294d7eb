package org.milena.scanner.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Passage;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Topics;
import org.milena.common.failure.FailPoint;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailLog;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageTransaction;
import org.milena.scanner.authentication.Provenance;
import org.milena.scanner.notice.Notices;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.scan.Reading;
import org.milena.scanner.scan.ScanListener;
import org.milena.scanner.scan.Scanner;
import org.milena.scanner.voting.ScanDecision;
import org.milena.scanner.voting.Voting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From {@link Topics#RECEIVED} to where the mail is addressed, or to quarantine.
 *
 * <p>A mail is read once by the engines, and its sender checked beside that; then the policy of
 * each list, or of the site, says what becomes of it there. Mail whose sender's names are slow
 * takes no place from mail that is to be scanned.
 */
public final class ScanStage implements Stage {

  private static final Logger log = LoggerFactory.getLogger(ScanStage.class);

  private final Scanner scanner;
  private final Provenance provenance;
  private final Policies policies;
  private final Routing routing;
  private final Notices notices;
  private final ExecutorService threads;
  private final InstantSource clock;
  private final ScanListener listener;
  private final Semaphore places;

  /**
   * With its scanner and the way on.
   *
   * @param scans how many mails are scanned at the same time
   * @param threads one for each check of a sender that runs
   */
  public ScanStage(
      Scanner scanner,
      Provenance provenance,
      Policies policies,
      Routing routing,
      Notices notices,
      ExecutorService threads,
      InstantSource clock,
      ScanListener listener,
      int scans) {
    this.scanner = scanner;
    this.provenance = provenance;
    this.policies = policies;
    this.routing = routing;
    this.notices = notices;
    this.threads = threads;
    this.clock = clock;
    this.listener = listener;
    this.places = new Semaphore(scans, true);
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
  public void assigned() {
    policies.await();
  }

  @Override
  public Prepared prepare(InRecord record) {
    FailPoint.hit("scanner.S1");
    RecordType type = MailRecords.type(record);
    if (type != RecordType.RECEIVED_MAIL) {
      throw new UnreadableRecordException("not received mail but " + type + " at " + record);
    }
    MailMeta meta = MailRecords.meta(record, MailMeta.class);
    RawMessage message = MailRecords.message(record);
    try (var _ = MailLog.about(meta.mailId())) {
      Future<AuthenticationReport> authentication = checkSender(meta, message);
      Reading reading;
      Instant now;
      Duration age;
      Map<ScanDecision.Decided, List<RoutedRecipient>> decided;
      AuthenticationReport report;
      try {
        reading = scan(meta, message);
        now = clock.instant();
        age = Duration.between(meta.receivedAt(), now);
        decided = decide(meta, reading, age);
        report = await(authentication);
      } finally {
        authentication.cancel(true); // of a mail that waits nobody wants to know yet
      }
      decided.keySet().stream()
          .map(ScanDecision.Decided::verdict)
          .max(Verdict::compareTo)
          .ifPresent(verdict -> listener.judged(verdict, age));
      RawMessage stamped = provenance.stamp(meta, message, report);
      return transaction -> {
        try (var _ = MailLog.about(meta.mailId())) {
          write(meta, new Scanned(reading, report, now), decided, stamped, transaction);
        }
      };
    }
  }

  private Reading scan(MailMeta meta, RawMessage message) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while waiting for a scan", e);
    }
    try {
      return scanner.read(meta, message);
    } finally {
      places.release();
    }
  }

  private Future<AuthenticationReport> checkSender(MailMeta meta, RawMessage message) {
    try {
      return threads.submit(MailLog.inThisContext(() -> provenance.check(meta, message)));
    } catch (RejectedExecutionException e) {
      throw new OutageException("the scanner is stopping", e);
    }
  }

  private static AuthenticationReport await(Future<AuthenticationReport> report) {
    try {
      return report.get();
    } catch (InterruptedException e) {
      report.cancel(true);
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while a sender was checked", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the check of a sender failed", e.getCause());
    }
  }

  /**
   * What becomes of it, and for whom.
   *
   * @throws OutageException when a policy lets it wait
   */
  private Map<ScanDecision.Decided, List<RoutedRecipient>> decide(
      MailMeta meta, Reading reading, Duration age) {
    Map<ScanDecision.Decided, List<RoutedRecipient>> all = new LinkedHashMap<>();
    for (RoutedRecipient recipient : meta.recipients()) {
      switch (Voting.decide(reading, policies.of(recipient), age)) {
        case ScanDecision.Wait(var reason) -> throw new OutageException(reason);
        case ScanDecision.Decided decided ->
            all.computeIfAbsent(Policies.at(recipient, decided), _ -> new ArrayList<>())
                .add(recipient);
      }
    }
    return all;
  }

  private void write(
      MailMeta meta,
      Scanned scanned,
      Map<ScanDecision.Decided, List<RoutedRecipient>> decided,
      RawMessage message,
      StageTransaction transaction) {
    FailPoint.hit("scanner.S3");
    transaction.send(
        MailRecords.event(
            event(meta, message, MailEvent.Kind.SCANNED, summary(scanned, decided.keySet()))));
    List<RoutedRecipient> kept = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    ScanReport worst = null;
    for (var group : decided.entrySet()) {
      ScanReport report = scanned.report(group.getKey());
      MailMeta some = meta.withRecipients(group.getValue()).withScan(report);
      switch (group.getKey().passage()) {
        case PASS, HOLD -> {
          routing.write(some, message, transaction);
          List<RoutedRecipient> unfilled = routing.unfilled(some.recipients());
          if (!unfilled.isEmpty()) {
            kept.addAll(unfilled);
            reasons.add("nobody is postmaster here (milena.scanner.postmaster is not set)");
            worst = worst == null ? report : worst;
          }
        }
        case KEEP -> {
          kept.addAll(group.getValue());
          reasons.add(reason(report));
          worst = worst == null || worst.verdict().compareTo(report.verdict()) < 0 ? report : worst;
        }
      }
    }
    if (worst != null) {
      keepBack(
          meta.withRecipients(kept).withScan(worst),
          reasons.stream().distinct().collect(Collectors.joining("; ")),
          message,
          transaction);
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
    notices.keptBack(meta, message, reason, transaction);
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

  /** {@code clean: builtin, clamd}, or who found what; and who the sender is. */
  private static String summary(Scanned scanned, Iterable<ScanDecision.Decided> decided) {
    List<String> words = new ArrayList<>();
    for (ScanDecision.Decided one : decided) {
      ScanReport report = scanned.report(one);
      words.add(
          report.verdict() == Verdict.CLEAN
              ? "clean: "
                  + report.engines().stream()
                      .map(EngineReport::engine)
                      .collect(Collectors.joining(", "))
              : reason(report) + (one.passage() == Passage.HOLD ? " (for a moderator)" : ""));
    }
    AuthenticationReport sender = scanned.authentication();
    if (sender.dmarc() != AuthenticationReport.Result.NOT_CHECKED) {
      words.add(
          "spf %s, dkim %s, dmarc %s"
              .formatted(lower(sender.spf()), lower(sender.dkim()), lower(sender.dmarc())));
    }
    return words.stream().distinct().collect(Collectors.joining("; "));
  }

  private static String reason(ScanReport report) {
    return lower(report.verdict())
        + ": "
        + report.engines().stream()
            .filter(engine -> engine.verdict() != Verdict.CLEAN)
            .map(engine -> engine.engine() + " says " + engine.detail())
            .collect(Collectors.joining(", "));
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
