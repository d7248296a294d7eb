package org.milena.egress.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Deferral;
import org.milena.common.event.Delivery;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.QueueAct;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.ReturnPath;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ReversePath;
import org.milena.common.status.SmtpReply;
import org.milena.common.table.MemoryTable;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Phase;
import org.milena.egress.retry.RetrySchedule;
import org.milena.egress.retry.Sentence;

class HoldingTest {
  private static final Happening TAKEN = said(250, "ok", Phase.CONTENT);
  private static final Happening BUSY = said(450, "4.2.1 busy", Phase.RCPT);
  private static final Happening GONE = said(550, "5.1.1 gone", Phase.RCPT);

  private final Clock clock = new Clock();
  private final MemoryTable<Deferral> rows = new MemoryTable<>("mail.deferred");
  private final List<RecipientOutcome> counted = new ArrayList<>();
  private Optional<String> suppressed = Optional.empty();
  private Holding holding = hold(Map.of());

  private Holding hold(Map<Long, Set<String>> readBack) {
    return new Holding(
        new Tenure(3),
        new PartitionLedger(0, 0, readBack),
        new Holding.Tools(
            rows,
            new Sentence(RetrySchedule.standard(), clock, new Random(1)),
            address -> address.localPart().equals("no") ? suppressed : Optional.empty(),
            clock,
            counted::add));
  }

