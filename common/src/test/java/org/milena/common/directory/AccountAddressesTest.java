package org.milena.common.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.MemoryTable;

class AccountAddressesTest {
  private static final MailAddress WORK = MailAddress.of("ann@work.example");
  private static final MailAddress HOME = MailAddress.of("ann@home.example");
  private static final MailAddress CLUB = MailAddress.of("ann@club.example");

  private final DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
  private final Directory directory = new TableDirectory(tables, () -> Instant.EPOCH);

  @Test
  void findsAnAccountByEachOfItsAddresses() {
    put(account().withMoreAddresses(List.of(HOME, CLUB)));
    assertThat(directory.accountByAddress(MailAddress.of("ANN@Home.example")))
        .map(Account::addresses)
        .contains(List.of(WORK, HOME, CLUB));
    assertThat(directory.accountByAddress(CLUB)).map(Account::name).contains("ann");
    assertThat(directory.accountByAddress(MailAddress.of("eve@e.example"))).isEmpty();
  }

  @Test
  void forgetsAnAddressThatIsGone() {
    put(account().withMoreAddresses(List.of(HOME)));
    put(account());
    assertThat(directory.accountByAddress(HOME)).isEmpty();
    assertThat(directory.accountByAddress(WORK)).isPresent();
    tables.accounts().delete("ann");
    assertThat(directory.accountByAddress(WORK)).isEmpty();
  }

  private void put(Account account) {
    tables.accounts().put(account.name(), account);
  }

  private static Account account() {
    return new Account("ann", WORK, null, List.of(), List.of(), false, Instant.EPOCH);
  }
}
