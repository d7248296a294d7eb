package org.milena.scanner.quarantine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.MachineMail;
import org.milena.scanner.quarantine.QuarantineEntry.State;
import org.milena.scanner.scan.ShownText;

/**
 * A digest as a message: plain text, with no word of a stranger outside its body.
 *
 * @param from who is to be asked
 * @param to whom it is for, as its header says
 * @param where the list, or the site
 * @param mails what was kept, the oldest first
 */
record DigestMail(
    MailAddress from, MailAddress to, String where, List<QuarantineEntry> mails, Instant now) {

  /** Mails told of one by one; of more it says the number. */
  static final int MOST_MAILS = 200;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  DigestMail {
    mails = List.copyOf(mails);
  }

  /** One line. */
  String subject() {
    return "%s kept in quarantine for %s"
        .formatted(mails.size() == 1 ? "1 mail" : mails.size() + " mails", where);
  }

  /** The text; lines end in {@code \n}. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        The scanner kept back %s for %s. Nobody has got what is listed here,
        unless it says that it was released by now. Whoever is named as an author was told
        nothing, since the name may be forged; only who is proven to have sent relayed mail was.

        """
            .formatted(mails.size() == 1 ? "1 mail" : mails.size() + " mails", where));
    mails.stream().limit(MOST_MAILS).forEach(entry -> append(entry, text));
    if (mails.size() > MOST_MAILS) {
      text.append("And %d more.\n\n".formatted(mails.size() - MOST_MAILS));
    }
    return text.append(
            """
            The operators of this site can look at a mail and let it go: write to %s
            and name its id, before the day until which it is kept.
            """
                .formatted(from))
        .toString();
  }

  private void append(QuarantineEntry entry, StringBuilder text) {
    State state = entry.state(now);
    text.append(
        """
        %s
          kept     %s, until %s%s
          author   %s
          subject  %s
          verdict  %s
          reason   %s

        """
            .formatted(
                entry.id(),
                MINUTE.format(entry.meta().at()),
                MINUTE.format(entry.expiresAt()),
                state == State.KEPT ? "" : "; by now " + state.name().toLowerCase(Locale.ROOT),
                entry.author().isEmpty() ? "(none)" : entry.author(),
                entry.subject().isEmpty() ? "(none)" : entry.subject(),
                entry
                    .verdict()
                    .map(verdict -> verdict.name().toLowerCase(Locale.ROOT))
                    .orElse("unknown"),
                ShownText.of(entry.meta().reason())));
  }

  /** The whole message. */
  RawMessage write(MessageId id) {
    return new MachineMail(
            new HeaderMailbox("Quarantine of " + from.domain(), from),
            to,
            subject(),
            id,
            now,
            new MachineMail.Occasion.Own())
        .withText(text());
  }
}