  private static Happening said(int code, String text, Phase phase) {
    return new Happening.Answered("mx", phase, SmtpReply.received(code, List.of(text)));
  }

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
        Arrays.stream(recipients).map(one -> MailAddress.of(one + "@x.example")).toList(),
        Clock.START);
  }

  /** The row of a recipient of delivery 5 that waits to be written. */
  private Deferral pendingRow(String recipient) {
    Optional<Deferral> row = holding.pending().rows().get("3-5|" + recipient + "@x.example");
    if (row == null || row.isEmpty()) {
      throw new AssertionError("no row of " + recipient);
    }
    return row.get();
  }

  private Consignment admit(long offset, String... recipients) {
    return holding.admit(offset, delivery(recipients), 0).orElseThrow();
  }

  private void tell(Consignment from, String recipient, Happening happening) {
    holding.report(
        new Report(
            from, List.of(new Report.Fate(MailAddress.of(recipient + "@x.example"), happening))));
  }

  /** What the committer does. */
  private void commit() {
    holding.pending().rows().forEach((key, row) -> rows.apply(key, row.orElse(null)));
    holding.pending().clear();
  }

  private static Delivery answerable(String... recipients) {
    Delivery silent = delivery(recipients);
    return new Delivery(
        silent.content(),
        OutgoingMeta.Kind.RELAY,
        null,
        silent.destination(),
        silent.returnPath(),
        null,
        silent.recipients(),
        silent.createdAt(),
        MailAddress.of("author@else.example"));
  }

  @Test
  void namesThoseWhoFailedForGoodOfADeliveryWithASenderToTell() {
    Consignment relayed = holding.admit(5, answerable("a", "b", "c", "d", "e"), 0).orElseThrow();
    tell(relayed, "a", TAKEN);
    tell(relayed, "b", GONE);
    tell(relayed, "c", BUSY);
    tell(relayed, "d", GONE);
    tell(relayed, "e", new Happening.ContentGone("lost"));
    assertThat(holding.pending().failures())
        .singleElement()
        .satisfies(failures -> {
          assertThat(failures.reportTo()).isEqualTo(MailAddress.of("author@else.example"));
          assertThat(failures.recipients())
              .extracting(one -> one.address().localPart())
              .containsExactly("b", "d");
          assertThat(failures.recipients().getFirst().last()).isEqualTo(GONE);
        });
    Consignment silent = admit(6, "a");
    tell(silent, "a", GONE);
    assertThat(holding.pending().failures()).hasSize(1);
    assertThat(pendingRow("c").delivery().reportTo())
        .isEqualTo(MailAddress.of("author@else.example"));
    commit();
    assertThat(holding.pending().failures()).isEmpty();
  }

  @Test
  void gathersResultsOfADeliveryInOne() {
    Consignment post = admit(5, "a", "b", "c");
    tell(post, "a", TAKEN);
    tell(post, "b", GONE);
    assertThat(holding.inHand()).isEqualTo(1);
    List<DeliveryResult> results = holding.pending().results(clock.now);
    assertThat(results)
        .singleElement()
        .satisfies(result -> {
          assertThat(result.delivery().toString()).isEqualTo("3-5");
          assertThat(result.attempt()).isEqualTo(1);
          assertThat(result.recipients()).hasSize(2);
        });
    assertThat(holding.pending().rows()).isEmpty();
    assertThat(holding.ledger().committable(6)).isEqualTo(5);
    tell(post, "c", TAKEN);
    assertThat(holding.ledger().committable(6)).isEqualTo(6);
    assertThat(counted).hasSize(3);
  }

  @Test
  void defersAndTriesAgainWhenItsTimeHasCome() {
    tell(admit(5, "a"), "a", BUSY);
    assertThat(holding.ledger().committable(6)).as("deferred counts as settled").isEqualTo(6);
    Deferral row = pendingRow("a");
    assertThat(row.attempts()).isEqualTo(1);
    assertThat(row.delivery().recipients()).hasSize(1);
    clock.forward(Duration.ofMinutes(2));
    assertThat(holding.due(100, _ -> true, 0)).as("the row is not in the table yet").isEmpty();
    commit();
    clock.forward(Duration.ofSeconds(1));
    assertThat(holding.due(100, _ -> false, 0)).as("no room").isEmpty();
    Consignment again = holding.due(100, _ -> true, 0).getFirst();
    assertThat(again.retried()).isTrue();
    assertThat(holding.due(100, _ -> true, 0)).as("it is in hand").isEmpty();
    assertThat(holding.inHand()).isEqualTo(1);

    tell(again, "a", BUSY);
    assertThat(pendingRow("a").attempts()).isEqualTo(2);
    commit();
    clock.forward(Duration.ofMinutes(10));
    tell(holding.due(100, _ -> true, 0).getFirst(), "a", TAKEN);
    assertThat(holding.pending().rows()).containsEntry("3-5|a@x.example", Optional.empty());
    assertThat(holding.pending().results(clock.now).getFirst().attempt()).isEqualTo(3);
    commit();
    assertThat(rows.size()).isZero();
    assertThat(holding.deferred()).isZero();
  }

  @Test
  void aSuccessorGoesOnWithTheDeferred() {
    tell(admit(5, "a", "b"), "a", BUSY);
    commit();
    holding = hold(Map.of(5L, Set.of("a@x.example")));
    assertThat(holding.deferred()).isEqualTo(1);
    Consignment rest = admit(5, "a", "b");
    assertThat(rest.takeAll()).containsExactly(MailAddress.of("b@x.example"));
    clock.forward(Duration.ofMinutes(2));
    assertThat(holding.due(100, _ -> true, 0)).hasSize(1);
  }

  @Test
  void takesNoSecondReportOfARecipient() {
    Consignment post = admit(5, "a");
    tell(post, "a", TAKEN);
    tell(post, "a", BUSY);
    assertThat(counted).hasSize(1);
    assertThat(holding.pending().rows()).isEmpty();
  }

  @Test
  void tellsOfThoseToWhomNothingIsSent() {
    suppressed = Optional.of("bounced");
    Consignment post = admit(5, "a", "no");
    assertThat(post.size()).isEqualTo(1);
    assertThat(holding.admit(6, delivery("no"), 0)).isEmpty();
    assertThat(holding.ledger().committable(7)).isEqualTo(5);
    tell(post, "a", TAKEN);
    assertThat(holding.ledger().committable(7)).isEqualTo(7);
  }

  @Test
  void suppressionInTheMiddleEndsADeferral() {
    tell(admit(5, "no"), "no", BUSY);
    commit();
    suppressed = Optional.of("complained");
    clock.forward(Duration.ofMinutes(2));
    assertThat(holding.due(100, _ -> true, 0)).isEmpty();
    assertThat(holding.pending().rows()).containsEntry("3-5|no@x.example", Optional.empty());
  }

  @Test
  void setsAsideWhoseMessageIsGone() {
    Consignment post = admit(5, "a", "b", "c");
    tell(post, "a", TAKEN);
    tell(post, "b", new Happening.ContentGone("gone"));
    tell(post, "c", new Happening.ContentGone("gone"));
    assertThat(holding.pending().setAside().values())
        .singleElement()
        .satisfies(aside -> assertThat(aside.recipients()).hasSize(2));
    assertThat(holding.ledger().committable(6)).isEqualTo(6);
  }

  @Test
  void doesWhatOperatorsWant() {
    tell(admit(5, "a", "b"), "a", BUSY);
    commit();
    assertThat(holding.act(act(QueueAct.Act.RETRY, "y.example", null))).isZero();
    assertThat(holding.act(act(QueueAct.Act.RETRY, "x.example", null))).isEqualTo(1);
    Consignment again = holding.due(100, _ -> true, 0).getFirst();
    assertThat(holding.act(act(QueueAct.Act.FAIL, null, "3-5|a@x.example")))
        .as("it is on its way: given up when it comes back")
        .isEqualTo(1);
    tell(again, "a", BUSY);
    assertThat(counted.getLast())
        .isInstanceOfSatisfying(
            RecipientOutcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("ended by ada"));
    assertThat(holding.pending().rows()).containsEntry("3-5|a@x.example", Optional.empty());
    assertThat(holding.act(act(QueueAct.Act.FAIL, null, "3-5|nobody@x.example"))).isZero();
  }

  @Test
  void givesUpADeferralThatIsNotOnTheLogYet() {
    tell(admit(5, "a"), "a", BUSY);
    assertThat(holding.act(act(QueueAct.Act.FAIL, null, "3-5|a@x.example"))).isEqualTo(1);
    assertThat(holding.pending().rows()).containsEntry("3-5|a@x.example", Optional.empty());
    assertThat(holding.deferred()).isZero();
  }

  private static QueueAct act(
      QueueAct.Act act,
      @org.jspecify.annotations.Nullable String destination,
      @org.jspecify.annotations.Nullable String key) {
    return new QueueAct(act, destination, key, "ada", Clock.START);
  }

  private static final class Clock implements InstantSource {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    Instant now = START;

    void forward(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
