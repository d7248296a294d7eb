package org.milena.listexpander.ledger;

import java.util.List;
import java.util.Optional;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.Roster;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/** What a roster reads, inside a transaction. */
record LedgerRows(Ledger ledger) implements Roster.Rows {

  @Override
  public Optional<MailingList> list(ListId id) {
    return ledger.list(id);
  }

  @Override
  public Optional<MailingList> listAt(MailAddress address) {
    return ledger.listAt(address);
  }

  @Override
  public Optional<MailDomain> domain(String name) {
    return ledger.domain(name);
  }

  @Override
  public Optional<Member> row(ListId list, MailAddress address) {
    return ledger.row(list, address);
  }

  @Override
  public Optional<FetchedSource> fetched(ListId list, String url) {
    return ledger.fetched(list, url);
  }

  @Override
  public List<Member> rows(ListId list, String after, int limit) {
    return ledger.rows(list, after, limit);
  }
}
