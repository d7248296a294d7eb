package org.milena.listexpander.notice;

import java.time.Instant;
import org.milena.common.directory.MailingList;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.MachineMail;
import org.milena.common.outgoing.MachineMail.Occasion;

/** Writes a notice down as a message of its list. */
final class NoticeMail {

  /**
   * @param to whom it is for, as its header says
   */
  static RawMessage write(
      MailingList list, Notice notice, MailAddress to, Occasion occasion, MailId id, Instant now) {
    return of(list, notice, to, occasion, id, now).withText(notice.text());
  }

  /**
   * Likewise, with a mail that it is about behind it.
   *
   * @param about its lines end in CRLF
   */
  static RawMessage write(
      MailingList list, Notice notice, MailAddress to, RawMessage about, MailId id, Instant now) {
    return of(list, notice, to, new Occasion.Own(), id, now).withMessage(notice.text(), about);
  }

  private static MachineMail of(
      MailingList list, Notice notice, MailAddress to, Occasion occasion, MailId id, Instant now) {
    MailAddress from = list.roleAddress(notice.from());
    return new MachineMail(
        new HeaderMailbox(list.displayName(), from),
        to,
        notice.subject(),
        messageId(list, id),
        now,
        occasion);
  }

  /** The Message-ID of a notice of ours. */
  static MessageId messageId(MailingList list, MailId id) {
    return new MessageId(id + "@" + list.address().domain());
  }

  private NoticeMail() {}
}
