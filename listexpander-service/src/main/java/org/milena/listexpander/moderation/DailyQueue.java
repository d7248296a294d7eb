package org.milena.listexpander.moderation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.event.Hold;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.settings.ModeratorNotices;
import org.milena.common.stage.MailReader;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.membership.PendingRequests;
import org.milena.listexpander.notice.Notices;

/**
 * One mail a day to moderators, from {@value #HOUR} o'clock in the list's time zone on, with all
 * that waits; none on a day on which nothing does.
 *
 * <p>That the day is done is noted among what the list has seen. Not in {@code ListState}, because
 * its day of daily mails is set at the hour of summaries, which is another one.
 */
public final class DailyQueue implements Chore {
  /** From when on, in the list's time zone. */
  static final int HOUR = 8;

  /** So many requests are counted; hardly a list has more. */
  private static final int MAX_REQUESTS = 1_000;

  private final ModeratorNotes notes;
  private final Notices notices;

  public DailyQueue(ModeratorNotes notes, Notices notices) {
    this.notes = notes;
    this.notices = notices;
  }

  @Override
  public boolean isDue(ListTables tables, MailingList list, Instant now) {
    return isTime(list, now) && isOpen(tables.seen().get(key(list.id())), list, now);
  }

  @Override
  public Optional<Work> prepare(
      ListTables tables, MailReader mails, MailingList list, Instant now) {
    return isDue(tables, list, now) ? Optional.of(this::carryOut) : Optional.empty();
  }

  private void carryOut(Ledger ledger, MailingList list, Instant now) {
    String key = key(list.id());
    if (!isTime(list, now) || !isOpen(ledger.seen(key), list, now)) {
      return;
    }
    ledger.put(key, new SeenPost(notices.newId(), now));
    List<Hold> waiting =
        ledger.holds(HoldIds.prefix(list.id())).stream()
            .filter(hold -> hold.list().equals(list.id()) && hold.waits())
            .sorted(Comparator.comparing(Hold::heldAt))
            .toList();
    List<PendingRequest> requests =
        PendingRequests.forModerators(ledger, list.id(), MAX_REQUESTS, now);
    if (!waiting.isEmpty() || !requests.isEmpty()) {
      notes.tellDaily(ledger, list, waiting, requests, now);
    }
  }

  private static boolean isTime(MailingList list, Instant now) {
    return list.settings().moderation().moderatorNotices() == ModeratorNotices.DAILY
        && here(list, now).getHour() >= HOUR;
  }

  /** Whether the last time was on another day. */
  private static boolean isOpen(Optional<SeenPost> last, MailingList list, Instant now) {
    return last.map(
            note -> here(list, note.at()).toLocalDate().isBefore(here(list, now).toLocalDate()))
        .orElse(true);
  }

  private static ZonedDateTime here(MailingList list, Instant at) {
    ZoneId zone = list.settings().digests().timeZone();
    return at.atZone(zone);
  }

  private static String key(ListId list) {
    return Topics.listKey(list, "told.moderators.daily");
  }
}
