package org.milena.egress.kafka;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailPointer;
import org.milena.common.event.QueueAct;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.egress.job.Carriage;
import org.milena.egress.job.Holding;
import org.milena.egress.personal.Personalizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the records of the deliveries: duties, and what operators want done. */
final class Admission {
  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  private final Carriage carriage;

  Admission(Carriage carriage) {
    this.carriage = carriage;
  }

  /** Takes a record in hand; one that cannot be read becomes a dead letter. */
  void admit(Holding holding, ConsumerRecord<String, byte[]> record) {
    InRecord in = in(record);
    try {
      switch (MailRecords.type(in)) {
        case DELIVERY -> {
          Delivery delivery = MailRecords.json(in, Delivery.class);
          check(delivery);
          holding.admit(record.offset(), delivery, System.nanoTime()).ifPresent(carriage::accept);
        }
        case QUEUE_ACT -> {
          QueueAct act = MailRecords.json(in, QueueAct.class);
          int concerned = holding.act(act);
          log.info("{} by {}: {} recipients in {}", act.act(), act.by(), concerned, in);
        }
        default ->
            throw new UnreadableRecordException(
                "a record of type " + MailRecords.type(in).label() + " among the deliveries");
      }
    } catch (UnreadableRecordException e) {
      log.error("set aside what is no delivery: {}", in, e);
      holding.pending().unreadable(in, e.toString());
    }
  }

  /** JSON of another shape leaves fields empty that types say are there. */
  private static void check(Delivery delivery) {
    boolean complete =
        Stream.of(
                Optional.ofNullable(delivery.content()),
                Optional.ofNullable(delivery.content()).map(MailPointer::mailId),
                Optional.ofNullable(delivery.content()).map(MailPointer::position),
                Optional.ofNullable(delivery.content()).map(MailPointer::sha256),
                Optional.ofNullable(delivery.kind()),
                Optional.ofNullable(delivery.destination()),
                Optional.ofNullable(delivery.returnPath()),
                Optional.ofNullable(delivery.createdAt()))
            .allMatch(Optional::isPresent);
    if (!complete) {
      throw new UnreadableRecordException("a delivery with parts missing");
    }
    Personalizer.check(delivery);
  }

  private static InRecord in(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value() == null ? new byte[0] : header.value());
    }
    return new InRecord(
        new RecordPosition(record.topic(), record.partition(), record.offset()),
        record.key(),
        record.value(),
        headers,
        Instant.ofEpochMilli(record.timestamp()));
  }
}
