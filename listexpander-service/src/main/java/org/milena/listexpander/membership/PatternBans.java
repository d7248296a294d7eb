package org.milena.listexpander.membership;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.pattern.AddressPatterns;

/** Bans by the patterns that the list, its domain or the site has. */
public final class PatternBans implements Bans {
  private static final Set<MemberRole> SOMEBODY =
      Set.of(MemberRole.MEMBER, MemberRole.OWNER, MemberRole.MODERATOR);

  @Override
  public boolean banned(Ledger ledger, MailingList list, MailAddress address) {
    return Stream.of(
            list.settings().membership().bans(),
            ofDomain(ledger, list.address().domain()),
            ofDomain(ledger, MailDomain.SITE))
        .filter(bans -> !bans.isEmpty())
        .anyMatch(bans ->
            AddressPatterns.of(bans)
                .match(address, (other, whose) -> isOn(ledger, other, whose))
                .isPresent());
  }

  private static List<String> ofDomain(Ledger ledger, String name) {
    return ledger.domain(name).map(MailDomain::bans).orElse(List.of());
  }

  private static boolean isOn(Ledger ledger, MailAddress list, MailAddress address) {
    return ledger
        .listAt(list)
        .flatMap(found -> ledger.member(found.id(), address))
        .map(member -> member.roles().stream().anyMatch(SOMEBODY::contains))
        .orElse(false);
  }
}
