package org.milena.standalone.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** A server that gives prepared answers, one after the other, and notes what it was asked. */
final class FakeServer implements AutoCloseable {

  private final HttpServer server;
  private final Deque<Prepared> answers = new ArrayDeque<>();
  final List<Asked> asked = new ArrayList<>();

  private record Prepared(int status, String type, String body) {}

  /** One request. */
  record Asked(String line, String authorization, String key, String body) {}

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  FakeServer json(String body) {
    return answer(200, "application/json", body);
  }

  FakeServer problem(int status, String detail) {
    return answer(
        status,
        "application/problem+json",
        "{\"status\":%d,\"title\":\"x\",\"detail\":\"%s\",\"code\":\"y\"}"
            .formatted(status, detail));
  }

  FakeServer answer(int status, String type, String body) {
    answers.add(new Prepared(status, type, body));
    return this;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    asked.add(
        new Asked(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            header(exchange, "Authorization"),
            header(exchange, "Idempotency-Key"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Prepared answer =
        answers.isEmpty() ? new Prepared(599, "text/plain", "nothing prepared") : answers.remove();
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
