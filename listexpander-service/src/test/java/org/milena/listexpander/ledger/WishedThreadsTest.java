package org.milena.listexpander.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.event.ThreadWish;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.MemoryTable;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.MemoryTransaction;

class WishedThreadsTest {
  private static final ThreadWish WISH =
      new ThreadWish(
          Fixtures.USERS_ID,
          MailAddress.of("ann@a.example"),
          "1@a.example",
          "Flames",
          ThreadWish.Kind.MUTE,
          Fixtures.NOW,
          Fixtures.NOW);

  private final ListTables tables =
      ListTables.of(DirectoryTables.of(MemoryTable::of), MemoryTable::of);

  @Test
  void aWishThatEndedIsForgotten() {
    MemoryTransaction written = new MemoryTransaction();
    new Ledger(tables, written).threads().put(WISH);
    written.finish();
    MemoryTransaction ended = new MemoryTransaction();
    new Ledger(tables, ended).threads().delete(WISH);
    ended.finish();
    assertThat(WISH.threads())
        .hasSize(2)
        .allMatch(thread -> tables.wished().keys(Fixtures.USERS_ID, thread).isEmpty());
  }

  @Test
  void aWishWhoseEndIsNotCommittedIsFoundAgain() {
    tables.wishes().put(WISH.key(), WISH);
    tables.wished().forget(WISH.list(), WISH.messageId(), WISH.key());
    assertThat(tables.wished().keys(WISH.list(), WISH.messageId())).containsExactly(WISH.key());
  }
}
