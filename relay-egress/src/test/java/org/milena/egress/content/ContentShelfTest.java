package org.milena.egress.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader.StoredMail;

class ContentShelfTest {
  private static final MailId ID = MailId.of("01890a5d-ac96-774b-bcce-b302099a8057");

  private final AtomicInteger reads = new AtomicInteger();
  private final ContentShelf shelf = new ContentShelf(this::read, 1000);

  private static MailPointer pointer(int offset, int size) {
    return new MailPointer(
        new RecordPosition("mail.outgoing", 0, offset), ID, Integer.toString(size));
  }

  private StoredMail read(MailPointer pointer) {
    reads.incrementAndGet();
    int size = Integer.parseInt(pointer.sha256());
    if (size == 0) {
      throw new DeadPointerException("nothing there");
    }
    byte[] octets = ("x".repeat(size - 2) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    String meta =
        MailJson.text(
            new OutgoingMeta(
                ID, null, OutgoingMeta.Kind.RELAY, new MailMeta.BodyFacts(false, true)));
    return new StoredMail(
        RawMessage.wrap(octets),
        new InRecord(
            pointer.position(),
            null,
            octets,
            Map.of(RecordHeaders.META, meta.getBytes(StandardCharsets.UTF_8)),
            Instant.EPOCH));
  }

  @Test
  void readsOnceForMany() {
    try (var one = shelf.borrow(pointer(1, 100));
        var two = shelf.borrow(pointer(1, 100))) {
      assertThat(one.content()).isSameAs(two.content());
      assertThat(one.content().smtpUtf8()).isTrue();
    }
    shelf.borrow(pointer(1, 100)).close();
    assertThat(reads).hasValue(1);
  }

  @Test
  void letsGoOfTheLongestUnused() {
    for (int i = 0; i < 20; i++) {
      shelf.borrow(pointer(i, 100)).close();
    }
    assertThat(shelf.heldOctets()).isLessThanOrEqualTo(1000);
    shelf.borrow(pointer(19, 100)).close();
    assertThat(reads).hasValue(20);
    shelf.borrow(pointer(0, 100)).close();
    assertThat(reads).hasValue(21);
  }

  @Test
  void lendsOneThatIsLargerThanItsBudget() {
    try (var large = shelf.borrow(pointer(1, 5000))) {
      assertThat(large.content().message().size()).isEqualTo(5000);
    }
    assertThat(shelf.heldOctets()).isZero();
  }

  @Test
  void letsWaitWhoeverAsksForMoreThanThereIsRoomFor() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = shelf.borrow(pointer(1, 1000));
      CompletableFuture<ContentShelf.Lease> second =
          CompletableFuture.supplyAsync(() -> shelf.borrow(pointer(2, 1000)), executor);
      assertThatThrownBy(() -> second.get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      first.close();
      second.get(10, TimeUnit.SECONDS).close();
      assertThat(reads).hasValue(2);
    }
  }

  @Test
  void staysUsableAfterAFailure() {
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> shelf.borrow(pointer(1, 0)))
          .isInstanceOf(DeadPointerException.class);
    }
    shelf.borrow(pointer(2, 100)).close();
  }
}
