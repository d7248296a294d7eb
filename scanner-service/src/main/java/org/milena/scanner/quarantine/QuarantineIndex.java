package org.milena.scanner.quarantine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailPointer;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordType;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.scanner.scan.ShownText;

/**
 * This instance's view of the quarantine, made from its log: metadata only, never message bytes.
 *
 * <p>Of several records of one mail the first counts, and of several acts on it the first counts: a
 * mail that is scanned again after a crash of the broker stays what it was.
 */
public final class QuarantineIndex {

  private final ConcurrentSkipListMap<MailId, QuarantineEntry> entries =
      new ConcurrentSkipListMap<>();

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
        entries.putIfAbsent(entry.id(), entry);
      }
      case QUARANTINE_ACT -> {
        QuarantineAct act = MailRecords.json(record, QuarantineAct.class);
        entries.computeIfPresent(
            act.mailId(), (_, entry) -> entry.act() == null ? entry.with(act) : entry);
      }
      default -> throw new UnreadableRecordException(type + " in the quarantine at " + record);
    }
  }

  private static QuarantineEntry entry(InRecord record) {
    QuarantineMeta meta = MailRecords.meta(record, QuarantineMeta.class);
    RawMessage message = MailRecords.message(record);
    HeaderBlock header = HeaderBlock.of(message);
    return new QuarantineEntry(
        meta,
        new MailPointer(record.position(), meta.mail().mailId(), message.sha256()),
        shown(header, "From"),
        shown(header, "Subject"),
        message.size(),
        null);
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

  /** How many mails wait for an operator. */
  public long kept() {
    return entries.values().stream()
        .filter(entry -> entry.state() == QuarantineEntry.State.KEPT)
        .count();
  }
}
