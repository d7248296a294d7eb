package org.milena.listexpander.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.table.MemoryTable;
import org.milena.listexpander.fake.Fixtures;

class DigestReadersTest {
  private final MemoryTable<Member> view = new MemoryTable<>("directory.members");
  private final DigestReaders readers = new DigestReaders(view);
  private final AtomicInteger walks = new AtomicInteger();

  @Test
  void theViewIsCountedWithoutAWalk() {
    for (int i = 0; i < 100; i++) {
      view.put("e" + i, member(DeliveryMode.EVERY_POST));
    }
    assertThat(any(DeliveryMode.MIME_DIGEST, true)).isFalse();
    view.put("a", member(DeliveryMode.MIME_DIGEST));
    assertThat(any(DeliveryMode.MIME_DIGEST, false)).isTrue();
    assertThat(any(DeliveryMode.PLAIN_DIGEST, true)).isFalse();
    view.put("a", member(DeliveryMode.PLAIN_DIGEST));
    assertThat(any(DeliveryMode.MIME_DIGEST, true)).isFalse();
    assertThat(any(DeliveryMode.PLAIN_DIGEST, false)).isTrue();
    view.delete("a");
    assertThat(any(DeliveryMode.PLAIN_DIGEST, true)).isFalse();
    assertThat(walks).hasValue(0);
  }

  @Test
  void whoeverTheTransactionWroteIsLookedForOnce() {
    readers.note(member(DeliveryMode.SUMMARY));
    assertThat(any(DeliveryMode.SUMMARY, true)).isTrue();
    assertThat(walks).hasValue(1);
    // the transaction was aborted, or the member left again
    assertThat(any(DeliveryMode.SUMMARY, false)).isFalse();
    assertThat(any(DeliveryMode.SUMMARY, true)).isFalse();
    assertThat(walks).hasValue(2);
  }

  @Test
  void whoGetsNothingIsNoReader() {
    Member stopped =
        member(DeliveryMode.MIME_DIGEST)
            .with(
                MemberOptions.DEFAULT
                    .withMode(DeliveryMode.MIME_DIGEST)
                    .stopped(Stop.BY_MEMBER, null));
    view.put("a", stopped);
    readers.note(stopped);
    readers.note(member(DeliveryMode.EVERY_POST));
    assertThat(any(DeliveryMode.MIME_DIGEST, true)).isFalse();
    view.put("a", member(DeliveryMode.MIME_DIGEST));
    assertThat(any(DeliveryMode.MIME_DIGEST, false)).isTrue();
  }

  @Test
  void theCountIsThatOfTheRowsWhateverHappens() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      String key = "k" + random.nextInt(4);
      if (random.nextInt(4) == 0) {
        view.delete(key);
      } else {
        view.put(key, member(DeliveryMode.values()[random.nextInt(5)]));
      }
      for (DeliveryMode mode :
          new DeliveryMode[] {DeliveryMode.MIME_DIGEST, DeliveryMode.SUMMARY}) {
        assertThat(any(mode, false))
            .isEqualTo(
                view.scan("", "", 10).stream().anyMatch(row -> row.getValue().receives(mode)));
      }
    }
  }

  /** What is found when somebody walks. */
  private boolean any(DeliveryMode mode, boolean walk) {
    return readers.any(
        Fixtures.USERS_ID,
        mode,
        () -> {
          walks.incrementAndGet();
          return walk;
        });
  }

  private static Member member(DeliveryMode mode) {
    return Fixtures.member("ann@a.example").with(MemberOptions.DEFAULT.withMode(mode));
  }
}
