package org.milena.testkit.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailJson;

/**
 * The sink as a process of its own.
 *
 * <pre>
 * --port N         SMTP port; 0 for a free one (default)
 * --host ADDRESS   address to listen on (default 127.0.0.1)
 * --control N      HTTP port on the same address: GET /report, GET /deliveries, POST /reset, POST /cut
 * --report FILE    where the report goes on SIGTERM; without it, to standard output
 * --keep N         messages whose octets are kept (default 0)
 * --PHASE TEXT     what to answer at a phase, for instance --rcpt "450 4.2.0 Later"
 * </pre>
 *
 * The first line on standard output is {@code listening PORT}.
 */
public final class SinkMain {

  private SinkMain() {}

  /** Runs until it is told to end. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      given.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
    }
    SinkRules rules = new SinkRules();
    for (SinkPhase phase : SinkPhase.values()) {
      String text = given.get(phase.name().toLowerCase(Locale.ROOT));
      if (text != null) {
        rules.on(phase, SinkAction.reply(text));
      }
    }
    SinkMta sink =
        SinkMta.start(
            SinkOptions.standard()
                .withHost(given.getOrDefault("host", "127.0.0.1"))
                .withPort(Integer.parseInt(given.getOrDefault("port", "0")))
                .withKeep(Integer.parseInt(given.getOrDefault("keep", "0")))
                .withPolicy(rules));
    if (given.containsKey("control")) {
      control(sink, given);
    }
    print("listening " + sink.port() + "\n");
    CountDownLatch end = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  write(sink, given.get("report"));
                  end.countDown();
                }));
    end.await();
  }

  private static void control(SinkMta sink, Map<String, String> given) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.ofLiteral(given.getOrDefault("host", "127.0.0.1")),
                Integer.parseInt(given.getOrDefault("control", "0"))),
            10);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/report", exchange -> answer(exchange, MailJson.bytes(sink.report())));
    server.createContext(
        "/deliveries", exchange -> answer(exchange, MailJson.bytes(sink.deliveries())));
    server.createContext(
        "/reset",
        exchange -> {
          sink.reset();
          answer(exchange, MailJson.bytes(sink.report()));
        });
    server.createContext(
        "/cut",
        exchange -> {
          sink.cutConnections();
          answer(exchange, MailJson.bytes(sink.report()));
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void write(SinkMta sink, @Nullable String file) {
    String report = MailJson.text(sink.report()) + "\n";
    try {
      if (file == null) {
        print(report);
      } else {
        Files.writeString(Path.of(file), report);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Not through System.out, which may be captured or closed when a process ends. */
  private static void print(String text) throws IOException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
