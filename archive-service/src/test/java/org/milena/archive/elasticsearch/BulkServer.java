package org.milena.archive.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.milena.common.event.MailJson;

/**
 * Takes bulk requests and answers them when it is told to, so that it can be seen when they are
 * sent. What a search engine does with them is tested with a real one.
 */
final class BulkServer implements AutoCloseable {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<List<String>> requests = new ArrayList<>();
  private final AtomicReference<ToIntFunction<List<String>>> status =
      new AtomicReference<>(_ -> 200);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** What came of requests to it. */
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** The way to it. */
  final SearchConnection connection;

  BulkServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/_bulk", this::answer);
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    connection = new SearchConnection(uri, true, meters);
  }

  /**
   * Has it answer so from now on.
   *
   * @param answers the ids of a request with a status: 400 refuses each document, others are of the
   *     whole request
   */
  void answer(ToIntFunction<List<String>> answers) {
    status.set(answers);
  }

  /** The ids of each request, in the order in which they came. */
  List<List<String>> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** How many were under way at the same time, at most. */
  int most() {
    return most.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      List<String> ids =
          body.lines()
              .filter(line -> line.contains("_id"))
              .map(
                  line -> MailJson.mapper().readTree(line).iterator().next().path("_id").asString())
              .toList();
      synchronized (requests) {
        requests.add(ids);
      }
      int answered = status.get().applyAsInt(ids);
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

  @Override
  public void close() throws IOException {
    connection.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
