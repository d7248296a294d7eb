package org.milena.testkit.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The connection: commands and their answers, and what the browser tells of itself. */
final class DevTools implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final WebSocket socket;

  /**
   * @param events takes each event: {@code method}, {@code params}, {@code sessionId}; on a thread
   *     of the connection, so it must not ask anything and wait
   */
  DevTools(URI address, Consumer<JsonNode> events) {
    socket =
        http.newWebSocketBuilder()
            .buildAsync(address, new Reader(events))
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
  }

  private final class Reader implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final Consumer<JsonNode> events;

    Reader(Consumer<JsonNode> events) {
      this.events = events;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        if (message.has("id")) {
          CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
          if (answer != null) {
            answer.complete(message);
          }
        } else {
          events.accept(message);
        }
      }
      from.request(1);
      return null;
    }
  }

  static ObjectNode parameters() {
    return JSON.createObjectNode();
  }

  /** Asks, and gives the result. */
  JsonNode ask(@Nullable String session, String method, ObjectNode parameters) {
    CompletableFuture<JsonNode> answer = send(session, method, parameters);
    try {
      JsonNode message = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message.has("error")) {
        throw new AssertionError(method + ": " + message.path("error"));
      }
      return message.path("result");
    } catch (TimeoutException e) {
      throw new AssertionError("the browser does not answer " + method, e);
    } catch (ExecutionException e) {
      throw new AssertionError(method + " failed", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks without waiting. */
  synchronized CompletableFuture<JsonNode> send(
      @Nullable String session, String method, ObjectNode parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    // one at a time: a socket refuses to send while it sends
    var unused =
        socket
            .sendText(message.toString(), true)
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
    return answer;
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
  }
}
