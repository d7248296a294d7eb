package org.milena.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.milena.common.event.RecordHeaders;
import org.milena.common.mail.MailId;
import org.milena.common.stage.MailRecords;
import org.slf4j.MDC;

class MailContextTest {

  private static ConsumerRecord<String, byte[]> record(String traceparent) {
    ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("topic", 0, 0, "key", new byte[0]);
    record
        .headers()
        .add(RecordHeaders.TRACEPARENT, traceparent.getBytes(StandardCharsets.ISO_8859_1));
    return record;
  }

  @Test
  void readsTheMailIdThatWasWritten() {
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      MailId id = MailId.next(InstantSource.system(), random);
      assertThat(MailContext.mailId(record(MailRecords.traceparent(id)))).contains(id);
    }
  }

  @Test
  void isThereUntilItIsClosed() {
    MailId id = MailId.next(InstantSource.system(), new Random(7));
    try (MailContext context = MailContext.of(record(MailRecords.traceparent(id)))) {
      assertThat(context).isNotNull();
      assertThat(MDC.get("mailId")).isEqualTo(id.toString());
    }
    assertThat(MDC.get("mailId")).isNull();
  }

  @Test
  void whatIsNoTraceSaysNothing() {
    assertThat(MailContext.mailId(record("hello"))).isEmpty();
    assertThat(MailContext.mailId(new ConsumerRecord<>("topic", 0, 0, "key", new byte[0])))
        .isEmpty();
  }
}
