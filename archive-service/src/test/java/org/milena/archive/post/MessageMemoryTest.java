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

  /** Of 64 MB large ones have 40, small ones 16, and what goes out of these 8. */
  private final MessageMemory memory = new MessageMemory(64 * MB, Duration.ZERO);

  /** For a message of that size, which takes no more. */
  private Held take(long octets, Duration longest) {
    return memory.take(octets, octets, longest);
  }

  @Test
  void hasRoomForSoManyAndNoMore() {
    try (Held _ = take(20 * MB, LONG);
        Held _ = take(20 * MB, LONG)) {
      assertThat(memory.taken()).isEqualTo(40 * MB);
      assertThatThrownBy(() -> take(5 * MB, Duration.ZERO))
          .isInstanceOf(OutageException.class)
          .hasMessageContaining("memory");
    }
    assertThat(memory.taken()).isZero();
    take(40 * MB, Duration.ZERO).close();
  }

  @Test
  void letsSmallOnesPassWhenLargeOnesHaveAll() {
    try (Held _ = take(40 * MB, Duration.ZERO)) {
      List<Held> small = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        small.add(take(MB, Duration.ZERO));
      }
      assertThatThrownBy(() -> take(MB, Duration.ZERO)).isInstanceOf(OutageException.class);
      small.forEach(Held::close);
      take(MB, Duration.ZERO).close();
    }
  }

  @Test
  void givesAllOfItToOneThatIsLargerThanAll() {
    try (Held _ = take(1000 * MB, Duration.ZERO)) {
      assertThat(memory.taken()).isEqualTo(40 * MB);
    }
    assertThat(memory.taken()).isZero();
  }

  @Test
  void takesBackWhatIsNeededNoMore() {
    try (Held held = take(40 * MB, Duration.ZERO)) {
      held.shrinkTo(10 * MB);
      assertThat(memory.taken()).isEqualTo(10 * MB);
      held.shrinkTo(20 * MB);
      assertThat(memory.taken()).isEqualTo(10 * MB);
      take(30 * MB, Duration.ZERO).close();
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
              try (Held _ = take(octets, LONG)) {
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
    assertThat(most.get()).isPositive().isLessThanOrEqualTo(40 * MB);
    assertThat(memory.taken()).isZero();
  }

  @Test
  void keepsTheInterruptOfWhoIsSentAway() throws Exception {
    try (Held _ = take(40 * MB, Duration.ZERO);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> waiting =
          readers.submit(() -> {
            Thread.currentThread().interrupt();
            try {
              take(10 * MB, LONG).close();
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

  @Test
  void goesByTheSizeOfAMessageAndByTheRoomForSmallOnes() {
    try (Held _ = take(40 * MB, Duration.ZERO)) {
      memory.take(MB, 8 * MB, Duration.ZERO).close();
      assertThatThrownBy(() -> memory.take(MB, 8 * MB + 1, Duration.ZERO))
          .as("two like it do not fit")
          .isInstanceOf(OutageException.class);
      assertThatThrownBy(() -> memory.take(MB + 1, 2 * MB, Duration.ZERO))
          .isInstanceOf(OutageException.class);
    }
  }

  @Test
  void makesSmallOnesWhileOthersAreSlowToTakeTheirs() {
    List<Held> slow = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Held held = memory.take(MB, 8 * MB, Duration.ZERO);
      held.send(MB);
      slow.add(held);
    }
    assertThat(memory.taken()).isEqualTo(8 * MB);
    try (Held one = memory.take(MB, 8 * MB, Duration.ZERO);
        Held _ = memory.take(MB, 8 * MB, Duration.ZERO)) {
      assertThatThrownBy(() -> one.send(MB)).isInstanceOf(OutageException.class);
      assertThat(memory.taken()).isEqualTo(24 * MB);
    }
    slow.forEach(Held::close);
    assertThat(memory.taken()).isZero();
  }

  @Test
  void keepsLargeOnesThatGoOutWhereTheyAre() {
    try (Held held = take(40 * MB, Duration.ZERO)) {
      held.send(30 * MB);
      assertThat(memory.taken()).isEqualTo(30 * MB);
      take(10 * MB, Duration.ZERO).close();
      assertThatThrownBy(() -> take(11 * MB, Duration.ZERO)).isInstanceOf(OutageException.class);
    }
    assertThat(memory.taken()).isZero();
  }

  @Test
  void asksWithoutWaiting() {
    try (Held _ = memory.take(MB, 8 * MB, Duration.ZERO)) {
      memory.takeNow(Use.WHOLE, MB).orElseThrow().close();
      try (Held _ = memory.take(MB, 8 * MB, Duration.ZERO)) {
        assertThat(memory.takeNow(Use.WHOLE, MB)).isEmpty();
      }
    }
    assertThat(memory.taken()).isZero();
  }
}
