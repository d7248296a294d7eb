package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.testkit.contract.StageBench.await;
import static org.milena.testkit.contract.StageBench.lag;
import static org.milena.testkit.contract.StageBench.publish;
import static org.milena.testkit.contract.StageBench.read;
import static org.milena.testkit.contract.StageBench.records;
import static org.milena.testkit.contract.StageBench.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.DeadLetterMeta;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.TableSpec;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.table.Table;
import org.milena.testkit.contract.StageBench.Copy;
import org.milena.testkit.contract.StageBench.Counting;
import org.springframework.context.SmartLifecycle;

/** The promises of the stage runner, each against a real broker. */
class StageRunnerIT {
  private final StageBench bench = new StageBench();

  @AfterEach
  void stopAll() {
    bench.close();
  }

  @Test
  void writesEachEffectOnceAndIsWithoutLagWhenIdle() {
    KafkaAccess access = bench.access("a");
    access.start();
    bench.run(access, "scanner", new Copy());
    for (int i = 0; i < 200; i++) {
      publish(access, "mail " + i);
    }
    await(() -> read(access, Topics.LISTS).size() >= 200);
    assertThat(read(access, Topics.LISTS)).hasSize(200).doesNotHaveDuplicates();
    await(() -> lag(access, "scanner") == 0);
  }

