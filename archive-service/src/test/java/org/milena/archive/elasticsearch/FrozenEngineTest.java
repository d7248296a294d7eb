package org.milena.archive.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.archive.search.Query;
import org.milena.archive.search.Query.Field;
import org.milena.archive.search.Query.Form;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.search.SearchRequest.Sort;
import org.milena.archive.search.Selection;
import org.milena.common.event.ArchiveId;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.ListId;

/**
 * Whatever somebody reads, he hears that the search engine stands still before the patience for
 * writing is over, a minute.
 */
@Timeout(50)
class FrozenEngineTest {
  private static final ListId LIST = ListId.of("dev.lists.example.org");
  private static final ArchiveId ID = ArchiveId.of("a".repeat(27));

  private static SearchRequest request(Query query, boolean facets) {
    return new SearchRequest(
        "x", Set.of(LIST), query, Sort.NEWEST, Instant.EPOCH, false, facets, null, 10);
  }

  /** What somebody reads. */
  private interface Reading {
    Object read(PostSearch search, RawDocuments raws);
  }

  static Map<String, Reading> readings() {
    Query words = new Query.Words(Field.ANY, "word", Form.STEM);
    return Map.ofEntries(
        entry("words", (search, _) -> search.search(request(words, false))),
        entry("all posts", (search, _) -> search.search(request(new Query.All(), false))),
        entry("counts", (search, _) -> search.search(request(new Query.All(), true))),
        entry("threads with words", (search, _) -> search.threadsWith(Set.of(LIST), words, 10)),
        entry("a post", (search, _) -> search.post(LIST, ID)),
        entry("a Message-ID", (search, _) -> search.byMessageId(LIST, "a@x")),
        entry("a thread", (search, _) -> search.thread(LIST, ID, 10)),
        entry("threads", (search, _) -> search.threads(LIST, null, 0, 10)),
        entry("texts", (search, _) -> search.texts(List.of(ID))),
        entry("months", (search, _) -> search.months(LIST)),
        entry("an mbox", (search, _) -> search.walk(Selection.of(LIST))),
        entry("octets", (_, raws) -> raws.raw(ID)));
  }

  static Stream<Arguments> each() {
    return readings().entrySet().stream()
        .map(reading -> Arguments.of(Named.of(reading.getKey(), reading.getValue())));
  }

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean frozen = new AtomicBoolean();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private SearchConnection connection;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    connection =
        new SearchConnection(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            true,
            new SimpleMeterRegistry(),
            Duration.ofMillis(500));
  }

  @AfterEach
  void close() throws IOException {
    over.countDown();
    connection.close();
    server.stop(0);
    threads.close();
  }

  /** Its indices are there until it is frozen. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (frozen.get()) {
        over.await();
        return;
      }
      byte[] alias = "{\"x-posts-v5-000001\":{\"aliases\":{}}}".getBytes(UTF_8);
      exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(200, head ? -1 : alias.length);
      if (!head) {
        exchange.getResponseBody().write(alias);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("each")
  void isTold(Reading reading) {
    Indices indices = new Indices(connection, "x", 1, Set.of());
    PostSearch search = new PostSearch(connection, indices);
    RawDocuments raws = new RawDocuments(connection, indices);
    var unused = indices.posts();
    frozen.set(true);
    assertThatThrownBy(() -> reading.read(search, raws))
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("does not answer");
  }
}
