package org.milena.egress.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.ReturnPath;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ReversePath;

class PartitionLedgerTest {

  private static Delivery delivery(String... recipients) {
    return new Delivery(
        new MailPointer(
            new RecordPosition("mail.outgoing", 0, 1),
            MailId.of("01890a5d-ac96-774b-bcce-b302099a8057"),
            "00"),
        OutgoingMeta.Kind.POST,
        null,
        "x.example",
        new ReturnPath.Fixed(new ReversePath.Null()),
        null,
        Arrays.stream(recipients).map(MailAddress::of).toList(),
        Instant.EPOCH);
  }

  private static final MailAddress A = MailAddress.of("a@x.example");
  private static final MailAddress B = MailAddress.of("b@x.example");

  private final PartitionLedger ledger = new PartitionLedger(0, 0, Map.of());

  @Test
  void commitsThePositionWhenNothingIsInHand() {
    assertThat(ledger.committable(7)).isEqualTo(7);
  }

  @Test
  void movesPastADeliveryWithItsLastRecipientOnly() {
    ledger.admit(5, delivery("a@x.example", "b@x.example"));
    ledger.admit(6, delivery("a@x.example"));
    assertThat(ledger.committable(7)).isEqualTo(5);
    ledger.settle(6, A);
    ledger.settle(5, A);
    assertThat(ledger.committable(7)).isEqualTo(5);
    ledger.settle(5, B);
    assertThat(ledger.committable(7)).isEqualTo(7);
    assertThat(ledger.open()).isZero();
  }

  @Test
  void settlesARecipientOnce() {
    ledger.admit(5, delivery("a@x.example", "b@x.example"));
    assertThat(ledger.settle(5, A)).isTrue();
    assertThat(ledger.settle(5, A)).isFalse();
    assertThat(ledger.settle(4, A)).isFalse();
    assertThat(ledger.open()).isEqualTo(1);
  }

  @Test
  void takesTheSameAddressInTwoCasesForOne() {
    assertThat(ledger.admit(5, delivery("a@x.example", "A@X.example", "b@x.example")))
        .containsExactly(A, B);
  }

  @Test
  void leavesOutWhoHasAResult() {
    PartitionLedger successor =
        new PartitionLedger(10, 20, Map.of(5L, Set.of("a@x.example"), 6L, Set.of("a@x.example")));
    assertThat(successor.admit(5, delivery("a@x.example", "b@x.example"))).containsExactly(B);
    assertThat(successor.admit(6, delivery("a@x.example"))).isEmpty();
    assertThat(successor.committable(7)).isEqualTo(5);
    assertThat(successor.readBackFrom())
        .as("results of 5 that the predecessor wrote are still needed")
        .isEqualTo(10);
    successor.settle(5, B);
    assertThat(successor.committable(7)).isEqualTo(7);
    assertThat(successor.readBackFrom()).isEqualTo(20);
  }

  @Test
  void remembersWhereTheFirstResultOfADeliveryInHandMayLie() {
    ledger.admit(1, delivery("a@x.example", "b@x.example"));
    ledger.resultsReach(100);
    ledger.settle(1, A);
    ledger.resultsReach(101);
    ledger.resultsReach(500);
    assertThat(ledger.readBackFrom()).isEqualTo(100);
    ledger.settle(1, B);
    assertThat(ledger.readBackFrom()).isEqualTo(500);
  }

  @Test
  void keepsTheNoteInTheMetadata() {
    assertThat(CommitNote.read(CommitNote.write(17))).isEqualTo(OptionalLong.of(17));
    for (String other : new String[] {"", "results=", "results=x", "results=-1", "else"}) {
      assertThat(CommitNote.read(other)).isEmpty();
    }
    assertThat(CommitNote.read(null)).isEmpty();
  }

  /**
   * Deliveries come, results come in any order, owners crash at any time, with or without their
   * last transaction: nobody with a result on the log is handed out again, and nobody is left out.
   */
  @Test
  void survivesAnyCrash() {
    for (int seed = 0; seed < 300; seed++) {
      new Crashes(new Random(seed)).run();
    }
  }

  /** A log of deliveries, a log of results, a committed offset with its note, and one owner. */
  private static final class Crashes {
    private static final int DELIVERIES = 40;
    final Random random;
    final List<Delivery> deliveries = new ArrayList<>();
    // the log: result offset to (delivery, recipient)
    final TreeMap<Long, Map.Entry<Long, String>> results = new TreeMap<>();
    final Set<String> onTheLog = new HashSet<>();
    long logEnd;
    long committed;
    long note;

    Crashes(Random random) {
      this.random = random;
      for (int i = 0; i < DELIVERIES; i++) {
        int count = 1 + random.nextInt(5);
        String[] recipients = new String[count];
        for (int r = 0; r < count; r++) {
          recipients[r] = "r" + r + "@x.example";
        }
        deliveries.add(delivery(recipients));
      }
    }

    void run() {
      while (committed < DELIVERIES) {
        own();
      }
      for (int i = 0; i < DELIVERIES; i++) {
        for (MailAddress recipient : deliveries.get(i).recipients()) {
          assertThat(onTheLog).contains(i + " " + recipient.key());
        }
      }
    }

    /** From assignment to crash. */
    void own() {
      Map<Long, Set<String>> readBack = new HashMap<>();
      results
          .tailMap(note)
          .values()
          .forEach(entry -> {
            if (entry.getKey() >= committed) {
              readBack.computeIfAbsent(entry.getKey(), _ -> new HashSet<>()).add(entry.getValue());
            }
          });
      PartitionLedger owner = new PartitionLedger(Math.min(note, logEnd), logEnd, readBack);
      List<Map.Entry<Long, MailAddress>> handedOut = new ArrayList<>();
      List<Map.Entry<Long, MailAddress>> pending = new ArrayList<>();
      long position = committed;
      int steps = random.nextInt(120);
      for (int step = 0; step < steps; step++) {
        int what = random.nextInt(10);
        if (what < 3 && position < DELIVERIES) {
          long at = position++;
          for (MailAddress recipient : owner.admit(at, deliveries.get((int) at))) {
            assertThat(onTheLog)
                .as("handed out although it has a result")
                .doesNotContain(at + " " + recipient.key());
            handedOut.add(Map.entry(at, recipient));
          }
        } else if (what < 8 && !handedOut.isEmpty()) {
          var done = handedOut.remove(random.nextInt(handedOut.size()));
          assertThat(owner.settle(done.getKey(), done.getValue())).isTrue();
          pending.add(done);
        } else if (what == 8) {
          commit(owner, pending, position);
        }
      }
    }

    void commit(PartitionLedger owner, List<Map.Entry<Long, MailAddress>> pending, long position) {
      long offset = owner.committable(position);
      long from = owner.readBackFrom();
      logEnd += random.nextInt(3); // markers, and what others left behind
      for (var done : pending) {
        results.put(logEnd++, Map.entry(done.getKey(), done.getValue().key()));
        onTheLog.add(done.getKey() + " " + done.getValue().key());
      }
      committed = offset;
      note = from;
      if (!pending.isEmpty()) {
        owner.resultsReach(logEnd);
      }
      pending.clear();
    }
  }
}
