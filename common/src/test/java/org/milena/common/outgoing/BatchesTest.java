package org.milena.common.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.MailAddress;
import org.milena.common.outgoing.Batches.Batch;

class BatchesTest {
  private final List<Batch> out = new ArrayList<>();
  private final Batches batches = new Batches(out::add);

  @Test
  void groupsByDestination() {
    add("ann@a.example", "bob@b.example", "eve@a.example");
    assertThat(batches.close()).isEqualTo(3);
    assertThat(out).hasSize(2);
    assertThat(out)
        .allSatisfy(batch ->
            assertThat(batch.recipients())
                .allMatch(address -> address.domain().equals(batch.destination())));
    assertThat(out).extracting(Batch::key).containsExactlyInAnyOrder("a.example", "b.example");
  }

  @Test
  void neverPutsMoreIntoOneDeliveryThanAllowed() {
    for (int i = 0; i < 1_001; i++) {
      add("u" + i + "@a.example");
    }
    assertThat(batches.close()).isEqualTo(1_001);
    assertThat(out)
        .extracting(batch -> batch.recipients().size())
        .containsExactly(250, 250, 250, 250, 1);
    assertThat(out)
        .extracting(Batch::key)
        .containsExactly("a.example", "a.example", "a.example", "a.example", "a.example#1");
  }

  @Test
  void spreadsAVeryBigDestinationOverManyKeysAndKeepsItsName() {
    for (int i = 0; i < 100_000; i++) {
      add("u" + i + "@a.example");
    }
    assertThat(batches.close()).isEqualTo(100_000);
    assertThat(out).extracting(Batch::destination).containsOnly("a.example");
    assertThat(out.stream().map(Batch::key).collect(Collectors.toSet())).hasSize(Batches.KEYS);
  }

  @Test
  void keepsFewWaitingHoweverManyDestinationsThereAre() {
    int most = 0;
    Set<MailAddress> all = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      add("u@d" + i + ".example");
      most = Math.max(most, i + 1 - out.size());
    }
    assertThat(batches.close()).isEqualTo(100_000);
    out.forEach(batch -> all.addAll(batch.recipients()));
    assertThat(all).hasSize(100_000);
    assertThat(most).isLessThan(Batches.MAX_WAITING + 1);
  }

  @Test
  void nobodyIsNoDelivery() {
    assertThat(batches.close()).isZero();
    assertThat(out).isEmpty();
  }

  private void add(String... addresses) {
    for (String address : addresses) {
      batches.add(MailAddress.of(address));
    }
  }
}
