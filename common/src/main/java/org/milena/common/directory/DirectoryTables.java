package org.milena.common.directory;

import java.time.Duration;
import java.util.List;
import org.milena.common.event.Topics;
import org.milena.common.table.Table;
import org.milena.common.table.TableMaker;

/** The tables that lists, members and accounts live in. */
public record DirectoryTables(
    Table<MailingList> lists,
    Table<Member> members,
    Table<Account> accounts,
    Table<Suppression> suppressions,
    Table<AddressClaim> claims,
    Table<MailDomain> domains,
    Table<Template> templates,
    Table<FetchedSource> sources) {

  /** Makes all of them. */
  public static DirectoryTables of(TableMaker maker) {
    return new DirectoryTables(
        maker.table(Topics.DIRECTORY_LISTS, MailingList.class),
        maker.table(Topics.DIRECTORY_MEMBERS, Member.class),
        maker.table(Topics.DIRECTORY_ACCOUNTS, Account.class),
        maker.table(Topics.DIRECTORY_SUPPRESSIONS, Suppression.class),
        maker.table(Topics.DIRECTORY_CLAIMS, AddressClaim.class),
        maker.table(Topics.DIRECTORY_DOMAINS, MailDomain.class),
        maker.table(Topics.DIRECTORY_TEMPLATES, Template.class),
        maker.table(Topics.DIRECTORY_SOURCES, FetchedSource.class));
  }

  /** All of them. */
  public List<Table<?>> all() {
    return List.of(lists, members, accounts, suppressions, claims, domains, templates, sources);
  }

  /**
   * Waits until every view holds all that was committed when this was called.
   *
   * @param atMost for each table
   * @throws org.milena.common.table.StaleViewException when one does not follow in time
   */
  public void awaitCurrent(Duration atMost) {
    all().forEach(table -> table.awaitCurrent(atMost));
  }
}
