package org.milena.common.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnfitException;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;

/** What a broker that stands alone is told when the site wants three copies of everything. */
class InternalTopicsIT {
  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final KafkaAccess access = SharedBroker.kafkaAccess(broker.bootstrapServers(), "a");
  private final InternalTopics topics = new InternalTopics(access.admin());

  @AfterEach
  void close() {
    access.close();
    broker.close();
  }

  @Test
  void refusesTopicsThatAreThereWithFewerReplicas() {
    access.start();
    access.ensureGroup("scanner", Topics.RECEIVED);
    try (KafkaProducer<String, byte[]> producer = access.transactionalProducer("scanner")) {
      producer.initTransactions();
    }
    assertThatThrownBy(() -> topics.verify(3))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("__consumer_offsets has 1 replica ")
        .hasMessageContaining("__transaction_state has 1 replica ");
  }

  @Test
  void refusesABrokerThatWouldMakeThemSo() {
    assertThatThrownBy(() -> topics.verify(3))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("offsets.topic.replication.factor")
        .hasMessageContaining("transaction.state.log.replication.factor");
  }

  @Test
  void asksNothingOfOneMachine() {
    assertThatCode(() -> topics.verify(1)).doesNotThrowAnyException();
  }
}
