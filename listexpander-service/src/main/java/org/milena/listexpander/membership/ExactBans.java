package org.milena.listexpander.membership;

import java.util.stream.Stream;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.listexpander.ledger.Ledger;

/** Bans of single addresses, without regard to case. */
public final class ExactBans implements Bans {

  @Override
  public boolean banned(Ledger ledger, MailingList list, MailAddress address) {
    return Stream.of(
            list.settings().membership().bans().stream(),
            ofDomain(ledger, list.address().domain()),
            ofDomain(ledger, MailDomain.SITE))
        .flatMap(bans -> bans)
        .anyMatch(ban ->
            MailAddress.parse(ban) instanceof ParsedAddress.Valid(var banned)
                && banned.key().equals(address.key()));
  }

  private static Stream<String> ofDomain(Ledger ledger, String name) {
    return ledger.domain(name).stream().flatMap(domain -> domain.bans().stream());
  }
}
