package org.milena.listexpander.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;

/** The first posts of a new member: each one that a moderator accepts makes one less. */
public final class Probation {

  /**
   * A moderator accepted a post. Counts for its authors who are members; where none is, for the
   * reverse-path. Who has none left is free, and nobody is told.
   */
  public static void accepted(Ledger ledger, MailingList list, ListMail mail) {
    List<Member> members = new ArrayList<>();
    mail.facts().authors().stream()
        .map(HeaderMailbox::address)
        .distinct()
        .limit(OriginRules.MAX_NAMES)
        .flatMap(address -> ledger.member(list.id(), address).stream())
        .forEach(members::add);
    if (members.isEmpty()) {
      Optional<MailAddress> path = mail.meta().reversePath().mailbox();
      path.flatMap(address -> ledger.member(list.id(), address)).ifPresent(members::add);
    }
    members.stream()
        .filter(member -> member.options().probation() > 0)
        .map(
            member -> member.with(member.options().withProbation(member.options().probation() - 1)))
        .forEach(ledger::put);
  }

  private Probation() {}
}
