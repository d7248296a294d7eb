package org.milena.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.archive.TestArchive;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.stage.InRecord;

@Timeout(30)
class ReadAheadTest {

  private static List<List<InRecord>> slices(int count) {
    return IntStream.range(0, count)
        .mapToObj(number ->
            List.of(
                new InRecord(
                    new RecordPosition("t", 0, number), "k", null, Map.of(), Instant.EPOCH)))
        .toList();
  }

  private static long offset(List<InRecord> slice) {
    return slice.getFirst().position().offset();
  }

  @Test
  void givesAllInTheirOrder() {
    List<Long> given = new ArrayList<>();
    try (ReadAhead<Long> slices =
        new ReadAhead<>(slices(20), ReadAheadTest::offset, TestArchive::inThread)) {
      slices.forEachRemaining(given::add);
      assertThatThrownBy(slices::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(given).isEqualTo(IntStream.range(0, 20).mapToObj(Long::valueOf).toList());
  }

  @Test
  void nothingIsNothing() {
    try (ReadAhead<Long> slices =
        new ReadAhead<>(List.of(), ReadAheadTest::offset, TestArchive::inThread)) {
      assertThat(slices.hasNext()).isFalse();
    }
  }

  @Test
  void readsTheNextOneWhileOneIsUsedAndNoMore() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(2);
    try (ReadAhead<Long> slices =
        new ReadAhead<>(
            slices(5),
            slice -> {
              begun.incrementAndGet();
              second.countDown();
              return offset(slice);
            },
            TestArchive::inThread)) {
      assertThat(slices.next()).isZero();
      assertThat(second.await(20, TimeUnit.SECONDS)).isTrue(); // though nobody asked for it
      assertThat(begun).hasValue(2);
    }
    assertThat(begun).hasValue(2);
  }

  @Test
  void aFailureComesInItsPlace() {
    List<Long> given = new ArrayList<>();
    try (ReadAhead<Long> slices =
        new ReadAhead<>(
            slices(5),
            slice -> {
              if (offset(slice) == 3) {
                throw new UnreadableRecordException("the fourth");
              }
              return offset(slice);
            },
            TestArchive::inThread)) {
      assertThatThrownBy(() -> slices.forEachRemaining(given::add))
          .isInstanceOf(UnreadableRecordException.class)
          .hasMessage("the fourth");
    }
    assertThat(given).containsExactly(0L, 1L, 2L);
  }

  @Test
  void anErrorStaysOne() {
    try (ReadAhead<Long> slices =
        new ReadAhead<>(
            slices(1),
            _ -> {
              throw new StackOverflowError("deep");
            },
            TestArchive::inThread)) {
      assertThatThrownBy(slices::next).isInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  void closingWaitsForWhatIsBeingRead() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean endedBefore = new AtomicBoolean();
    ReadAhead<Boolean> slices =
        new ReadAhead<>(
            slices(1),
            _ -> {
              begun.countDown();
              await(go);
              ended.set(true);
              return true;
            },
            TestArchive::inThread);
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    Thread closer =
        Thread.ofPlatform()
            .start(() -> {
              slices.close();
              endedBefore.set(ended.get());
            });
    go.countDown();
    closer.join();
    assertThat(endedBefore).isTrue();
  }

  @Test
  void anInterruptionIsAnOutage() {
    CountDownLatch go = new CountDownLatch(1);
    try (ReadAhead<Boolean> slices =
        new ReadAhead<>(
            slices(1),
            _ -> {
              await(go);
              return true;
            },
            TestArchive::inThread)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(slices::next).isInstanceOf(OutageException.class);
      assertThat(Thread.interrupted()).isTrue();
      go.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
