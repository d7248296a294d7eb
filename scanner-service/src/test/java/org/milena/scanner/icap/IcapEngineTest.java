package org.milena.scanner.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.Specimen;

/** What the real services do not do, or not on demand. */
@Timeout(120)
class IcapEngineTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String PREVIEW = "Methods: RESPMOD\r\nISTag: \"a\"\r\nPreview: 16\r\n";
  private static final String PREVIEW_204 = PREVIEW + "Allow: 204\r\n";
  private static final String NO_PREVIEW_204 =
      "Methods: REQMOD, RESPMOD\r\nISTag: \"a\"\r\nAllow: 204\r\n";
  private static final String UNMODIFIED = "ICAP/1.0 204 Unmodified\r\nISTag: \"a\"\r\n\r\n";
  private static final String CONTINUE = "ICAP/1.0 100 Continue\r\n\r\n";
  private static final String HTTP_OK = "HTTP/1.1 200 OK\r\n\r\n";

  private static final String TEXT = SampleMail.text(SampleMail.mail("\r\nhello, hello\r\n"));
  private static final Specimen MAIL = specimen(TEXT);

  private static Specimen specimen(String text) {
    return Specimen.probe(RawMessage.wrap(SampleMail.bytes(text)));
  }

  private static IcapEngine engine(FakeIcap server) {
    return new IcapEngine("icap", server.address(), LIMIT, InstantSource.system());
  }

  private static EngineVerdict scan(String options, FakeIcap.Answer answer, Specimen mail)
      throws NotScannedException {
    try (FakeIcap server = FakeIcap.serving(options, answer);
        IcapEngine engine = engine(server)) {
      return engine.scan(mail);
    }
  }

  private static String givenBack(String body) {
    return "ICAP/1.0 200 OK\r\nISTag: \"a\"\r\nEncapsulated: res-hdr=0, res-body="
        + HTTP_OK.length()
        + "\r\n\r\n"
        + HTTP_OK
        + chunked(body)
        + "0\r\n\r\n";
  }

  private static String chunked(String body) {
    var chunks = new StringBuilder();
    for (int at = 0; at < body.length(); at += 7) {
      String chunk = body.substring(at, Math.min(body.length(), at + 7));
      chunks.append(Integer.toHexString(chunk.length())).append("; x=y\r\n");
      chunks.append(chunk).append("\r\n");
    }
    return chunks.toString();
  }

  @Test
  void sendsThePreviewAndTheRestWhenTheServiceWantsIt() throws NotScannedException {
    List<FakeIcap.Request> seen = new ArrayList<>();
    EngineVerdict verdict =
        scan(
            PREVIEW_204,
            (peer, request) -> {
              seen.add(request);
              peer.say(CONTINUE);
              seen.add(peer.rest());
              peer.say(UNMODIFIED);
            },
            MAIL);
    assertThat(verdict).isEqualTo(new EngineVerdict.Clean());
    assertThat(seen.getFirst().head())
        .startsWith("RESPMOD icap://127.0.0.1:")
        .contains("/avscan ICAP/1.0\r\n")
        .contains("\r\nAllow: 204\r\n")
        .contains("\r\nPreview: 16\r\n")
        .contains("\r\nContent-Type: message/rfc822\r\n")
        .contains("\r\nContent-Length: " + TEXT.length() + "\r\n");
    assertThat(seen.getFirst().body()).isEqualTo(TEXT.substring(0, 16));
    assertThat(seen.getFirst().all()).isFalse();
    assertThat(seen.getLast().body()).isEqualTo(TEXT.substring(16));
  }

  @Test
  void saysThatThePreviewIsAllWhenItIs() throws NotScannedException {
    List<FakeIcap.Request> seen = new ArrayList<>();
    FakeIcap.Answer answer =
        (peer, request) -> {
          seen.add(request);
          peer.say(UNMODIFIED);
        };
    for (String text : List.of("", "A: b\r\n\r\n", "0123456789abcdef")) {
      assertThat(scan(PREVIEW, answer, specimen(text))).isEqualTo(new EngineVerdict.Clean());
      assertThat(seen.getLast().body()).isEqualTo(text);
      assertThat(seen.getLast().all()).isTrue();
    }
  }

  @Test
  void theOffsetsOfTheRequestAreRight() throws NotScannedException {
    AtomicReference<String> head = new AtomicReference<>("");
    scan(
        NO_PREVIEW_204,
        (peer, request) -> {
          head.set(request.head());
          peer.say(UNMODIFIED);
        },
        MAIL);
    String encapsulated = head.get().substring(head.get().indexOf("\r\n\r\n") + 4);
    int response = encapsulated.indexOf("HTTP/1.1 200 OK");
    assertThat(head.get())
        .contains(
            "Encapsulated: req-hdr=0, res-hdr=" + response + ", res-body=" + encapsulated.length())
        .doesNotContain("Preview");
  }

  @Test
  void unchangedAfterAnUnfinishedPreviewIsUnscannable() throws NotScannedException {
    assertThat(scan(PREVIEW_204, (peer, _) -> peer.say(UNMODIFIED), MAIL))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void unchangedOutsideOfAPreviewIsNotScannedUnlessAllowed() {
    FakeIcap.Answer answer =
        (peer, _) -> {
          peer.say(CONTINUE);
          peer.rest();
          peer.say(UNMODIFIED);
        };
    assertThatThrownBy(() -> scan(PREVIEW, answer, MAIL))
        .isInstanceOf(NotScannedException.class)
        .hasMessageContaining("not allowed");
  }

  @Test
  void aMessageGivenBackIsCleanOnlyWhenNotAnOctetDiffers() throws NotScannedException {
    String options = "Methods: RESPMOD\r\n";
    assertThat(scan(options, (peer, r) -> peer.say(givenBack(r.body())), MAIL))
        .isEqualTo(new EngineVerdict.Clean());
    for (String other :
        List.of(
            "",
            TEXT.substring(1),
            TEXT.substring(0, TEXT.length() - 1),
            TEXT + "x",
            TEXT.replace("hello, hello", "hello, hallo"))) {
      assertThatThrownBy(() -> scan(options, (peer, _) -> peer.say(givenBack(other)), MAIL))
          .as(other)
          .isInstanceOf(NotScannedException.class)
          .hasMessageContaining("another message");
    }
  }

  /** Both would wait for each other if we sent first and read then. */
  @Test
  void takesALargeMessageBackWhileItStillSendsIt() throws NotScannedException {
    String large = TEXT + "x".repeat(16 << 20);
    FakeIcap.Answer streaming = (peer, r) -> peer.say(givenBack(r.body()));
    try (FakeIcap server =
            new FakeIcap(peer -> {
              peer.request();
              peer.say("ICAP/1.0 200 OK\r\nMethods: RESPMOD\r\n\r\n");
              String head = "";
              while (!head.contains("\r\n\r\nHTTP/1.1 200 OK") || !head.endsWith("\r\n\r\n")) {
                head += (char) peer.in().read();
              }
              peer.say(
                  "ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0, res-body="
                      + HTTP_OK.length()
                      + "\r\n\r\n"
                      + HTTP_OK);
              peer.in().transferTo(peer.out());
            });
        IcapEngine engine = engine(server)) {
      assertThat(engine.scan(specimen(large))).isEqualTo(new EngineVerdict.Clean());
    }
    assertThat(scan("Methods: RESPMOD\r\n", streaming, specimen(large)))
        .isEqualTo(new EngineVerdict.Clean());
  }

  private static final String FOUND =
      "ICAP/1.0 200 OK\r\nX-Infection-Found: Type=0; Resolution=2; Threat=Bad;\r\n"
          + "Encapsulated: res-hdr=0, res-body=26\r\n\r\n"
          + "HTTP/1.1 403 Forbidden\r\n\r\n4\r\npage\r\n0\r\n\r\n";

  /** A service that has enough of a mail does not read on. */
  @Test
  void readsAReplyThatComesBeforeAllWasSent() throws NotScannedException {
    Specimen large = specimen(TEXT + "x".repeat(16 << 20));
    for (String reply : List.of(FOUND, UNMODIFIED)) {
      CountDownLatch over = new CountDownLatch(1);
      try (FakeIcap server =
              new FakeIcap(peer -> {
                peer.request();
                peer.say("ICAP/1.0 200 OK\r\n" + NO_PREVIEW_204 + "\r\n");
                assertThat(peer.in().read()).isEqualTo('R');
                peer.say(reply);
                try {
                  over.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
          IcapEngine engine = engine(server)) {
        EngineVerdict verdict;
        try {
          verdict = engine.scan(large);
        } finally {
          over.countDown();
        }
        if (reply.equals(FOUND)) {
          assertThat(verdict).isEqualTo(new EngineVerdict.Infected("Bad"));
        } else {
          assertThat(verdict).isInstanceOf(EngineVerdict.Unscannable.class);
        }
      }
    }
  }

  @Test
  void aFindCountsWhateverFollowsIt() throws NotScannedException {
    for (String rest : List.of("", "Encapsulated: nonsense\r\n", "Encapsulated: res-body=0\r\n")) {
      assertThat(
              scan(
                  PREVIEW_204,
                  (peer, _) -> {
                    peer.say("ICAP/1.0 200 OK\r\nX-Virus-ID: Bad\r\n" + rest + "\r\n");
                    throw new IOException("enough");
                  },
                  MAIL))
          .isEqualTo(new EngineVerdict.Infected("Bad"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 206, 301, 400, 403, 404, 405, 408, 418, 500, 501, 503, 505})
  void anyOtherStatusIsNotScanned(int status) {
    assertThatThrownBy(() ->
            scan(NO_PREVIEW_204, (peer, _) -> peer.say("ICAP/1.0 " + status + " No\r\n\r\n"), MAIL))
        .isInstanceOf(NotScannedException.class)
        .hasMessageContaining(String.valueOf(status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ICAP/1.0 200 OK\r\nMethods: REQMOD\r\n\r\n",
        "ICAP/1.0 200 OK\r\n\r\n",
        "ICAP/1.0 404 Service not found\r\n\r\n",
        "HTTP/1.1 200 OK\r\nMethods: RESPMOD\r\n\r\n",
        "220 mail.example.org ESMTP\r\n",
        "",
      })
  void aServiceThatDoesNotSayWhatItIsIsOut(String options) {
    try (FakeIcap server =
            new FakeIcap(peer -> {
              peer.request();
              peer.say(options);
            });
        IcapEngine engine = engine(server)) {
      assertThatThrownBy(() -> engine.scan(MAIL))
          .isInstanceOf(OutageException.class)
          .hasMessageStartingWith(server.address().text());
      assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
      assertThat(engine.version()).isEmpty();
    }
  }

  @Test
  void aReplyCutAnywhereIsNeverClean() {
    for (String whole :
        List.of(UNMODIFIED, givenBack(TEXT), CONTINUE + UNMODIFIED, CONTINUE + givenBack(TEXT))) {
      for (int cut = 0; cut < whole.length(); cut += whole.length() > 150 ? 3 : 1) {
        String part = whole.substring(0, cut);
        try (FakeIcap server =
                new FakeIcap(peer -> {
                  FakeIcap.Request request = peer.request();
                  while (request.head().startsWith("OPTIONS ")) {
                    peer.say("ICAP/1.0 200 OK\r\n" + PREVIEW_204 + "\r\n");
                    request = peer.request();
                  }
                  peer.say(part);
                });
            IcapEngine engine = engine(server)) {
          assertThatThrownBy(() -> engine.scan(MAIL))
              .as("%d octets of %s", cut, whole)
              .isInstanceOf(NotScannedException.class);
        }
      }
    }
  }

  @Test
  void noReplyMakesItFailOrHang() {
    Random random = new Random(7);
    String[] seeds = {UNMODIFIED, givenBack(TEXT), CONTINUE + UNMODIFIED, FOUND, CONTINUE + FOUND};
    AtomicReference<String> reply = new AtomicReference<>("");
    try (FakeIcap hostile =
            FakeIcap.serving(
                PREVIEW_204,
                (peer, _) -> {
                  peer.say(reply.get());
                  throw new IOException("enough");
                });
        IcapEngine engine = engine(hostile)) {
      for (int i = 0; i < 1500; i++) {
        String seed = seeds[random.nextInt(seeds.length)];
        reply.set(mutated(seed, random));
        String outcome = "";
        try {
          outcome = engine.scan(MAIL).verdict().toString();
        } catch (NotScannedException e) {
          outcome = "NOT_SCANNED";
        }
        // nobody ever wanted the rest, so nobody can have called all of it clean
        if (!reply.get().contains("100")) {
          assertThat(outcome).as(reply.get()).isNotEqualTo("CLEAN");
        }
      }
    }
  }

  private static String mutated(String seed, Random random) {
    byte[] octets = seed.getBytes(StandardCharsets.ISO_8859_1);
    for (int n = random.nextInt(4); n >= 0 && octets.length > 0; n--) {
      int at = random.nextInt(octets.length);
      switch (random.nextInt(4)) {
        case 0 -> octets[at] = (byte) random.nextInt(256);
        case 1 -> octets = java.util.Arrays.copyOf(octets, at);
        case 2 -> octets[at] = (byte) "0159 :;\r\n\t-=,".charAt(random.nextInt(13));
        default -> {
          byte[] twice = java.util.Arrays.copyOf(octets, octets.length + at);
          System.arraycopy(octets, 0, twice, octets.length, at);
          octets = twice;
        }
      }
    }
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({"head", "line", "trailers"})
  void aReplyWithoutEndIsNotScanned(String where) {
    String start =
        switch (where) {
          case "head" -> "ICAP/1.0 204 No\r\n";
          case "line" -> "ICAP/1.0 204 No\r\nX: ";
          default -> givenBack(TEXT).replaceFirst("0\r\n\r\n$", "0\r\n");
        };
    assertThatThrownBy(() ->
            scan(
                NO_PREVIEW_204,
                (peer, _) -> {
                  peer.say(start);
                  while (true) {
                    peer.say(where.equals("line") ? "x".repeat(1000) : "X-Y: z\r\n");
                  }
                },
                MAIL))
        .isInstanceOf(NotScannedException.class);
  }

  @Test
  void oneThatHangsIsNotScanned() {
    try (FakeIcap server = FakeIcap.serving(NO_PREVIEW_204, (peer, _) -> peer.request());
        IcapEngine engine =
            new IcapEngine(
                "icap", server.address(), Duration.ofMillis(300), InstantSource.system())) {
      assertThatThrownBy(() -> engine.scan(MAIL))
          .isInstanceOf(NotScannedException.class)
          .hasMessageContaining("no answer within PT0.3S");
    }
  }

  @Test
  void anInterruptEndsAScan() throws Exception {
    CountDownLatch within = new CountDownLatch(1);
    try (FakeIcap server =
            FakeIcap.serving(
                NO_PREVIEW_204,
                (peer, _) -> {
                  within.countDown();
                  peer.request();
                });
        IcapEngine engine = engine(server)) {
      AtomicReference<String> outcome = new AtomicReference<>("");
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
      assertThat(outcome.get()).contains("interrupted");
    }
  }

  @Test
  void anotherTagIsAnotherVersionAndAsksForTheOptionsAgain() throws NotScannedException {
    AtomicReference<String> tag = new AtomicReference<>("one");
    AtomicInteger asked = new AtomicInteger();
    try (FakeIcap server =
            new FakeIcap(peer -> {
              while (true) {
                boolean options = peer.request().head().startsWith("OPTIONS ");
                if (options) {
                  asked.incrementAndGet();
                }
                peer.say(
                    (options
                            ? "ICAP/1.0 200 OK\r\n"
                                + "Methods: RESPMOD\r\n"
                                + "Allow: 204\r\n"
                                + "Service: X 1\r\n"
                            : "ICAP/1.0 204 OK\r\n")
                        + "ISTag: \""
                        + tag.get()
                        + "\"\r\n\r\n");
              }
            });
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      engine.scan(MAIL);
      assertThat(engine.version()).isEqualTo("X 1 one");
      assertThat(asked).hasValue(1);
      tag.set("two");
      engine.scan(MAIL);
      assertThat(engine.version()).isEqualTo("X 1 two");
      engine.scan(MAIL);
      assertThat(asked).hasValue(2);
      assertThat(server.taken()).isEqualTo(1);
    }
  }

  @Test
  void optionsAreAskedAgainWhenTheyAreOld() throws NotScannedException {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    AtomicInteger asked = new AtomicInteger();
    try (FakeIcap server =
            new FakeIcap(peer -> {
              while (true) {
                boolean options = peer.request().head().startsWith("OPTIONS ");
                asked.addAndGet(options ? 1 : 0);
                peer.say(
                    options
                        ? "ICAP/1.0 200 OK\r\nOptions-TTL: 60\r\n" + NO_PREVIEW_204 + "\r\n"
                        : UNMODIFIED);
              }
            });
        IcapEngine engine = new IcapEngine("icap", server.address(), LIMIT, now::get)) {
      engine.scan(MAIL);
      now.set(Instant.EPOCH.plusSeconds(59));
      engine.scan(MAIL);
      assertThat(asked).hasValue(1);
      now.set(Instant.EPOCH.plusSeconds(60));
      engine.scan(MAIL);
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void goesOnWithAnotherConnectionWhereAKeptOneWasClosed() throws NotScannedException {
    try (FakeIcap server = FakeIcap.serving(NO_PREVIEW_204, (peer, _) -> peer.say(UNMODIFIED));
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      engine.scan(MAIL);
      assertThat(server.taken()).isEqualTo(1);
      server.hangUp();
      assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
      assertThat(server.taken()).isEqualTo(2);
    }
  }

  @Test
  void whereNobodyAnswersAnyMoreNobodyWasAsked() throws NotScannedException {
    FakeIcap server = FakeIcap.serving(NO_PREVIEW_204, (peer, _) -> peer.say(UNMODIFIED));
    try (server;
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      server.close();
      assertThatThrownBy(() -> engine.scan(MAIL))
          .isInstanceOf(OutageException.class)
          .hasMessageStartingWith(server.address().text());
      assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
      assertThat(engine.version()).isEqualTo("a");
    }
  }

  @Test
  void nobodyThereIsAnOutage() {
    for (String nobody : List.of("icap://127.0.0.1:1/avscan", "icap://no-such-host.invalid/a")) {
      try (IcapEngine engine =
          new IcapEngine("icap", IcapAddress.of(nobody), InstantSource.system())) {
        assertThatThrownBy(() -> engine.scan(MAIL)).isInstanceOf(OutageException.class);
        assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
        assertThat(engine.version()).isEmpty();
      }
    }
  }

  /** Before whoever waits for the verdict gives up, and takes the mail to be the reason. */
  @Test
  void oneThatDoesNotSayWhatItIsIsOutSoon() {
    try (FakeIcap server =
            new FakeIcap(peer -> {
              peer.request();
              peer.request();
            });
        IcapEngine engine = engine(server)) {
      assertThatThrownBy(() -> engine.scan(MAIL))
          .isInstanceOf(OutageException.class)
          .hasMessageContaining("no answer within PT5S");
    }
  }

  /** It may be the mail that ends the service. */
  @Test
  void aServiceThatEndsOverAMailOnAKeptConnectionHasNotScannedIt() {
    AtomicReference<FakeIcap> running = new AtomicReference<>();
    CountDownLatch set = new CountDownLatch(1);
    try (FakeIcap server =
            FakeIcap.serving(
                NO_PREVIEW_204,
                (_, _) -> {
                  try {
                    set.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  running.get().refuse();
                  throw new IOException("it ends");
                });
        IcapEngine engine = engine(server)) {
      running.set(server);
      set.countDown();
      assertThatThrownBy(() -> engine.scan(MAIL)).isInstanceOf(NotScannedException.class);
    }
  }

  @Test
  void triesAMailAgainThatGotNoAnswerOnAKeptConnection() throws NotScannedException {
    AtomicInteger mails = new AtomicInteger();
    try (FakeIcap server =
            FakeIcap.serving(
                NO_PREVIEW_204,
                (peer, _) -> {
                  if (mails.incrementAndGet() == 2) {
                    throw new IOException("closes just now");
                  }
                  peer.say(UNMODIFIED);
                });
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
      assertThat(mails).hasValue(3);
      assertThat(server.taken()).isEqualTo(2);
    }
  }

  @Test
  void anotherTagIsNoticedWithinAMinuteWithoutAScan() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    AtomicReference<String> tag = new AtomicReference<>("ISTag: \"one\"\r\n");
    AtomicInteger asked = new AtomicInteger();
    FakeIcap server =
        new FakeIcap(peer -> {
          while (true) {
            peer.request();
            asked.incrementAndGet();
            peer.say("ICAP/1.0 200 OK\r\nMethods: RESPMOD\r\nService: X\r\n" + tag + "\r\n");
          }
        });
    try (server;
        IcapEngine engine = new IcapEngine("icap", server.address(), LIMIT, now::get)) {
      assertThat(engine.version()).isEqualTo("X one");
      tag.set("ISTag: \"two\"\r\n");
      now.set(Instant.EPOCH.plusSeconds(59));
      assertThat(engine.version()).isEqualTo("X one");
      assertThat(asked).hasValue(1);
      now.set(Instant.EPOCH.plusSeconds(60));
      assertThat(engine.version()).isEqualTo("X two");
      assertThat(engine.version()).isEqualTo("X two");
      assertThat(asked).hasValue(2);

      for (String none : List.of("", "ISTag: \"" + "x".repeat(1000) + "\"\r\n")) {
        tag.set(none);
        now.set(now.get().plusSeconds(60));
        assertThat(engine.version()).as(none).isEmpty();
      }
      tag.set("ISTag: \"two\"\r\n");
      now.set(now.get().plusSeconds(60));
      assertThat(engine.version()).isEqualTo("X two");

      server.close();
      now.set(now.get().plusSeconds(60));
      assertThat(engine.version()).as("nobody is there").isEqualTo("X two");
    }
  }

  @Test
  void whoWantsTheVersionWaitsForNobodyElseWhoAsks() throws Exception {
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    try (FakeIcap server =
            new FakeIcap(peer -> {
              peer.request();
              asked.incrementAndGet();
              within.countDown();
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              peer.say("ICAP/1.0 200 OK\r\n" + NO_PREVIEW_204 + "\r\n");
            });
        IcapEngine engine = engine(server);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(engine::version);
      within.await();
      assertThat(engine.version()).isEmpty();
      assertThat(first).isNotDone();
      over.countDown();
      assertThat(first.get()).isEqualTo("a");
      assertThat(asked).hasValue(1);
    } finally {
      over.countDown();
    }
  }

  @Test
  void keepsNoConnectionThatTheServiceCloses() throws NotScannedException {
    try (FakeIcap server =
            FakeIcap.serving(
                "Connection: close\r\n" + NO_PREVIEW_204,
                (peer, _) -> peer.say("ICAP/1.0 204 No\r\nConnection: Close\r\n\r\n"));
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      engine.scan(MAIL);
      assertThat(server.taken()).isEqualTo(3);
    }
  }

  @Test
  void neverHasMoreConnectionsThanTheServiceAllows() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (FakeIcap server =
            FakeIcap.serving(
                NO_PREVIEW_204 + "Max-Connections: 2\r\n",
                (peer, _) -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  Thread.yield();
                  now.decrementAndGet();
                  peer.say(UNMODIFIED);
                });
        IcapEngine engine = engine(server);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      engine.scan(MAIL);
      Callable<EngineVerdict> scan = () -> engine.scan(MAIL);
      for (var verdict : threads.invokeAll(Collections.nCopies(50, scan))) {
        assertThat(verdict.get()).isEqualTo(new EngineVerdict.Clean());
      }
      assertThat(most.get()).isLessThanOrEqualTo(2);
      assertThat(server.taken()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aServiceThatDoesNotFindTheTestVirusIsOut() {
    try (FakeIcap server = FakeIcap.serving(NO_PREVIEW_204, (peer, _) -> peer.say(UNMODIFIED));
        IcapEngine engine = engine(server)) {
      assertThat(engine.probe())
          .isInstanceOfSatisfying(
              EngineState.Out.class, out -> assertThat(out.reason()).contains("test virus"));
    }
  }
}
