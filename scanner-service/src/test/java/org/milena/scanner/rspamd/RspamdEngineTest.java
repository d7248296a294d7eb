package org.milena.scanner.rspamd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.Specimen;

/** What the real rspamd does not do, or not on demand. */
@Timeout(120)
class RspamdEngineTest {

  private static final String CLEAN =
      "{\"is_skipped\":false,\"score\":0,\"required_score\":15,\"action\":\"no action\","
          + "\"symbols\":{},\"time_real\":0.01}";
  private static final Specimen MAIL = Specimen.probe(SampleMail.mail("\r\nhello\r\n"));

  private static HttpServer server(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", handler);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private static HttpHandler answering(int status, String body) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      byte[] octets = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
      exchange.getResponseBody().write(octets);
      exchange.close();
    };
  }

  private static RspamdEngine engine(int port, String password, Duration limit) {
    return new RspamdEngine(
        RspamdAddress.of("http://127.0.0.1:" + port), password, limit, RspamdEngine.TASK_TIMEOUT);
  }

  private static RspamdEngine engine(HttpServer server) {
    return engine(server.getAddress().getPort(), "", Duration.ofSeconds(20));
  }

  @Test
  void tellsTheEnvelopeAndNeverNamesAFile() throws Exception {
    AtomicReference<Map<String, List<String>>> headers = new AtomicReference<>(Map.of());
    AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
    HttpServer server =
        server(exchange -> {
          headers.set(new TreeMap<>(exchange.getRequestHeaders()));
          body.set(exchange.getRequestBody().readAllBytes());
          byte[] octets = CLEAN.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Server", "rspamd/3.4");
          exchange.sendResponseHeaders(200, octets.length);
          exchange.getResponseBody().write(octets);
          exchange.close();
        });
    MailMeta meta =
        ReceivedMail.meta(
            ReceivedMail.nextId(),
            MAIL.message(),
            ReceivedMail.post(ReceivedMail.USERS),
            ReceivedMail.post(ReceivedMail.DEV));
    ClientFacts client =
        new ClientFacts(
            "192.0.2.1", "evil\r\nFile: /etc/passwd", "ESMTPSA", null, "Miléna\n\u202e");
    MailMeta hostile =
        new MailMeta(
            meta.mailId(),
            meta.receivedAt(),
            meta.reversePath(),
            meta.recipients(),
            meta.body(),
            client,
            meta.sha256(),
            null);
    try (RspamdEngine engine =
        engine(server.getAddress().getPort(), "geheim", Duration.ofSeconds(20))) {
      assertThat(engine.scan(Specimen.of(hostile, MAIL.message())))
          .isInstanceOf(EngineVerdict.Rated.class);
      assertThat(engine.version()).isEqualTo("rspamd/3.4");
    } finally {
      server.stop(0);
    }
    assertThat(RawMessage.wrap(body.get())).isEqualTo(MAIL.message());
    assertThat(headers.get())
        .containsEntry("Queue-id", List.of(meta.mailId().toString()))
        .containsEntry("From", List.of("<milena@example.org>"))
        .containsEntry("Rcpt", List.of("<users@lists.example.org>", "<dev@lists.example.org>"))
        .containsEntry("Ip", List.of("192.0.2.1"))
        .containsEntry("Helo", List.of("evil??File: /etc/passwd"))
        .containsEntry("User", List.of("Mil?na??"))
        .containsEntry("Pass", List.of("all"))
        .containsEntry("Password", List.of("geheim"))
        .doesNotContainKeys("File", "Shm", "Path");
  }

  @Test
  void aProbeTellsNoEnvelope() throws Exception {
    AtomicReference<Set<String>> names = new AtomicReference<>(Set.of());
    HttpServer server =
        server(exchange -> {
          names.set(Set.copyOf(exchange.getRequestHeaders().keySet()));
          answering(200, CLEAN).handle(exchange);
        });
    try (RspamdEngine engine = engine(server)) {
      engine.scan(MAIL);
    } finally {
      server.stop(0);
    }
    assertThat(names.get()).doesNotContain("From", "Rcpt", "Ip", "Helo", "User", "Password");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 400, 403, 404, 500, 503})
  void anyOtherStatusIsNotScanned(int status) throws IOException {
    HttpServer server = server(answering(status, status == 204 ? "" : CLEAN));
    try (RspamdEngine engine = engine(server)) {
      assertThatThrownBy(() -> engine.scan(MAIL))
          .isInstanceOf(NotScannedException.class)
          .hasMessageContaining(String.valueOf(status));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAnswerWithoutEndIsNotScanned() throws IOException {
    HttpServer server =
        server(exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 0);
          byte[] more = new byte[64 * 1024];
          while (true) {
            exchange.getResponseBody().write(more);
          }
        });
    try (RspamdEngine engine = engine(server)) {
      assertThatThrownBy(() -> engine.scan(MAIL)).isInstanceOf(NotScannedException.class);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"action\":\"no action\"",
        "SMTP\r\n",
      })
  void anAnswerThatIsCutIsNotScanned(String answer) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        RspamdEngine engine = engine(listener.getLocalPort(), "", Duration.ofSeconds(20))) {
      var playing =
          threads.submit(() -> {
            try (var socket = listener.accept()) {
              byte[] start = socket.getInputStream().readNBytes(50);
              socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
              socket.shutdownOutput();
              return start.length
                  + socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            }
          });
      assertThatThrownBy(() -> engine.scan(MAIL)).isInstanceOf(NotScannedException.class);
      assertThat(playing).isNotNull();
    }
  }

  /** The head comes in time, the rest never. */
  @Test
  void oneThatHangsWithinItsAnswerIsNotScanned() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server =
        server(exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try (RspamdEngine engine = engine(server.getAddress().getPort(), "", Duration.ofMillis(500))) {
      assertThatThrownBy(() -> engine.scan(MAIL))
          .isInstanceOf(NotScannedException.class)
          .hasMessageContaining("no answer within PT0.5S");
    } finally {
      over.countDown();
      server.stop(0);
    }
  }

  @Test
  void anInterruptEndsAScan() throws Exception {
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server =
        server(exchange -> {
          within.countDown();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    AtomicReference<String> outcome = new AtomicReference<>("");
    try (RspamdEngine engine = engine(server)) {
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  outcome.set(engine.scan(MAIL).toString());
                } catch (NotScannedException e) {
                  outcome.set(String.valueOf(e.getMessage()));
                }
              });
      within.await();
      thread.interrupt();
      thread.join();
    } finally {
      over.countDown();
      server.stop(0);
    }
    assertThat(outcome.get()).contains("interrupted");
  }

  @Test
  void oneThatDoesNotKnowTheTestSpamIsOut() throws IOException {
    HttpServer server =
        server(exchange ->
            answering(200, exchange.getRequestURI().getPath().equals("/ping") ? "pong\r\n" : CLEAN)
                .handle(exchange));
    try (RspamdEngine engine = engine(server)) {
      assertThat(engine.probe())
          .isInstanceOfSatisfying(
              EngineState.Out.class, out -> assertThat(out.reason()).contains("GTUBE"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void oneThatIsAnotherServerIsOut() throws IOException {
    HttpServer server = server(answering(200, "<html>It works!</html>"));
    try (RspamdEngine engine = engine(server)) {
      assertThat(engine.probe())
          .isInstanceOfSatisfying(
              EngineState.Out.class, out -> assertThat(out.reason()).contains("ping"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nobodyThereIsOut() {
    for (String nobody : List.of("http://127.0.0.1:1", "http://no-such-host.invalid")) {
      try (RspamdEngine engine =
          new RspamdEngine(RspamdAddress.of(nobody), "", RspamdEngine.TASK_TIMEOUT)) {
        assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
        assertThatThrownBy(() -> engine.scan(MAIL))
            .isInstanceOf(OutageException.class)
            .hasMessageStartingWith(nobody);
      }
    }
  }

  /** It may be the mail that ends it, and the client tries again where nobody listens any more. */
  @Test
  void oneThatEndsOverAMailHasNotScannedIt() throws Exception {
    Specimen large = Specimen.probe(SampleMail.mail("\r\n" + "x".repeat(20 << 20)));
    ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    try (listener;
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        RspamdEngine engine = engine(listener.getLocalPort(), "", Duration.ofSeconds(20))) {
      var playing =
          threads.submit(() -> {
            try (var socket = listener.accept()) {
              listener.close();
              return socket.getInputStream().readNBytes(100_000).length;
            }
          });
      assertThatThrownBy(() -> engine.scan(large)).isInstanceOf(NotScannedException.class);
      assertThat(playing.get()).isEqualTo(100_000);
    }
  }

  @Test
  void oneThatDoesNotSpeakTlsIsOut() throws IOException {
    HttpServer server = server(answering(200, CLEAN));
    try (RspamdEngine engine =
        new RspamdEngine(
            RspamdAddress.of("https://127.0.0.1:" + server.getAddress().getPort()),
            "",
            RspamdEngine.TASK_TIMEOUT)) {
      assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
    } finally {
      server.stop(0);
    }
  }
}
