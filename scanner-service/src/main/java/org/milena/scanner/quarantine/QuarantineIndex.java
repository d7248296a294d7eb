package org.milena.scanner.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailPointer;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.QuarantineDigest;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.scanner.quarantine.QuarantineEntry.State;
import org.milena.scanner.scan.ShownText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This instance's view of the quarantine, made from its log: metadata only, never message bytes.
 *
 * <p>Of several records of one mail the first counts, and of several decisions about it the first
 * counts: a mail that is scanned again after a crash of the broker stays what it was. What a later
 * record adds are recipients the first one did not have, as long as nobody has decided.
 */
public final class QuarantineIndex {

  private static final Logger log = LoggerFactory.getLogger(QuarantineIndex.class);

  private final Duration keptFor;
  private final InstantSource clock;
  private final ConcurrentSkipListMap<MailId, QuarantineEntry> entries =
      new ConcurrentSkipListMap<>();
  private final DigestRounds rounds = new DigestRounds();

  /**
   * @param keptFor how long operators can decide about a mail
   */
  public QuarantineIndex(Duration keptFor, InstantSource clock) {
    this.keptFor = keptFor;
    this.clock = clock;
  }

  /**
   * Takes in the next record of the log.
   *
   * @throws UnreadableRecordException when it is none of its records; the view is as before
   */
  public void apply(InRecord record) {
    RecordType type = MailRecords.type(record);
    switch (type) {
      case QUARANTINED_MAIL -> {
        QuarantineEntry entry = entry(record);
        entries.merge(entry.id(), entry, QuarantineIndex::merge);
      }
      case QUARANTINE_ACT -> {
        QuarantineAct act = MailRecords.json(record, QuarantineAct.class);
        entries.computeIfPresent(act.mailId(), (_, entry) -> entry.with(act));
      }
      case QUARANTINE_DIGEST ->
          rounds.apply(
              MailRecords.json(record, QuarantineDigest.class), record.position().offset());
      default -> throw new UnreadableRecordException(type + " in the quarantine at " + record);
    }
  }

  private static QuarantineEntry merge(QuarantineEntry first, QuarantineEntry later) {
    List<RoutedRecipient> recipients = later.meta().mail().recipients();
    if (first.act() != null && !first.meta().mail().recipients().containsAll(recipients)) {
      log.warn(
          "{} is kept once more, at {}, for recipients nobody decided about: {}",
          first.id(),
          later.content().position(),
          recipients);
    }
    return first.alsoFor(recipients);
  }

  private QuarantineEntry entry(InRecord record) {
    QuarantineMeta meta = MailRecords.meta(record, QuarantineMeta.class);
    RawMessage message = MailRecords.message(record);
    HeaderBlock header = HeaderBlock.of(message);
    return new QuarantineEntry(
        meta,
        new MailPointer(record.position(), meta.mail().mailId(), message.sha256()),
        shown(header, "From"),
        shown(header, "Subject"),
        message.size(),
        meta.at().plus(keptFor),
        null,
        List.of());
  }

  private static String shown(HeaderBlock header, String name) {
    return ShownText.of(header.first(name).map(HeaderField::decoded).orElse(""));
  }

  /** The log begins here now: what lay before is gone. */
  public void trimmed(int partition, long firstOffset) {
    entries
        .values()
        .removeIf(entry ->
            entry.content().position().partition() == partition
                && entry.content().position().offset() < firstOffset);
  }

  /** One mail. */
  public Optional<QuarantineEntry> find(MailId id) {
    return Optional.ofNullable(entries.get(id));
  }

  /**
   * The newest mails first.
   *
   * @param before only mails older than this one, if given
   */
  public List<QuarantineEntry> newest(
      @Nullable MailId before, Predicate<QuarantineEntry> which, int limit) {
    var older = before == null ? entries : entries.headMap(before, false);
    return older.descendingMap().values().stream().filter(which).limit(limit).toList();
  }

  /** How many there are in each state; every state has its number. */
  Map<State, Long> count(Predicate<QuarantineEntry> which) {
    Instant now = clock.instant();
    Map<State, Long> counts = new EnumMap<>(State.class);
    for (State state : State.values()) {
      counts.put(state, 0L);
    }
    entries.values().stream()
        .filter(which)
        .forEach(entry -> counts.merge(entry.state(now), 1L, Long::sum));
    return counts;
  }

  /** How many mails wait for an operator. */
  public long kept() {
    Instant now = clock.instant();
    return entries.values().stream().filter(entry -> entry.state(now) == State.KEPT).count();
  }

  /** Whether this period, or a later one, has its digest. */
  boolean hasDigest(Instant until) {
    return rounds.has(until);
  }

  /** Whether a mail was kept before this moment that no digest has told of. */
  boolean isUntold(Instant before) {
    long told = rounds.toldUntil();
    return entries.values().stream()
        .anyMatch(entry ->
            entry.content().position().offset() > told && entry.meta().at().isBefore(before));
  }

  /**
   * The mails this digest tells of, the oldest first; absent when it is not the one that counts.
   */
  Optional<List<QuarantineEntry>> toldBy(QuarantineDigest digest) {
    return rounds
        .find(digest)
        .map(round ->
            entries.values().stream()
                .filter(entry -> round.tellsOf(entry.content().position().offset()))
                .toList());
  }
}
