package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.MailMeta;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailRecords;
import org.milena.testkit.kafka.SharedBroker;

/** Pointers at mail, followed on a real broker. */
class MailReaderIT {
  private static final ListId LIST = ListId.of("users.lists.example.org");
  private static final Random RANDOM = new Random(1);

  private final KafkaAccess access = SharedBroker.kafkaAccess("mail-reader-it");

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void readsTheMailItPointsAt() {
    MailPointer pointer = write("one");
    write("two");
    assertThat(text(access.mailReader().read(pointer).message())).isEqualTo("one");
  }

  @Test
  void anotherMailInItsPlaceIsADeadPointer() {
    MailPointer one = write("one");
    MailPointer two = write("one"); // the same octets: only the mail id tells them apart
    MailPointer wrong = new MailPointer(two.position(), one.mailId(), one.sha256());
    assertThatThrownBy(() -> access.mailReader().read(wrong))
        .isInstanceOf(DeadPointerException.class)
        .hasMessageContaining("lies another mail than " + one.mailId());
  }

  @Test
  void otherOctetsInItsPlaceAreADeadPointer() {
    MailPointer one = write("one");
    MailPointer wrong =
        new MailPointer(one.position(), one.mailId(), "00" + one.sha256().substring(2));
    assertThatThrownBy(() -> access.mailReader().read(wrong))
        .isInstanceOf(DeadPointerException.class)
        .hasMessageContaining("another digest");
  }

  @Test
  void nothingInItsPlaceIsADeadPointer() throws Exception {
    MailPointer one = write("one");
    MailPointer ahead =
        new MailPointer(
            new RecordPosition(
                one.position().topic(), one.position().partition(), one.position().offset() + 100),
            one.mailId(),
            one.sha256());
    assertThatThrownBy(() -> access.mailReader().read(ahead))
        .isInstanceOf(DeadPointerException.class)
        .hasMessageContaining("nothing lies at");
    access
        .admin()
        .deleteRecords(
            Map.of(
                new TopicPartition(one.position().topic(), one.position().partition()),
                RecordsToDelete.beforeOffset(one.position().offset() + 1)))
        .all()
        .get();
    assertThatThrownBy(() -> access.mailReader().read(one))
        .as("trimmed")
        .isInstanceOf(DeadPointerException.class)
        .hasMessageContaining("nothing lies at");
  }

  private MailPointer write(String text) {
    MailId id = MailId.next(InstantSource.fixed(Instant.EPOCH), RANDOM);
    RawMessage message = RawMessage.wrap(text.getBytes(StandardCharsets.UTF_8));
    RecordPosition position =
        access
            .publisher()
            .publish(
                MailRecords.mail(
                    Topics.OUTGOING,
                    LIST.value(),
                    RecordType.OUTGOING_MAIL,
                    new OutgoingMeta(
                        id, LIST, OutgoingMeta.Kind.POST, new MailMeta.BodyFacts(false, false)),
                    id,
                    message))
            .join();
    return new MailPointer(position, id, message.sha256());
  }

  private static String text(RawMessage message) {
    return new String(message.unsafeBytes(), StandardCharsets.UTF_8);
  }
}
