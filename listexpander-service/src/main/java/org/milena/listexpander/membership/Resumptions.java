package org.milena.listexpander.membership;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.AuditEntry;
import org.milena.common.mail.MailId;
import org.milena.listexpander.audit.Audit;
import org.milena.listexpander.chore.RowChore;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;

/**
 * Delivery that was stopped until a day goes on when the day begins in the list's time zone, and
 * the member is told.
 */
public final class Resumptions implements RowChore<Member> {
  /** So many members at once; the others a minute later. */
  static final int AT_ONCE = 500;

  private final Notices notices;
  private final Texts texts;

  public Resumptions(Notices notices, Texts texts) {
    this.notices = notices;
    this.texts = texts;
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  @Override
  public List<Member> due(ListTables tables, MailingList list, Instant now, int most) {
    return tables.pauses().due(list.id(), today(list, now), most);
  }

  @Override
  public void carryOut(Ledger ledger, MailingList list, Member seen, Instant now) {
    Member member = ledger.member(list.id(), seen.address()).orElse(null);
    if (member == null) {
      // a source had him, and has him no more
      ledger.deleteMember(list.id(), seen.address());
    } else if (isDue(list, member, now)) {
      resume(ledger, list, member, now);
    }
  }

  private static boolean isDue(MailingList list, Member member, Instant now) {
    LocalDate until = member.options().stoppedUntil();
    return until != null && !until.isAfter(today(list, now));
  }

  static LocalDate today(MailingList list, Instant now) {
    return LocalDate.ofInstant(now, list.settings().digests().timeZone());
  }

  private void resume(Ledger ledger, MailingList list, Member member, Instant now) {
    ledger.put(member.with(member.options().resumed()));
    MailId cause = notices.newId();
    String told =
        notices.tell(
            ledger,
            list,
            member.address(),
            texts.resumed(ledger, list, member.address()),
            cause,
            now);
    Audit.note(
        ledger,
        new AuditEntry(
            cause.toString(),
            list.id(),
            now,
            "system",
            "clock",
            "resume-delivery",
            "Delivery to %s goes on: it was stopped until %s. %s"
                .formatted(member.address(), member.options().stoppedUntil(), told),
            "done"));
  }
}
