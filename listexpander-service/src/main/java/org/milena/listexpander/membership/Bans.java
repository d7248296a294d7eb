package org.milena.listexpander.membership;

import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;

/** Who may not join a list: by its own settings, its domain's, or the site's. */
@FunctionalInterface
public interface Bans {

  /** Whether this address is banned from the list. */
  boolean banned(Ledger ledger, MailingList list, MailAddress address);
}
