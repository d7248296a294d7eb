package org.milena.listexpander.membership;

import java.time.Instant;
import java.util.Objects;
import org.milena.common.command.RequestChange.AskForConfirmation;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notice;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;

/** The mail that asks for a confirmation, or says in its place that there is nothing to confirm. */
final class ConfirmationMail {
  private final Tokens tokens;
  private final Notices notices;
  private final Texts texts;
  private final MailAddress postmaster;

  /**
   * @param postmaster who writes for the site
   */
  ConfirmationMail(Tokens tokens, Notices notices, Texts texts, MailAddress postmaster) {
    this.tokens = tokens;
    this.notices = notices;
    this.texts = texts;
    this.postmaster = postmaster;
  }

  /** Sends it; nothing when the list is gone meanwhile. */
  void send(Ledger ledger, AskForConfirmation asked, Instant now) {
    PendingRequest request = asked.request();
    ListId id = request.list();
    if (id == null) {
      notices.tellForSite(
          ledger,
          postmaster,
          request.address(),
          texts.confirmAddress(
              ledger,
              Objects.requireNonNullElse(request.account(), ""),
              request.address(),
              tokens.confirm(request)),
          now);
      return;
    }
    ledger
        .list(id)
        .ifPresent(list ->
            notices.tellUncounted(
                ledger, list, request.address(), notice(ledger, list, asked), now));
  }

  private Notice notice(Ledger ledger, MailingList list, AskForConfirmation asked) {
    PendingRequest request = asked.request();
    if (asked.member()) {
      return texts.alreadyMember(ledger, list, request.address());
    }
    return request.kind() == PendingRequest.Kind.INVITE
        ? texts.invitation(ledger, list, request, tokens.confirm(request), asked.text())
        : texts.confirm(ledger, list, request, tokens.confirm(request));
  }
}
