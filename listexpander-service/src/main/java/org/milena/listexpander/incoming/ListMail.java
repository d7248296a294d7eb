package org.milena.listexpander.incoming;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.directory.Authorship;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.ScanReport;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/**
 * A mail that came for a list.
 *
 * @param meta with the recipients of this list only
 * @param message as the edge wrote it
 */
public record ListMail(MailMeta meta, RawMessage message, MailFacts facts) {

  /** Reads its header. */
  public static ListMail of(MailMeta meta, RawMessage message) {
    return new ListMail(meta, message, MailFacts.of(message));
  }

  /** Our name for it. */
  public MailId id() {
    return meta.mailId();
  }

  /** Whether the scanner let it pass, or an operator did. */
  public boolean mayLeave() {
    ScanReport scan = meta.scan();
    return scan != null && scan.mayGoOn();
  }

  /**
   * Whether its author's address is proven.
   *
   * @param account the account that submitted it, if one did
   */
  public Authorship authorship(Optional<Account> account) {
    return Authorship.of(facts.onlyAuthor(), meta.scan(), account);
  }

  /** The author, when it is proven that this address wrote the mail. */
  public Optional<Authorship.Proven> provenAuthor(Optional<Account> account) {
    return authorship(account) instanceof Authorship.Proven proven
        ? Optional.of(proven)
        : Optional.empty();
  }

  /** A line in its life. */
  public MailEvent event(
      Instant at, MailEvent.Kind kind, @Nullable ListId list, String text, int count) {
    return new MailEvent(
        id(), at, kind, list, facts.messageId().map(MessageId::value).orElse(null), text, count);
  }
}
