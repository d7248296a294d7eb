package org.milena.archive.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.archive.post.MessageMemory.Held;
import org.milena.archive.post.MessageMemory.Use;
import org.milena.common.failure.OutageException;

class MessageMemoryTest {
  private static final long MB = 1 << 20;
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Of 64 MB large ones have 48, small ones 16. */
  private final MessageMemory memory = new MessageMemory(64 * MB, Duration.ZERO);

  @Test
  void hasRoomForSoManyAndNoMore() {
    try (Held _ = memory.take(24 * MB, LONG);
        Held _ = memory.take(24 * MB, LONG)) {
      assertThat(memory.taken()).isEqualTo(48 * MB);
      assertThatThrownBy(() -> memory.take(5 * MB, Duration.ZERO))
          .isInstanceOf(OutageException.class)
          .hasMessageContaining("memory");
    }
    assertThat(memory.taken()).isZero();
    memory.take(48 * MB, Duration.ZERO).close();
  }

  @Test
  void letsSmallOnesPassWhenLargeOnesHaveAll() {
    try (Held _ = memory.take(48 * MB, Duration.ZERO)) {
      List<Held> small = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        small.add(memory.take(MB, Duration.ZERO));
      }
      assertThatThrownBy(() -> memory.take(MB, Duration.ZERO)).isInstanceOf(OutageException.class);
      small.forEach(Held::close);
      memory.take(MB, Duration.ZERO).close();
    }
  }

  @Test
  void givesAllOfItToOneThatIsLargerThanAll() {
    try (Held _ = memory.take(1000 * MB, Duration.ZERO)) {
      assertThat(memory.taken()).isEqualTo(48 * MB);
    }
    assertThat(memory.taken()).isZero();
  }

  @Test
  void takesBackWhatIsNeededNoMore() {
    try (Held held = memory.take(48 * MB, Duration.ZERO)) {
      held.shrinkTo(10 * MB);
      assertThat(memory.taken()).isEqualTo(10 * MB);
      held.shrinkTo(20 * MB);
      assertThat(memory.taken()).isEqualTo(10 * MB);
      memory.take(38 * MB, Duration.ZERO).close();
    }
    assertThat(memory.taken()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void needsMoreForWhatIsLarger(Use use) {
    assertThat(use.octets(0)).isZero();
    assertThat(use.octets(MB)).isGreaterThanOrEqualTo(3 * MB);
    assertThat(use.octets(25 * MB)).isGreaterThan(use.octets(24 * MB));
  }

  @Test
  void servesAllWhoWaitAndNeverMoreThanThereIsRoomFor() throws Exception {
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    CountDownLatch begin = new CountDownLatch(1);
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        long octets = (5 + i % 30) * MB;
        all.add(
            readers.submit(() -> {
              begin.await();
              try (Held _ = memory.take(octets, LONG)) {
                most.accumulateAndGet(held.addAndGet(octets), Math::max);
                Thread.yield();
                held.addAndGet(-octets);
              }
              return null;
            }));
      }
      begin.countDown();
      for (Future<?> one : all) {
        var unused = one.get();
      }
    }
    assertThat(most.get()).isPositive().isLessThanOrEqualTo(48 * MB);
    assertThat(memory.taken()).isZero();
  }

  @Test
  void keepsTheInterruptOfWhoIsSentAway() throws Exception {
    try (Held _ = memory.take(48 * MB, Duration.ZERO);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> waiting =
          readers.submit(() -> {
            Thread.currentThread().interrupt();
            try {
              memory.take(10 * MB, LONG).close();
              return false;
            } catch (OutageException e) {
              return Thread.currentThread().isInterrupted();
            }
          });
      assertThat(waiting.get()).isTrue();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
