package org.milena.listexpander.migration.mailman3.net;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Answers as Mailman 3 does: single things, and collections in pages. */
final class FakeMailman implements AutoCloseable {
  static final String USER = "restadmin";
  static final String PASSWORD = "restpass";

  private final HttpServer server;
  private final String version;
  private final Map<String, String> things = new ConcurrentHashMap<>();
  private final Map<String, List<String>> collections = new ConcurrentHashMap<>();
  final List<String> asked = new ArrayList<>();

  FakeMailman(String version) {
    this.version = version;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
    thing("system/versions", "{'mailman_version':'GNU Mailman 3.3.8','self_link':'x'}");
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  FakeMailman thing(String path, String json) {
    things.put(path, json.replace('\'', '"'));
    return this;
  }

  FakeMailman collection(String path, String... entries) {
    collections.put(path, Arrays.stream(entries).map(e -> e.replace('\'', '"')).toList());
    return this;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    asked.add(exchange.getRequestMethod() + " " + uri);
    String basic = exchange.getRequestHeaders().getFirst("Authorization");
    // restadmin:restpass
    if (!"Basic cmVzdGFkbWluOnJlc3RwYXNz".equals(basic)) {
      answer(exchange, 401, "{\"title\":\"Unauthorized\"}");
      return;
    }
    String root = "/" + version + "/";
    String path = uri.getPath().startsWith(root) ? uri.getPath().substring(root.length()) : "?";
    String query = Objects.requireNonNullElse(uri.getQuery(), "");
    boolean paged = query.startsWith("count=");
    if (path.equals("elsewhere")) {
      exchange.getResponseHeaders().set("Location", url() + "/3.1/system/versions");
      answer(exchange, 302, "");
    } else if (path.equals("hangs-up")) {
      exchange.close();
    } else if (things.containsKey(path)) {
      // versions before the question refuse it
      String thing = query.isEmpty() ? things.get(path) : things.get(path + "?" + query);
      answer(exchange, thing == null ? 400 : 200, thing == null ? "{}" : thing);
    } else if (collections.containsKey(path) && paged) {
      answer(exchange, 200, page(collections.getOrDefault(path, List.of()), query));
    } else {
      answer(exchange, 404, "{\"title\":\"404 Not Found\"}");
    }
  }

  /** {@code count=2&page=1}; a page without entries has no such field. */
  private static String page(List<String> all, String query) {
    int count = Integer.parseInt(query.replaceAll(".*count=(\\d+).*", "$1"));
    int page = Integer.parseInt(query.replaceAll(".*page=(\\d+).*", "$1"));
    int from = Math.min(all.size(), (page - 1) * count);
    List<String> some = all.subList(from, Math.min(all.size(), from + count));
    return "{%s\"http_etag\":\"x\",\"start\":%d,\"total_size\":%d}"
        .formatted(
            some.isEmpty() ? "" : "\"entries\":[" + String.join(",", some) + "],",
            from,
            all.size());
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
