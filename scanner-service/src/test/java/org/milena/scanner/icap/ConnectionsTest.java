package org.milena.scanner.icap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionsTest {

  private final AtomicLong now = new AtomicLong();

  /** The last one given back is the first one taken: those before it would stay for ever. */
  @Test
  void whatIsTooOldIsClosedWhenAnotherOneIsGivenBack() throws IOException {
    try (FakeIcap server = new FakeIcap(peer -> peer.in().read());
        Connections connections = new Connections(server.address(), now::get)) {
      Deadline deadline = Deadline.in(Duration.ofSeconds(20));
      Wire old = connections.take(deadline, false);
      Wire lent = connections.take(deadline, false);
      connections.giveBack(old, true);
      now.addAndGet(TimeUnit.SECONDS.toNanos(9));
      connections.giveBack(lent, true);
      assertThat(connections.take(deadline, false)).isSameAs(lent);
      assertThat(old.idle()).isTrue();
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      connections.giveBack(lent, true);
      assertThat(old.idle()).isFalse();
      assertThat(lent.idle()).isTrue();
      assertThat(connections.take(deadline, false)).isSameAs(lent);
      connections.giveBack(lent, false);
      assertThat(lent.idle()).isFalse();
    }
  }
}
