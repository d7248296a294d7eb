package org.milena.archive.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.app.RunningArchive;
import org.milena.common.event.MailJson;
import org.milena.common.failure.OutageException;

/**
 * When requests are sent, which takes a server that waits as it is told; what a real one does with
 * them is tested with what uses this.
 */
class BulkTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int LIMIT_S = 60;

  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<List<String>> requests = new ArrayList<>();
  private final AtomicReference<Function<List<String>, Integer>> status =
      new AtomicReference<>(_ -> 200);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private HttpServer server;
  private SearchConnection connection;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/_bulk", this::answer);
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    connection = new SearchConnection(uri, true, meters);
  }

  @AfterEach
  void stop() throws IOException {
    connection.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      List<String> ids =
          body.lines()
              .filter(line -> line.contains("_id"))
              .map(line -> MailJson.mapper().readTree(line).at("/index/_id").asString())
              .toList();
      synchronized (requests) {
        requests.add(ids);
      }
      int answered = status.get().apply(ids);
      List<Map<String, Object>> items = ids.stream().map(id -> item(id, answered)).toList();
      byte[] answer =
          MailJson.mapper()
              .writeValueAsBytes(Map.of("took", 1, "errors", answered == 400, "items", items));
      now.decrementAndGet();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
      exchange.sendResponseHeaders(answered == 400 ? 200 : answered, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** A document that is refused, or written; nobody minds a plain one. */
  private static Map<String, Object> item(String id, int status) {
    if (status != 400 || id.equals("plain")) {
      return Map.of(
          "index",
          Map.of("_index", "posts", "_id", id, "status", 201, "result", "created", "_version", 1));
    }
    Map<String, String> error =
        Map.of("type", "document_parsing_exception", "reason", "no date: " + id);
    return Map.of("index", Map.of("_index", "posts", "_id", id, "status", 400, "error", error));
  }

  private Bulk bulk() {
    return Bulk.of(connection, "keeping posts", Map.of("subject", "plain"));
  }

  private static void add(Bulk bulk, String id, int size) {
    bulk.add(
        BulkOperation.of(
            op -> op.index(write -> write.index("posts").id(id).document(Map.of("subject", id)))),
        size);
  }

  @Test
  void sendsTheNextRequestBesideOneThatIsUnderWay() {
    CyclicBarrier both = new CyclicBarrier(2);
    status.set(_ -> {
      await(both);
      return 200;
    });
    Bulk bulk = bulk().inAnyOrder();
    for (int i = 0; i < 4; i++) {
      add(bulk, "post" + i, MEGABYTE);
    }
    bulk.flush();
    assertThat(requests.stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("post0", "post1", "post2", "post3");
    assertThat(most).hasValue(2);
  }

  @Test
  void sendsOneAfterTheOtherWhereTheirOrderMatters() {
    Bulk bulk = bulk();
    for (int i = 0; i < 4; i++) {
      add(bulk, "post" + i, 4 * MEGABYTE);
    }
    bulk.flush();
    assertThat(requests)
        .containsExactly(List.of("post0"), List.of("post1"), List.of("post2"), List.of("post3"));
    assertThat(most).hasValue(1);
  }

  @Test
  void sendsNoMoreAtATimeThanOneRequestMayHave() {
    Bulk bulk = bulk().inAnyOrder();
    for (int i = 0; i < 4; i++) {
      add(bulk, "post" + i, 3 * MEGABYTE);
    }
    bulk.flush();
    assertThat(requests).hasSize(4);
    assertThat(most).hasValue(1);
  }

  @Test
  void namesAllThatAnyOfTheRequestsIsRefused() {
    status.set(_ -> 400);
    Bulk bulk = bulk().inAnyOrder();
    for (int i = 0; i < 3; i++) {
      add(bulk, "post" + i, MEGABYTE);
    }
    assertThatThrownBy(bulk::flush)
        .isInstanceOfSatisfying(
            DocumentsRefusedException.class,
            e ->
                assertThat(e.reasons())
                    .containsOnlyKeys("post0", "post1", "post2")
                    .hasEntrySatisfying(
                        "post2", why -> assertThat(why).contains("no date: post2")));
  }

  @Test
  void waitsForTheOtherRequestBeforeItSaysThatOneFailed() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Semaphore goOn = new Semaphore(0);
    AtomicBoolean ended = new AtomicBoolean();
    status.set(ids -> {
      both.countDown();
      await(both);
      if (ids.contains("post0")) {
        return 503;
      }
      goOn.acquireUninterruptibly();
      ended.set(true);
      return 200;
    });
    Bulk bulk = bulk().inAnyOrder();
    add(bulk, "post0", MEGABYTE);
    add(bulk, "post1", MEGABYTE);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicBoolean endedBefore = new AtomicBoolean();
    Thread flushing =
        Thread.ofPlatform()
            .start(() -> {
              try {
                bulk.flush();
              } catch (RuntimeException e) {
                endedBefore.set(ended.get());
                failure.set(e);
              }
            });
    await(both);
    Timer outages = meters.get("milena.archive.elasticsearch").tag("result", "outage").timer();
    RunningArchive.await(
        "the answer to the first one", () -> outages.count() == 1 && isWaiting(flushing));
    goOn.release();
    flushing.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
    assertThat(failure.get()).isInstanceOf(OutageException.class);
    assertThat(endedBefore).isTrue();
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(LIMIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("one request came alone", e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT_S, TimeUnit.SECONDS)) {
        throw new IllegalStateException("one request came alone");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
