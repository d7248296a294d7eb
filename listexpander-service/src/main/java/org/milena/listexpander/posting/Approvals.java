package org.milena.listexpander.posting;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.limit.Limits;

/**
 * Looks at the passwords that posts bring. A list looks at few wrong ones an hour: a password that
 * can be tried by mail could be guessed, and each try costs what such a check must cost.
 */
public final class Approvals {
  /** Most wrong passwords a list looks at within an hour. */
  static final int WRONG_AN_HOUR = 10;

  private static final String COUNTED = "wrong approvals";

  private final SecretCheck check;

  public Approvals(SecretCheck check) {
    this.check = check;
  }

  /** What the password on a post is worth, if it brings one. */
  public Approval of(Ledger ledger, MailingList list, ListMail mail, Instant now) {
    String secret = list.moderatorSecret();
    if (secret == null) {
      return Approval.NONE;
    }
    ApprovalLine line = ApprovalLine.in(mail.message());
    Optional<String> password = line.password();
    if (password.isEmpty()) {
      return Approval.NONE;
    }
    if (!line.removable()
        || Limits.used(ledger, list.id(), COUNTED, WRONG_AN_HOUR, ChronoUnit.HOURS, now)) {
      return Approval.UNCHECKED;
    }
    if (check.matches(password.get(), secret)) {
      return Approval.RIGHT;
    }
    var _ =
        Limits.take(ledger, list.id(), COUNTED, WRONG_AN_HOUR, ChronoUnit.HOURS, mail.id(), now);
    return Approval.WRONG;
  }

  /** The mail without its password, where the list has one: what may be published. */
  public static ListMail without(MailingList list, ListMail mail) {
    return list.moderatorSecret() == null
        ? mail
        : new ListMail(mail.meta(), ApprovalLine.in(mail.message()).removed(), mail.facts());
  }
}
