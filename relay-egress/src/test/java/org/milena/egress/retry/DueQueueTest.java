package org.milena.egress.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.egress.retry.DueQueue.Due;

class DueQueueTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final DueQueue queue = new DueQueue();

  private void put(String key, String destination, int second) {
    Instant at = START.plusSeconds(second);
    queue.put(new Due(key, destination, at, at));
  }

  private List<String> take(int second, int max) {
    return queue.take(START.plusSeconds(second), max, _ -> true).stream().map(Due::key).toList();
  }

  @Test
  void givesOutWhatIsDueAndKeepsTheRest() {
    put("c", "x", 3);
    put("a", "x", 1);
    put("b", "y", 2);
    assertThat(take(0, 9)).isEmpty();
    assertThat(take(2, 9)).containsExactlyInAnyOrder("a", "b");
    assertThat(queue.next()).contains(START.plusSeconds(3));
    assertThat(take(3, 9)).containsExactly("c");
    assertThat(queue.size()).isZero();
  }

  @Test
  void passesByADestinationWithoutRoom() {
    for (int i = 0; i < 100; i++) {
      put("slow" + i, "slow", 0);
    }
    put("quick", "quick", 1);
    List<Due> taken = queue.take(START.plusSeconds(5), 10, "quick"::equals);
    assertThat(taken).extracting(Due::key).containsExactly("quick");
    assertThat(queue.size()).isEqualTo(100);
  }

  @Test
  void movesAndRemoves() {
    put("a", "x", 1);
    put("a", "x", 9);
    assertThat(take(5, 9)).isEmpty();
    assertThat(queue.remove("a")).isTrue();
    assertThat(queue.remove("a")).isFalse();
    assertThat(queue.next()).isEmpty();
  }

  @Test
  void flushesAllOrOneDestinationOrOne() {
    put("a", "x", 100);
    put("b", "y", 100);
    put("c", "y", 100);
    assertThat(queue.flush("x", START)).isEqualTo(1);
    assertThat(take(0, 9)).containsExactly("a");
    assertThat(queue.hurry("b", START)).isTrue();
    assertThat(queue.hurry("nobody", START)).isFalse();
    assertThat(take(0, 9)).containsExactly("b");
    assertThat(queue.flush(null, START)).isEqualTo(1);
    assertThat(queue.take(START, 9, _ -> true))
        .singleElement()
        .matches(due -> due.row().equals(START.plusSeconds(100)), "knows its row again");
  }

  @Test
  void agreesWithASimpleModel() {
    Random random = new Random(5);
    Map<String, Instant> model = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      String key = "k" + random.nextInt(200);
      switch (random.nextInt(3)) {
        case 0 -> {
          int second = random.nextInt(1000);
          put(key, "d" + (key.hashCode() & 7), second);
          model.put(key, START.plusSeconds(second));
        }
        case 1 -> assertThat(queue.remove(key)).isEqualTo(model.remove(key) != null);
        default -> {
          Instant now = START.plusSeconds(random.nextInt(1000));
          List<String> due = new ArrayList<>();
          model.forEach((one, at) -> {
            if (!at.isAfter(now)) {
              due.add(one);
            }
          });
          List<String> taken = queue.take(now, 1000, _ -> true).stream().map(Due::key).toList();
          assertThat(taken).containsExactlyInAnyOrderElementsOf(due);
          model.keySet().removeAll(due);
        }
      }
      assertThat(queue.size()).isEqualTo(model.size());
      assertThat(queue.next()).isEqualTo(model.values().stream().min(Instant::compareTo));
    }
  }
}
