package org.milena.scanner;

import static org.milena.scanner.ReceivedMail.DEV;
import static org.milena.scanner.ReceivedMail.USERS;
import static org.milena.scanner.ReceivedMail.post;
import static org.milena.scanner.ReceivedMail.to;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.scanner.scan.SampleMail;

/** What was handed to the scanner, and what must have become of it. */
final class Ledger {

  private final List<String> others;
  private final Set<String> expected = new LinkedHashSet<>();
  private final Set<MailId> mails = new LinkedHashSet<>();

  /**
   * @param others engines that must have read every mail, beside clamd
   */
  Ledger(List<String> others) {
    this.others = List.copyOf(others);
  }

  /**
   * What is found wrong.
   *
   * @param lost effects that are missing
   * @param twice effects that are there more than once
   * @param unscanned effects of mail without the word of clamd or of another engine
   * @param wrong effects that must not be
   */
  record Audit(Set<String> lost, Set<String> twice, Set<String> unscanned, Set<String> wrong) {
    boolean isClean() {
      return lost.isEmpty() && twice.isEmpty() && unscanned.isEmpty() && wrong.isEmpty();
    }
  }

  /** Publishes some of every kind: to a list, to two, elsewhere, and infected. */
  void publish(KafkaAccess kafka, int count) {
    List<CompletableFuture<?>> acknowledged = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MailId id = ReceivedMail.nextId();
      boolean infected = i % 10 == 9;
      RoutedRecipient[] recipients =
          switch (i % 5) {
            case 1 -> new RoutedRecipient[] {post(USERS), post(DEV)};
            case 2 ->
                new RoutedRecipient[] {to("anna@example.org", new Route.Submission()), post(DEV)};
            case 3 -> new RoutedRecipient[] {to("anna@example.org", new Route.Submission())};
            default -> new RoutedRecipient[] {post(USERS)};
          };
      // within a line it is a quotation to the built-in checks: only clamd finds it there
      RawMessage message =
          SampleMail.mail("\r\nmail " + id + " " + (infected ? SampleMail.EICAR : "") + "\r\n");
      acknowledged.add(
          kafka
              .publisher()
              .publish(ReceivedMail.record(ReceivedMail.meta(id, message, recipients), message)));
      mails.add(id);
      expected.add(effect("scanned", id));
      if (infected) {
        expected.add(effect("quarantine", id));
      } else {
        for (RoutedRecipient recipient : recipients) {
          Route.list(recipient.route())
              .ifPresentOrElse(
                  list -> expected.add(effect(list.value(), id)),
                  () -> {
                    expected.add(effect("outgoing", id));
                    expected.add(effect("delivery", id));
                  });
        }
      }
    }
    acknowledged.forEach(CompletableFuture::join);
  }

  int size() {
    return mails.size();
  }

  /** Looks at all topics. Other mails than those of this ledger are passed over. */
  Audit audit(TopicReader topics) {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> unscanned = new LinkedHashSet<>();
    for (InRecord record : topics.all(Topics.LISTS)) {
      MailMeta meta = MailRecords.meta(record, MailMeta.class);
      String effect = effect(record.key().orElse(""), meta.mailId());
      count(seen, effect, meta.mailId());
      if (mails.contains(meta.mailId()) && !isClean(meta)) {
        unscanned.add(effect);
      }
    }
    for (InRecord record : topics.all(Topics.OUTGOING)) {
      MailId id = MailRecords.meta(record, OutgoingMeta.class).mailId();
      count(seen, effect("outgoing", id), id);
    }
    for (InRecord record : topics.all(Topics.DELIVERIES)) {
      MailId id = MailRecords.json(record, Delivery.class).content().mailId();
      count(seen, effect("delivery", id), id);
    }
    for (InRecord record : topics.all(Topics.QUARANTINE)) {
      if (MailRecords.type(record) == RecordType.QUARANTINED_MAIL) {
        MailMeta meta = MailRecords.meta(record, QuarantineMeta.class).mail();
        count(seen, effect("quarantine", meta.mailId()), meta.mailId());
        if (mails.contains(meta.mailId()) && !enginesSay(meta, Verdict.INFECTED)) {
          unscanned.add(effect("quarantine", meta.mailId()));
        }
      }
    }
    for (InRecord record : topics.all(Topics.EVENTS)) {
      MailEvent event = MailRecords.json(record, MailEvent.class);
      if (event.kind() == MailEvent.Kind.SCANNED) {
        count(seen, effect("scanned", event.mailId()), event.mailId());
        if (mails.contains(event.mailId()) && !event.text().contains("clamd")) {
          unscanned.add(effect("scanned", event.mailId()));
        }
      }
    }
    Set<String> lost = new LinkedHashSet<>(expected);
    lost.removeAll(seen.keySet());
    Set<String> twice = new LinkedHashSet<>(seen.keySet());
    twice.removeIf(effect -> seen.getOrDefault(effect, 0) < 2);
    Set<String> wrong = new LinkedHashSet<>(seen.keySet());
    wrong.removeAll(expected);
    return new Audit(lost, twice, unscanned, wrong);
  }

  private void count(Map<String, Integer> seen, String effect, MailId id) {
    if (mails.contains(id)) {
      seen.merge(effect, 1, Integer::sum);
    }
  }

  private boolean isClean(MailMeta meta) {
    ScanReport scan = meta.scan();
    return scan != null && scan.verdict() == Verdict.CLEAN && enginesSay(meta, Verdict.CLEAN);
  }

  /** Whether clamd says so. Nothing is clean before the others spoke; one positive suffices. */
  private boolean enginesSay(MailMeta meta, Verdict verdict) {
    ScanReport scan = meta.scan();
    return scan != null
        && scan.engines().stream()
            .anyMatch(one -> one.engine().equals("clamd") && one.verdict() == verdict)
        && (verdict == Verdict.INFECTED
            || scan.engines().stream()
                .map(ScanReport.EngineReport::engine)
                .toList()
                .containsAll(others));
  }

  private static String effect(String what, MailId id) {
    return what + " " + id;
  }
}
