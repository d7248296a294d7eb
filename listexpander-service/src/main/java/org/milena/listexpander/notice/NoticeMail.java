package org.milena.listexpander.notice;

import java.time.Instant;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.MachineMail;

/** Writes a notice down as a message of its list. */
final class NoticeMail {

  /**
   * @param to whom it is for, as its header says
   * @param answers the message it answers, if there is one (RFC 3834 section 3.1.5)
   */
  static RawMessage write(
      MailingList list,
      Notice notice,
      MailAddress to,
      Optional<MessageId> answers,
      MailId id,
      Instant now) {
    MailAddress from = list.roleAddress(notice.from());
    return new MachineMail(
            new HeaderMailbox(list.displayName(), from),
            to,
            notice.subject(),
            messageId(list, id),
            now,
            answers,
            answers.isPresent() ? MachineMail.Occasion.ANSWER : MachineMail.Occasion.OWN)
        .withText(notice.text());
  }

  /** The Message-ID of a notice of ours. */
  static MessageId messageId(MailingList list, MailId id) {
    return new MessageId(id + "@" + list.address().domain());
  }

  private NoticeMail() {}
}
