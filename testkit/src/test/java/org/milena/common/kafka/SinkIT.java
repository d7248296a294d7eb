package org.milena.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.operations.DeadLetter;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.context.SmartLifecycle;

/** What becomes of a record that a sink cannot take, however often it comes. */
class SinkIT {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final KafkaAccess access = SharedBroker.kafkaAccess(broker.bootstrapServers(), "a");

  @AfterEach
  void close() {
    access.close();
    broker.close();
  }

  /** Takes all but what is called bad, and says what is asked of it in between. */
  private static class Fussy implements BatchSink {
    final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "archive";
    }

    @Override
    public String topic() {
      return Topics.POSTS;
    }

    @Override
    public void accept(List<InRecord> batch) {
      for (InRecord record : batch) {
        String key = record.key().orElseThrow();
        if (key.startsWith("bad")) {
          told.add("try " + key);
          throw new IllegalStateException("a defect");
        }
        told.add("take " + key);
      }
    }

    @Override
    public void undo(InRecord record) {
      told.add("undo " + record.key().orElseThrow());
    }
  }

  @Test
  void isTakenBackBeforeItIsSetAside() {
    Fussy sink = new Fussy();
    run(sink, "bad1", "good");
    assertThat(sink.told)
        .containsOnlyOnce("undo bad1")
        .containsOnlyOnce("take good")
        .doesNotContain("undo good")
        .containsSubsequence(
            "try bad1", "try bad1", "try bad1", "try bad1", "try bad1", "undo bad1");
    assertThat(letters()).extracting(DeadLetter::key).containsExactly("bad1");
  }

  @Test
  void isSetAsideWhereItCannotBeTakenBackEither() {
    Fussy sink =
        new Fussy() {
          @Override
          public void undo(InRecord record) {
            super.undo(record);
            throw new IllegalStateException("another defect");
          }
        };
    run(sink, "bad2", "good");
    assertThat(letters()).extracting(DeadLetter::key).containsExactly("bad2");
  }

  @Test
  void waitsWhereWhatItLeftCannotBeReached() {
    Fussy sink =
        new Fussy() {
          @Override
          public void undo(InRecord record) {
            boolean first = !told.contains("undo bad3");
            super.undo(record);
            if (first) {
              throw new OutageException("away");
            }
          }
        };
    run(sink, "bad3", "good");
    assertThat(sink.told).filteredOn("undo bad3"::equals).hasSizeGreaterThan(1);
    assertThat(letters()).extracting(DeadLetter::key).containsExactly("bad3");
  }

  /** Until the last one is taken. */
  private void run(Fussy sink, String... keys) {
    access.start();
    SmartLifecycle runner = access.sink(sink);
    runner.start();
    try {
      for (String key : keys) {
        var unused =
            access
                .publisher()
                .publish(OutRecord.of(Topics.POSTS, key, new byte[] {1}).inPartition(0))
                .join();
      }
      String last = "take " + keys[keys.length - 1];
      long end = System.nanoTime() + PATIENCE;
      while (!sink.told.contains(last)) {
        assertThat(System.nanoTime()).as("%s of %s", last, sink.told).isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    } finally {
      runner.stop();
    }
  }

  private List<DeadLetter> letters() {
    return access.deadLetters().list("", 10);
  }
}
