package org.milena.listexpander.notice;

import java.util.Optional;
import java.util.regex.Pattern;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.incoming.MailFacts;

/** Whether a mail may be answered by a machine at all (RFC 3834 section 2). */
public final class AnswerPolicy {
  /** Local parts that belong to machines (RFC 3834 section 2, RFC 2142). */
  private static final Pattern MACHINE =
      Pattern.compile(
          "(?i)(mailer-daemon|postmaster|no-?reply|do-?not-?reply|listserv|majordomo|owner-.*"
              + "|.*-(request|owner|bounces|confirm|subscribe|unsubscribe|join|leave)(\\+.*)?)");

  /** Why this mail must not be answered; empty when it may be. */
  public static Optional<String> silence(ListMail mail, MailingList list) {
    MailFacts facts = mail.facts();
    if (mail.meta().reversePath() instanceof ReversePath.Null) {
      return Optional.of("its return path is empty");
    }
    if (facts.machineSign().isPresent()) {
      return facts.machineSign();
    }
    if (facts.refusesAnswers()) {
      return Optional.of("it asks for no automatic answer");
    }
    Optional<MailAddress> asker = asker(mail);
    if (asker.isEmpty()) {
      return Optional.of("it does not say who wrote it");
    }
    return isMachine(asker.get(), list)
        ? Optional.of(asker.get() + " is the address of a machine")
        : Optional.empty();
  }

  /** Who wants something: the one author, or else the sender on the envelope. */
  public static Optional<MailAddress> asker(ListMail mail) {
    return mail.facts().onlyAuthor().or(() -> mail.meta().reversePath().mailbox());
  }

  private static boolean isMachine(MailAddress address, MailingList list) {
    return MACHINE.matcher(address.localPart()).matches()
        || address.key().equals(list.address().key());
  }

  private AnswerPolicy() {}
}
