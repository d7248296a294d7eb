package org.milena.listexpander.posting;

import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberOptions;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;

/** New members whose first posts are held. */
public final class Probation {

  /** A moderator has accepted a post that was held: one less of its author's next ones is. */
  public static void accepted(Ledger ledger, MailingList list, ListMail mail) {
    mail.facts()
        .onlyAuthor()
        .flatMap(author -> ledger.member(list.id(), author))
        .ifPresent(member -> {
          MemberOptions options = member.options();
          if (options.probation() > 0) {
            ledger.put(member.with(options.withProbation(options.probation() - 1)));
          }
        });
  }

  private Probation() {}
}
