package org.milena.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InternalTopicsTest {
  private static final Map<String, Integer> THREE =
      Map.of("__consumer_offsets", 3, "__transaction_state", 3);

  @Test
  void isContentWithThreeReplicasOrMore() {
    assertThat(InternalTopics.faults(THREE)).isEmpty();
    assertThat(InternalTopics.faults(Map.of("__consumer_offsets", 5, "__transaction_state", 3)))
        .isEmpty();
  }

  @Test
  void doesNotJudgeWhatItCannotSee() {
    assertThat(InternalTopics.faults(Map.of())).isEmpty();
  }

  @Test
  void saysWhatWouldBeLostAndWhatToDo() {
    List<String> faults =
        InternalTopics.faults(Map.of("__consumer_offsets", 1, "__transaction_state", 2));
    assertThat(faults).hasSize(2);
    assertThat(faults.getFirst())
        .contains("__consumer_offsets", "1 replica ", "how far the stages are")
        .contains("kafka-reassign-partitions");
    assertThat(faults.getLast()).contains("__transaction_state", "2 replicas ");
  }
}
