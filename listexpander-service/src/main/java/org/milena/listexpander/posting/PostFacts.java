package org.milena.listexpander.posting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.ScanReport;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.incoming.MailFacts;

/**
 * All that rules may know of a post.
 *
 * @param header of the message as it came
 * @param size of the message, octets
 * @param scan what the scanner said
 * @param claimants whose names it bears: {@code From}, then {@code Sender}, then the reverse-path;
 *     each address once
 */
public record PostFacts(
    MailingList list,
    MailFacts header,
    ReversePath reversePath,
    int size,
    Optional<ScanReport> scan,
    List<Claimant> claimants) {

  public PostFacts {
    claimants = List.copyOf(claimants);
  }

  /**
   * @param members looks an address up among the list's members
   */
  public static PostFacts of(
      ListMail mail, MailingList list, Function<MailAddress, Optional<Member>> members) {
    Map<String, MailAddress> addresses = new LinkedHashMap<>();
    for (HeaderMailbox author : mail.facts().authors()) {
      addresses.putIfAbsent(author.address().key(), author.address());
    }
    for (HeaderMailbox sender : mail.facts().senders()) {
      addresses.putIfAbsent(sender.address().key(), sender.address());
    }
    mail.meta()
        .reversePath()
        .mailbox()
        .ifPresent(address -> addresses.putIfAbsent(address.key(), address));
    List<Claimant> claimants = new ArrayList<>();
    addresses
        .values()
        .forEach(address -> claimants.add(new Claimant(address, members.apply(address))));
    return new PostFacts(
        list,
        mail.facts(),
        mail.meta().reversePath(),
        mail.message().size(),
        Optional.ofNullable(mail.meta().scan()),
        claimants);
  }
}
