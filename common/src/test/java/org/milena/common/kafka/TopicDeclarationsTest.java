package org.milena.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Topics;

class TopicDeclarationsTest {

  @Test
  void whatPeopleTakeOutLeavesTheLogWithinAWeek() {
    String week = Long.toString(Duration.ofDays(7).toMillis());
    assertThat(TopicDeclarations.of(new KafkaSettings("localhost:9092", "one", 1, 4, 1 << 20)))
        .filteredOn(topic -> week.equals(topic.config().get("max.compaction.lag.ms")))
        .allSatisfy(topic ->
            assertThat(topic.config()).containsAllEntriesOf(Map.of("cleanup.policy", "compact")))
        .extracting(TopicDeclaration::name)
        .containsExactlyInAnyOrder(Topics.POSTS, Topics.SEARCHES);
  }
}
