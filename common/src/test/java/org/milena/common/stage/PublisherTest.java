package org.milena.common.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.OutageException;

class PublisherTest {
  private static final OutRecord RECORD = OutRecord.of("some.topic", "key", new byte[] {1});

  @Test
  void whoWaitsIsToldWhereTheRecordLies() {
    RecordPosition position = new RecordPosition("some.topic", 1, 7);
    Publisher publisher = _ -> CompletableFuture.completedFuture(position);
    assertThat(publisher.write(RECORD)).isEqualTo(position);
  }

  @Test
  void whoWaitsGetsTheFailureItself() {
    OutageException away = new OutageException("the broker is away");
    Publisher publisher = _ -> CompletableFuture.failedFuture(away);
    assertThatThrownBy(() -> publisher.write(RECORD)).isSameAs(away);
  }
}
