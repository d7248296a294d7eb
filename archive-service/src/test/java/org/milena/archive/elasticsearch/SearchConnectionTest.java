package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.failure.OutageException;

/** A search engine that takes connections and says nothing, as one that is frozen does. */
@Timeout(50)
class SearchConnectionTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private ServerSocket frozen;
  private SearchConnection connection;

  @BeforeEach
  void open() throws IOException {
    frozen = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    connection =
        new SearchConnection(
            URI.create("http://127.0.0.1:" + frozen.getLocalPort()),
            true,
            new SimpleMeterRegistry(),
            PATIENCE);
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
    frozen.close();
  }

  @Test
  void tellsWhoReadsThatThereIsNoAnswer() {
    assertThatThrownBy(this::search)
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("does not answer (searching)");
    assertThatThrownBy(
            () -> connection.documents("looking up", r -> r.index("posts").ids("1"), Void.class))
        .isInstanceOf(OutageException.class);
    assertThatThrownBy(() ->
            connection.askWithin(
                1000, "searching", client -> client.search(r -> r.index("posts"), Void.class)))
        .isInstanceOf(OutageException.class);
  }

  /** Those behind as many as there are connections do not wait for good either. */
  @Test
  void tellsHoweverManyWait() throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> searches = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        searches.add(threads.submit(this::search));
      }
      for (Future<?> search : searches) {
        assertThatThrownBy(search::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(OutageException.class);
      }
      assertThat(searches).hasSize(100);
    }
  }

  private void search() {
    connection.search("searching", r -> r.index("posts"), Void.class);
  }
}
