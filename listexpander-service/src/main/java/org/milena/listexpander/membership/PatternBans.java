package org.milena.listexpander.membership;

import org.milena.common.directory.BanList;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;

/** Bans by the patterns that the list, its domain or the site has. */
public final class PatternBans implements Bans {

  @Override
  public boolean banned(Ledger ledger, MailingList list, MailAddress address) {
    return BanList.of(list, ledger::domain, ledger.roster()::isSomebody).bans(address);
  }
}
