package org.milena.common.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.Commands;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.ListId;
import org.milena.common.stage.MailRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Commands over {@code mail.lists}; outcomes come back over {@code lists.outcomes}. */
public final class KafkaCommands implements Commands, SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(KafkaCommands.class);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long RESTART_PAUSE_MS = 500;

  private final KafkaAccess access;
  private final Directory directory;
  private final InstantSource clock;
  private final Map<String, CompletableFuture<CommandOutcome>> waiting = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> listening = new CompletableFuture<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;
  private volatile @Nullable KafkaConsumer<String, byte[]> current;
  private Thread thread = new Thread();

  public KafkaCommands(KafkaAccess access, Directory directory, InstantSource clock) {
    this.access = access;
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public CommandOutcome send(ListId list, ListCommand command, String actor, String origin) {
    return send(list, list.value(), command, actor, origin);
  }

  @Override
  public CommandOutcome sendForKey(String key, ListCommand command, String actor, String origin) {
    return send(null, key, command, actor, origin);
  }

  @Override
  public CommandOutcome sendForAccount(
      String accountName, ListCommand command, String actor, String origin) {
    return send(null, Account.commandKey(accountName), command, actor, origin);
  }

  private CommandOutcome send(
      @Nullable ListId list, String key, ListCommand command, String actor, String origin) {
    String id = UUID.randomUUID().toString();
    CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
    waiting.put(id, outcome);
    try {
      listening.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      CommandRecord record = new CommandRecord(id, list, actor, origin, clock.instant(), command);
      var unused =
          access.publisher().write(MailRecords.json(Topics.LISTS, key, RecordType.COMMAND, record));
      CommandOutcome result = outcome.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      directory.awaitCurrent(LIMIT);
      return result;
    } catch (TimeoutException e) {
      throw new OutageException(
          "the owner of %s did not answer command %s within %d s; it may still be carried out"
              .formatted(key, id, LIMIT.toSeconds()),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new OutageException("command " + id + " could not be sent", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while waiting for command " + id, e);
    } finally {
      waiting.remove(id);
    }
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().name("outcomes").daemon().unstarted(this::run);
    running = true;
    thread.start();
    access.oversee("outcomes", this::end);
  }

  @Override
  public void stop() {
    running = false;
    stopped.countDown();
    KafkaConsumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      if (!thread.join(Duration.ofSeconds(10))) {
        log.warn("the reader of outcomes does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** With the tables, before the stages. */
  @Override
  public int getPhase() {
    return 10;
  }

  private void run() {
    Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    while (running) {
      try (KafkaConsumer<String, byte[]> consumer =
          access.assigningConsumer(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250))) {
        current = consumer;
        List<TopicPartition> partitions = new ArrayList<>();
        for (int number = 0; number < access.partitions(Topics.OUTCOMES); number++) {
          partitions.add(new TopicPartition(Topics.OUTCOMES, number));
        }
        consumer.assign(partitions);
        if (positions.isEmpty()) {
          positions.putAll(consumer.endOffsets(partitions));
        }
        positions.forEach(consumer::seek);
        listening.complete(null);
        while (running) {
          for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
            take(record);
          }
          partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
        }
      } catch (WakeupException e) {
        log.debug("the reader of outcomes was woken up", e);
      } catch (KafkaException e) {
        log.warn("the reader of outcomes begins again: {}", e.toString());
        if (e instanceof org.apache.kafka.clients.consumer.OffsetOutOfRangeException) {
          positions.clear();
        }
        pauseBeforeNext();
      } catch (RuntimeException e) {
        log.error("the reader of outcomes begins again after a defect of its own", e);
        pauseBeforeNext();
      } finally {
        current = null;
      }
    }
  }

  private void pauseBeforeNext() {
    try {
      boolean ended = stopped.await(RESTART_PAUSE_MS, TimeUnit.MILLISECONDS);
      log.debug("the reader of outcomes goes on, stopped: {}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private Optional<String> end() {
    return running && !thread.isAlive()
        ? Optional.of("the reader of outcomes has died")
        : Optional.empty();
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    CompletableFuture<CommandOutcome> outcome =
        record.key() == null ? null : waiting.get(record.key());
    if (outcome == null) {
      return; // another instance waits for it
    }
    try {
      outcome.complete(MailJson.read(record.value(), OutcomeRecord.class).outcome());
    } catch (UnreadableRecordException e) {
      outcome.completeExceptionally(e);
    }
  }
}
