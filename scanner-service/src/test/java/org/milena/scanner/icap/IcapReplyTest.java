package org.milena.scanner.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.icap.IcapSamples.CONTINUE;
import static org.milena.scanner.icap.IcapSamples.MAIL;
import static org.milena.scanner.icap.IcapSamples.NO_PREVIEW_204;
import static org.milena.scanner.icap.IcapSamples.PREVIEW_204;
import static org.milena.scanner.icap.IcapSamples.TEXT;
import static org.milena.scanner.icap.IcapSamples.UNMODIFIED;
import static org.milena.scanner.icap.IcapSamples.engine;
import static org.milena.scanner.icap.IcapSamples.givenBack;
import static org.milena.scanner.icap.IcapSamples.scan;
import static org.milena.scanner.icap.IcapSamples.specimen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.failure.OutageException;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;

/** What a reply means, and what none does. */
class IcapReplyTest {
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
  void aServiceThatDoesNotFindTheTestVirusIsOut() {
    try (FakeIcap server = FakeIcap.serving(NO_PREVIEW_204, (peer, _) -> peer.say(UNMODIFIED));
        IcapEngine engine = engine(server)) {
      assertThat(engine.probe())
          .isInstanceOfSatisfying(
              EngineState.Out.class, out -> assertThat(out.reason()).contains("test virus"));
    }
  }
}
