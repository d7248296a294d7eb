package org.milena.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.milena.common.stage.Stage.Prepared;

class InHandTest {
  private static final TopicPartition ONE = new TopicPartition("mail", 0);
  private static final TopicPartition TWO = new TopicPartition("mail", 1);

  private final InHand inHand = new InHand(4, 1_000);

  @Test
  void givesWhatIsDoneUpToTheFirstThatIsNot() {
    put(ONE, 7, done());
    put(ONE, 8, new CompletableFuture<>());
    put(ONE, 9, done());
    put(TWO, 3, done());
    assertThat(inHand.takeDone(100))
        .extracting(entry -> entry.partition().partition() + "/" + entry.record().offset())
        .containsExactly("0/7", "1/3");
    assertThat(inHand.partitions()).containsExactly(ONE);
    assertThat(inHand.firsts()).isEqualTo(Map.of(ONE, 8L));
    assertThat(inHand.takeDone(100)).isEmpty();
  }

  @Test
  void givesTheRestOnceTheFirstIsDone() {
    CompletableFuture<Prepared> slow = new CompletableFuture<>();
    put(ONE, 8, slow);
    put(ONE, 9, done());
    assertThat(inHand.takeDone(100)).isEmpty();
    slow.complete(_ -> {});
    assertThat(inHand.takeDone(100))
        .extracting(entry -> entry.record().offset())
        .containsExactly(8L, 9L);
    assertThat(inHand.isEmpty()).isTrue();
  }

  @Test
  void takesAFailureForDone() {
    put(ONE, 8, CompletableFuture.failedFuture(new IllegalStateException("broken")));
    assertThat(inHand.takeDone(100)).hasSize(1);
  }

  @Test
  void cancelsWhatItLetsGo() {
    CompletableFuture<Prepared> one = new CompletableFuture<>();
    CompletableFuture<Prepared> two = new CompletableFuture<>();
    put(ONE, 8, one);
    put(TWO, 8, two);
    inHand.letGo(ONE);
    assertThat(one).isCancelled();
    assertThat(two).isNotDone();
    assertThat(inHand.partitions()).containsExactly(TWO);
    inHand.letGo();
    assertThat(two).isCancelled();
    assertThat(inHand.isEmpty()).isTrue();
  }

  @Test
  void takesNoMoreThanIsWanted() {
    put(ONE, 7, done());
    put(ONE, 8, done());
    put(TWO, 3, done());
    assertThat(inHand.takeDone(1)).hasSize(1);
    assertThat(inHand.takeDone(1)).hasSize(1);
    assertThat(inHand.takeDone(2)).hasSize(1);
  }

  @Test
  void knowsTheFirstOfAPartition() {
    put(ONE, 7, new CompletableFuture<>());
    put(ONE, 8, done());
    assertThat(inHand.first(ONE)).hasValue(7);
    assertThat(inHand.first(TWO)).isEmpty();
  }

  @Test
  void isFullOfWhatIsNotPrepared() {
    for (int offset = 0; offset < 3; offset++) {
      put(offset % 2 == 0 ? ONE : TWO, offset, new CompletableFuture<>());
    }
    for (int offset = 3; offset < 50; offset++) {
      put(TWO, offset, done());
    }
    assertThat(inHand.isFull()).isFalse();
    put(ONE, 9, new CompletableFuture<>());
    assertThat(inHand.isFull()).isTrue();
  }

  @Test
  void isFullOfOctets() {
    for (int offset = 0; offset < 99; offset++) {
      put(ONE, offset, done());
    }
    assertThat(inHand.isFull()).isFalse();
    put(ONE, 99, done());
    assertThat(inHand.isFull()).isTrue();
    assertThat(inHand.takeDone(100)).hasSize(100);
    assertThat(inHand.isFull()).isFalse();
  }

  private void put(TopicPartition partition, long offset, CompletableFuture<Prepared> prepared) {
    inHand.add(
        new InHand.Entry(
            partition,
            new ConsumerRecord<>("mail", partition.partition(), offset, "k", new byte[10]),
            prepared));
  }

  private static CompletableFuture<Prepared> done() {
    return CompletableFuture.completedFuture(_ -> {});
  }
}