  @Test
  void anOutagePausesAndResumesWithoutADeadLetter() {
    KafkaAccess access = bench.access("a");
    access.start();
    AtomicBoolean out = new AtomicBoolean(true);
    AtomicInteger tries = new AtomicInteger();
    bench.run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            if (out.get()) {
              tries.incrementAndGet();
              throw new OutageException("the engine is away");
            }
            return super.prepare(record);
          }
        });
    publish(access, "one");
    await(() -> tries.get() > 3);
    assertThat(read(access, Topics.LISTS)).isEmpty();
    out.set(false);
    await(() -> read(access, Topics.LISTS).equals(List.of("one")));
    assertThat(read(access, Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void aDefectGetsFiveTriesAndIsThenSetAsideWithItsCause() {
    KafkaAccess access = bench.access("a");
    access.start();
    AtomicInteger tries = new AtomicInteger();
    bench.run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            if (text(record).equals("poison")) {
              tries.incrementAndGet();
              throw new IllegalStateException("cannot digest this");
            }
            return super.prepare(record);
          }
        });
    publish(access, "before");
    publish(access, "poison");
    publish(access, "after");
    await(() -> Set.copyOf(read(access, Topics.LISTS)).equals(Set.of("before", "after")));
    await(() -> !records(access, Topics.DEAD_LETTERS).isEmpty());
    assertThat(tries).hasValue(5);
    ConsumerRecord<String, byte[]> letter = records(access, Topics.DEAD_LETTERS).getFirst();
    assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("poison");
    DeadLetterMeta meta =
        MailJson.read(
            letter.headers().lastHeader(RecordHeaders.DEAD_LETTER).value(), DeadLetterMeta.class);
    assertThat(meta.stage()).isEqualTo("scanner");
    assertThat(meta.cause()).contains("cannot digest this");
    assertThat(meta.origin().topic()).isEqualTo(Topics.RECEIVED);
  }

  @Test
  void aDefectWhileWritingUndoesOnlyItsOwnRecord() {
    KafkaAccess access = bench.access("a");
    access.start();
    bench.run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            return transaction -> {
              super.prepare(record).write(transaction);
              if (text(record).equals("poison")) {
                throw new IllegalStateException("half written");
              }
            };
          }
        });
    for (int i = 0; i < 20; i++) {
      publish(access, i == 7 ? "poison" : "mail " + i);
    }
    await(() -> read(access, Topics.LISTS).size() >= 19);
    await(() -> read(access, Topics.DEAD_LETTERS).equals(List.of("poison")));
    assertThat(read(access, Topics.LISTS)).hasSize(19).doesNotContain("poison");
  }

  @Test
  void anEffectThatNoTopicTakesIsADefectOfItsRecordAlone() {
    KafkaAccess access = bench.access("a");
    access.start();
    bench.run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            return text(record).equals("grows")
                ? transaction ->
                    transaction.send(OutRecord.of(Topics.LISTS, "list", new byte[40_000_000]))
                : super.prepare(record);
          }
        });
    for (int i = 0; i < 10; i++) {
      publish(access, i == 4 ? "grows" : "mail " + i);
    }
    await(() -> read(access, Topics.LISTS).size() >= 9);
    await(() -> read(access, Topics.DEAD_LETTERS).equals(List.of("grows")));
    assertThat(read(access, Topics.LISTS)).hasSize(9).doesNotContain("grows");
  }

  @Test
  void twoInstancesShareTheWorkAndStoppingOneLosesNothing() {
    KafkaAccess first = bench.access("a");
    first.start();
    KafkaAccess second = bench.access("b");
    second.start();
    Map<String, AtomicInteger> by = new ConcurrentHashMap<>();
    SmartLifecycle one = bench.run(first, "scanner", new Counting("a", by));
    bench.run(second, "scanner", new Counting("b", by));
    int sent = 0;
    while (by.size() < 2 && sent < 5_000) {
      // the producer goes to another partition after some hundred kilobytes
      publish(first, "mail " + sent++ + " ".repeat(4_000));
    }
    assertThat(by).as("both instances got work").hasSize(2);
    one.stop();
    for (int i = 0; i < 50; i++) {
      publish(first, "mail " + sent++);
    }
    int all = sent;
    await(() -> read(first, Topics.LISTS).size() >= all);
    assertThat(read(first, Topics.LISTS)).hasSize(all).doesNotHaveDuplicates();
  }

  @Test
  void aRowWrittenInATransactionIsSeenAtOnceAndByTheNext() {
    KafkaAccess access = bench.access("a");
    Table<String> pending = access.table(new TableSpec<>(Topics.PENDING, String.class));
    access.start();
    bench.run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            return transaction -> {
              int count = transaction.get(pending, "count").map(Integer::parseInt).orElse(0) + 1;
              transaction.put(pending, "count", Integer.toString(count));
              transaction.put(pending, "row" + count, "x");
              assertThat(transaction.get(pending, "count")).contains(Integer.toString(count));
              assertThat(transaction.scan(pending, "row", "", 1_000)).hasSize(count);
              // as many as there are, beside what the transaction itself wrote
              assertThat(transaction.scan(pending, "row", "", Integer.MAX_VALUE)).hasSize(count);
              assertThat(transaction.scan(pending, "none", "", Integer.MAX_VALUE)).isEmpty();
            };
          }
        });
    for (int i = 0; i < 100; i++) {
      publish(access, "mail " + i);
    }
    await(() -> pending.get("count").equals(Optional.of("100")));
  }

  @Test
  void whatNeedsAPositionIsWrittenInTheSameTransaction() {
    KafkaAccess access = bench.access("a");
    access.start();
    bench.run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            return transaction ->
                transaction.send(
                    OutRecord.of(Topics.OUTGOING, "k", record.value()),
                    position ->
                        transaction.send(
                            OutRecord.of(
                                Topics.DELIVERIES,
                                "d",
                                position.toString().getBytes(StandardCharsets.UTF_8))));
          }
        });
    publish(access, "one");
    await(() -> !read(access, Topics.DELIVERIES).isEmpty());
    String pointer = read(access, Topics.DELIVERIES).getFirst();
    ConsumerRecord<String, byte[]> content = records(access, Topics.OUTGOING).getFirst();
    assertThat(pointer)
        .isEqualTo(Topics.OUTGOING + "/" + content.partition() + "/" + content.offset());
  }

  @Test
  void aTransactionThatWouldExpireIsWrittenInParts() {
    KafkaAccess access = bench.access("a");
    access.start();
    for (int i = 0; i < 14; i++) {
      publish(access, "mail " + i);
    }
    // all fourteen in one transaction would take longer than a transaction may
    bench.run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            Prepared copy = super.prepare(record);
            return transaction -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(900));
              copy.write(transaction);
            };
          }
        });
    await(() -> read(access, Topics.LISTS).size() >= 14);
    assertThat(read(access, Topics.LISTS)).hasSize(14).doesNotHaveDuplicates();
  }

  @Test
  void aMailTooDeepForAParserIsSetAside() {
    KafkaAccess access = bench.access("a");
    access.start();
    bench.run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            if (text(record).equals("deep")) {
              throw new StackOverflowError();
            }
            return super.prepare(record);
          }
        });
    publish(access, "deep");
    publish(access, "after");
    await(() -> read(access, Topics.LISTS).equals(List.of("after")));
    await(() -> !records(access, Topics.DEAD_LETTERS).isEmpty());
    assertThat(access.ended()).isEmpty();
  }

  @Test
  void aStageThatEndsForGoodIsSaid() {
    KafkaAccess access = bench.access("a");
    access.start();
    bench.run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            throw new NoClassDefFoundError("org/milena/Missing");
          }
        });
    assertThat(access.ended()).isEmpty();
    publish(access, "one");
    await(() -> access.ended().containsKey("scanner"));
    assertThat(access.ended().get("scanner")).contains("org/milena/Missing");
  }
}
