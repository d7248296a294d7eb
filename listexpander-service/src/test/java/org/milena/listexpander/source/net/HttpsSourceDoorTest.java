package org.milena.listexpander.source.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.listexpander.fake.HttpsHost;
import org.milena.listexpander.fake.SlowHosts;
import org.milena.listexpander.source.SourceDoor.Answer;
import org.milena.listexpander.source.SourceUrl;

/** Against a real server, whose certificate is good for members.test only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpsSourceDoorTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final List<String> resolved = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final List<HttpsSourceDoor> doors = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicLong flooded = new AtomicLong();
  private HttpsHost host;
  private List<InetAddress> addresses = List.of(LOOPBACK);

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    host = new HttpsHost(folder, "dns:members.test", this::answer);
  }

  @AfterEach
  void forget() {
    doors.forEach(HttpsSourceDoor::close);
    doors.clear();
    resolved.clear();
    asked.clear();
  }

  @AfterAll
  void stop() {
    over.countDown();
    host.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    switch (path) {
      case "/members.txt" -> {
        if ("\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
          exchange.sendResponseHeaders(304, -1);
        } else {
          exchange.getResponseHeaders().add("ETag", "\"v1\"");
          send(exchange, 200, "ann@a.example\n".getBytes(StandardCharsets.UTF_8));
        }
      }
      case "/redirect" -> {
        exchange.getResponseHeaders().add("Location", "https://127.0.0.1/secret");
        exchange.sendResponseHeaders(302, -1);
      }
      case "/long" -> send(exchange, 200, new byte[5_000]);
      case "/endless" -> {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          for (int i = 0; i < 1_000; i++) {
            out.write(new byte[1_000]);
          }
        }
      }
      case "/flood", "/flood404" -> {
        exchange.sendResponseHeaders(path.equals("/flood") ? 200 : 404, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          byte[] much = new byte[1 << 16];
          while (true) {
            out.write(much);
            flooded.addAndGet(much.length);
          }
        }
      }
      case "/garbage" -> send(exchange, 200, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
      case "/packed" -> {
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        send(exchange, 200, new byte[] {1, 2, 3});
      }
      case "/unasked" -> exchange.sendResponseHeaders(304, -1);
      case "/silent" -> await();
      case "/drip" -> {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('a');
        exchange.getResponseBody().flush();
        await();
      }
      default -> send(exchange, 404, new byte[0]);
    }
    exchange.close();
  }

  private void await() {
    try {
      assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void fetchesATextAndKnowsItAgain() {
    HttpsSourceDoor door = door(Set.of("members.test"), Duration.ofSeconds(20));
    assertThat(door.fetch(url("members.test", "/members.txt"), null))
        .isEqualTo(new Answer.Text("ann@a.example\n", "\"v1\""));
    assertThat(resolved).as("the name is resolved once").containsExactly("members.test");
    assertThat(door.fetch(url("members.test", "/members.txt"), "\"v1\""))
        .isEqualTo(new Answer.Same());
  }

  @Test
  void followsNoRedirect() {
    assertThat(fault("members.test", "/redirect")).contains("302");
    assertThat(asked).containsExactly("/redirect");
  }

  @Test
  void saysWhatTheServerAnswers() {
    assertThat(fault("members.test", "/nothing")).contains("404");
    assertThat(fault("members.test", "/unasked")).contains("304");
    assertThat(fault("members.test", "/garbage")).contains("UTF-8");
    assertThat(fault("members.test", "/packed")).contains("packs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/long", "/endless"})
  void takesNoMoreThanTheLimit(String path) {
    assertThat(fault("members.test", path)).contains("more than 1,000 octets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/silent", "/drip"})
  void waitsForASlowServerNoLongerThanTheLimit(String path) {
    HttpsSourceDoor door = door(Set.of("members.test"), Duration.ofSeconds(2));
    assertThat(door.fetch(url("members.test", path), null))
        .isEqualTo(new Answer.Fault("The server is too slow."));
  }

  @Test
  void connectsToNoPrivateAddressUnlessAnOperatorNamedTheHost() {
    HttpsSourceDoor door = door(Set.of(), Duration.ofSeconds(20));
    for (String host : List.of("members.test", "127.0.0.1", "[::1]", "2130706433")) {
      assertThat(door.fetch(url(host, "/members.txt"), null))
          .as(host)
          .isInstanceOfSatisfying(
              Answer.Fault.class, fault -> assertThat(fault.reason()).contains("public net"));
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void believesNoCertificateForAnotherName() {
    assertThat(fault("other.test", "/members.txt")).contains("certificate");
    assertThat(asked).isEmpty();
  }

  @Test
  void saysTheSameOfNoHostAndOfOneOfOurNet() {
    String fault = fault("nowhere.test", "/members.txt");
    assertThat(fault).contains("no such host");
    assertThat(door(Set.of(), Duration.ofSeconds(20)).fetch(url("inside.test", "/"), null))
        .isEqualTo(new Answer.Fault(fault));
  }

  @Test
  void saysTheSameOfAClosedPortAndOfOneThatSpeaksNoTls() throws IOException {
    HttpsSourceDoor door = door(Set.of("members.test"), Duration.ofSeconds(20));
    int nobodys;
    try (ServerSocket none = new ServerSocket(0, 1, LOOPBACK)) {
      nobodys = none.getLocalPort();
    }
    Answer closed = door.fetch(url("members.test", nobodys, "/"), null);
    try (SlowHosts plain = new SlowHosts()) {
      int port = plain.at("greets");
      assertThat(door.fetch(url("members.test", port, "/"), null))
          .isEqualTo(closed)
          .isInstanceOfSatisfying(
              Answer.Fault.class,
              fault -> assertThat(fault.reason()).doesNotContain("certificate"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent drips", "drips silent", "drips drips", "silent silent drips"})
  void whoeverIsSlowInTheHandshakeEndsWithTheLimit(String manners) throws Exception {
    try (SlowHosts slow = new SlowHosts()) {
      int port = slow.at(manners.split(" "));
      addresses = slow.addresses();
      HttpsSourceDoor door = door(Set.of("members.test"), Duration.ofSeconds(2));
      assertThat(
              CompletableFuture.supplyAsync(
                      () -> door.fetch(url("members.test", port, "/members.txt"), null))
                  .get(60, TimeUnit.SECONDS))
          .isEqualTo(new Answer.Fault("The server is too slow."));
    } finally {
      addresses = List.of(LOOPBACK);
    }
  }

  @Test
  void connectsToNoMoreThanTwoOfTheAddresses() throws Exception {
    try (SlowHosts slow = new SlowHosts()) {
      int port = slow.at("hangs-up", "hangs-up", "hangs-up");
      addresses = slow.addresses();
      HttpsSourceDoor door = door(Set.of("members.test"), Duration.ofSeconds(20));
      assertThat(door.fetch(url("members.test", port, "/"), null)).isInstanceOf(Answer.Fault.class);
      assertThat(slow.accepted()).isLessThanOrEqualTo(2);
    } finally {
      addresses = List.of(LOOPBACK);
    }
  }

  @ParameterizedTest
  @CsvSource({"/flood, It has more than", "/flood404, The server answers 404."})
  void endsAnAnswerThatHasNoEnd(String path, String why) {
    assertThat(fault("members.test", path)).startsWith(why);
    assertThat(flooded).hasValueLessThan(20_000_000);
  }

  private String fault(String host, String path) {
    HttpsSourceDoor door =
        door(Set.of("members.test", "other.test", "nowhere.test"), Duration.ofSeconds(20));
    return door.fetch(url(host, path), null) instanceof Answer.Fault(var reason) ? reason : "";
  }

  private HttpsSourceDoor door(Set<String> hosts, Duration total) {
    HttpsSourceDoor door =
        new HttpsSourceDoor(
            this::resolve,
            new HttpsSourceDoor.Limits(hosts, 1_000, Duration.ofSeconds(10), total),
            host.trusting());
    doors.add(door);
    return door;
  }

  private List<InetAddress> resolve(String host) {
    resolved.add(host);
    return host.equals("nowhere.test") ? List.of() : addresses;
  }

  private SourceUrl url(String host, String path) {
    return url(host, this.host.port(), path);
  }

  private static SourceUrl url(String host, int port, String path) {
    return ((SourceUrl.Result.Valid) SourceUrl.parse("https://%s:%d%s".formatted(host, port, path)))
        .url();
  }
}
