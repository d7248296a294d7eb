package org.milena.listexpander.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.RecordPosition;
import org.milena.common.settings.ListSettings;
import org.milena.common.table.MemoryTable;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.source.SourceDoor.Answer;
import org.milena.listexpander.source.SourceFetches;
import org.milena.listexpander.source.SourceUrl;

class SourceClockTest {
  private static final String SLOW = "https://slow.example/list.txt";
  private static final String QUICK = "https://quick.example/list.txt";

  private final DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final CountDownLatch answers = new CountDownLatch(1);
  private volatile Instant now = Fixtures.NOW;
  private final SourceClock clock =
      new SourceClock(
          new SourceFetches(
              new TableDirectory(tables, () -> now),
              this::fetch,
              record -> CompletableFuture.completedFuture(new RecordPosition(record.topic(), 0, 0)),
              () -> now,
              new SourceFetches.Rules(true, Duration.ofHours(1))));

  @AfterEach
  void stop() {
    answers.countDown();
    clock.close();
  }

  @Test
  void whileOneHostIsSilentTheOthersAreFetched() throws InterruptedException {
    list(SLOW);
    clock.tick();
    assertThat(next()).isEqualTo(SLOW);
    list(SLOW, QUICK);
    clock.tick();
    assertThat(next()).isEqualTo(QUICK);
    assertThat(nextOfLaterTicks()).isEqualTo(QUICK);
    assertThat(asked).as("it still runs").isEmpty();
  }

  private @Nullable String next() throws InterruptedException {
    return asked.poll(30, TimeUnit.SECONDS);
  }

  /** A tick may come before the last fetch is over, which then has its turn an hour later. */
  private @Nullable String nextOfLaterTicks() throws InterruptedException {
    for (int tick = 0; tick < 600; tick++) {
      now = now.plus(Duration.ofHours(2));
      clock.tick();
      String url = asked.poll(50, TimeUnit.MILLISECONDS);
      if (url != null) {
        return url;
      }
    }
    return null;
  }

  private Answer fetch(SourceUrl url, @Nullable String etag) {
    asked.add(url.toString());
    if (url.toString().equals(SLOW)) {
      try {
        assertThat(answers.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    return new Answer.Fault("The server answers 404.");
  }

  private void list(String... sources) {
    MailingList list =
        Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(sources)));
    tables.lists().put(list.id().value(), list);
  }
}
