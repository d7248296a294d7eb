package org.milena.scanner.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.failure.UnfitException;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.LookupListener;
import org.milena.scanner.authentication.lookup.LookupListener.Ending;
import org.milena.testkit.dns.TestNameServer;
import org.milena.testkit.dns.TestZone;

/** The resolver against a name server on loopback; time of keeping is moved by hand. */
class DnsLookupTest {
  private static final Duration LIMIT = Duration.ofSeconds(24); // a busy machine asks once too
  private static final Duration SHORT = Duration.ofMillis(600);

  private final LaterByHand probes = new LaterByHand();
  private final List<Ending> endings = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong ahead = new AtomicLong();
  private final TestZone zone = new TestZone().address("good.example", "192.0.2.7");
  private final TestNameServer server = TestNameServer.start(zone);
  private final DnsLookup names = lookup(LIMIT, server.address());
  private final DnsLookup impatient = lookup(SHORT, server.address());

  private DnsLookup lookup(Duration limit, String... servers) {
    return new DnsLookup(
        new NameServers(List.of(servers), limit, this::nanos, probes),
        limit,
        this::nanos,
        endings::add,
        probes::stop);
  }

  private long nanos() {
    return System.nanoTime() + ahead.get();
  }

  private void pass(Duration time) {
    ahead.addAndGet(time.toNanos());
    probes.pass(time);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Duration took(Runnable action) {
    long began = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  void asksOnceForAsLongAsTheZoneAllows() {
    zone.ttl(Duration.ofSeconds(60)).txt("kept.example", "x");
    assertThat(names.txt("kept.example").orNone()).containsExactly("x");
    pass(Duration.ofSeconds(50));
    assertThat(names.txt("KEPT.example.").orNone()).containsExactly("x");
    assertThat(server.queries("kept.example", "TXT")).isEqualTo(1);

    pass(Duration.ofSeconds(11));
    assertThat(names.txt("kept.example").orNone()).containsExactly("x");
    assertThat(server.queries("kept.example", "TXT")).isEqualTo(2);
  }

  @Test
  void keepsNothingThatTheZoneForbidsToKeep() {
    zone.ttl(Duration.ZERO).txt("fleeting.example", "x");
    names.txt("fleeting.example");
    names.txt("fleeting.example");
    assertThat(server.queries("fleeting.example", "TXT")).isEqualTo(2);
  }

  @Test
  void keepsAnAliasNoLongerThanItsShortestPart() {
    zone.ttl(Duration.ofSeconds(5)).cname("short.example", "good.example");
    assertThat(names.ipv4("short.example").orNone()).hasSize(1);
    pass(Duration.ofSeconds(6));
    names.ipv4("short.example");
    assertThat(server.queries("short.example", "A")).isEqualTo(2);
  }

  @Test
  void keepsThatThereIsNone() {
    zone.negativeTtl(Duration.ofSeconds(60));
    for (int i = 0; i < 3; i++) {
      assertThat(names.txt("none.example")).isEqualTo(new Answer.NoName<>());
      assertThat(names.txt("good.example")).isEqualTo(new Answer.NoData<>());
    }
    assertThat(server.queries()).isEqualTo(2);

    pass(Duration.ofSeconds(61));
    zone.txt("none.example", "now there is");
    assertThat(names.txt("none.example").orNone()).containsExactly("now there is");
  }

  @Test
  void keepsThatThereIsNoneForAnHourAtMost() {
    zone.negativeTtl(Duration.ofDays(7));
    names.txt("none.example");
    pass(Duration.ofMinutes(61));
    names.txt("none.example");
    assertThat(server.queries("none.example", "TXT")).isEqualTo(2);
  }

  @Test
  void callsServfailAndRefusedTrouble() {
    zone.servfail("broken.example").refuse("refused.example");
    assertThat(names.txt("broken.example"))
        .isInstanceOfSatisfying(
            Answer.Trouble.class, trouble -> assertThat(trouble.reason()).contains("SERVFAIL"));
    assertThat(names.ptr(InetAddress.ofLiteral("192.0.2.1"))).isEqualTo(new Answer.NoName<>());
    assertThat(names.mx("refused.example"))
        .isInstanceOfSatisfying(
            Answer.Trouble.class, trouble -> assertThat(trouble.reason()).contains("REFUSED"));
  }

  @Test
  void remembersTroubleForAWhileAndThenAsksAgain() {
    zone.servfail("broken.example");
    names.txt("broken.example");
    zone.heal("broken.example").txt("broken.example", "whole");
    assertThat(names.txt("broken.example")).isInstanceOf(Answer.Trouble.class);
    assertThat(server.queries("broken.example", "TXT")).isEqualTo(1);

    pass(Duration.ofSeconds(31));
    assertThat(names.txt("broken.example").orNone()).containsExactly("whole");
  }

  @Test
  void triesAgainWithinItsLimitAndThenCallsSilenceTrouble() {
    zone.silence("silent.example");
    Duration took =
        took(() -> assertThat(impatient.txt("silent.example")).isInstanceOf(Answer.Trouble.class));
    assertThat(took).isBetween(SHORT.minusMillis(50), SHORT.plusSeconds(2));
    assertThat(server.queries("silent.example", "TXT")).isBetween(2, 3);
    assertThat(took(() -> impatient.txt("silent.example"))).isLessThan(Duration.ofMillis(300));
  }

  /** Whatever it waits for at first is over when the answer comes. */
  @Test
  void takesAnAnswerThatIsThereWhenItAsksAgain() {
    zone.txt("slow.example", "x").delay("slow.example", Duration.ofMillis(600));
    DnsLookup patient = lookup(Duration.ofSeconds(6), server.address());
    assertThat(patient.txt("slow.example").orNone()).containsExactly("x");
    assertThat(server.queries("slow.example", "TXT")).isGreaterThan(1);
  }

  @Test
  void waitsForALateAnswer() {
    zone.txt("late.example", "x").delay("late.example", Duration.ofMillis(100));
    assertThat(names.txt("late.example").orNone()).containsExactly("x");
  }

  @Test
  void asksOverTcpWhatDoesNotFit() {
    String text = "v=spf1 " + "ip4:192.0.2.1 ".repeat(300);
    zone.txt("large.example", text).txt("cut.example", "x").truncate("cut.example");
    assertThat(names.txt("large.example").orNone()).containsExactly(text);
    assertThat(names.txt("cut.example").orNone()).containsExactly("x");
    assertThat(server.queriesOverTcp()).isEqualTo(2);
  }

  @Test
  void leavesOutTextThatIsTooLong() {
    zone.txt("huge.example", "x".repeat(20_000)).txt("mixed.example", "y".repeat(20_000));
    zone.txt("mixed.example", "z");
    assertThat(names.txt("huge.example")).isEqualTo(new Answer.NoData<>());
    assertThat(names.txt("mixed.example").orNone()).containsExactly("z");
  }

  @Test
  void readsTextAsUtf8AndWhatIsNoneAsReplacement() {
    zone.txt("letters.example", "grüße").txt("odd.example", "a\u0080b".getBytes(ISO_8859_1));
    assertThat(names.txt("letters.example").orNone()).containsExactly("grüße");
    assertThat(names.txt("odd.example").orNone()).containsExactly("a\uFFFDb");
  }

  @Test
  void doesNotAskForWhatIsNoName() {
    names.txt("");
    names.txt("a..example");
    names.txt("x".repeat(64) + ".example");
    assertThat(server.queries()).isZero();
  }

  @Test
  void asksTheNextServerWhenOneIsAwayOrHelpless() {
    try (var second = TestNameServer.start(new TestZone().txt("there.example", "x"))) {
      zone.servfail("there.example");
      assertThat(lookup(LIMIT, server.address(), second.address()).txt("there.example").orNone())
          .containsExactly("x");
      DnsLookup away = lookup(LIMIT, server.address(), second.address());
      server.close();
      assertThat(away.txt("there.example").orNone()).containsExactly("x");
      assertThat(away.ipv4("there.example")).isEqualTo(new Answer.NoData<>());
    }
  }

  @Test
  void endsAtOnceWhileNoServerAnswersAndFindsWhenOneDoesAgain() {
    int port = server.port();
    server.close();
    for (int i = 0; i < 3; i++) {
      assertThat(names.txt("a" + i + ".example")).isInstanceOf(Answer.Trouble.class);
    }
    assertThat(names.isAway()).as("as long as the probe has not failed").isFalse();
    probes.runDue();
    assertThat(names.isAway()).isTrue();
    try (var back = TestNameServer.start(zone, port)) {
      assertThat(names.ipv4("good.example"))
          .isEqualTo(new Answer.Trouble<>("no name server answers"));
      assertThat(back.queries()).isZero();

      pass(NameServers.PAUSE);
      assertThat(names.isAway()).isFalse();
      assertThat(names.ipv4("good.example").orNone()).hasSize(1);
    }
  }

  @Test
  void goesOnAskingWhenOnlyAStrangersNamesAreSilent() {
    for (int i = 0; i < 5; i++) {
      zone.silence("dead" + i + ".example");
      assertThat(impatient.txt("dead" + i + ".example")).isInstanceOf(Answer.Trouble.class);
      probes.runDue();
    }
    assertThat(impatient.isAway()).isFalse();
    assertThat(impatient.ipv4("good.example").orNone()).hasSize(1);
  }

  @Test
  void doesNotSlowMailDownWithoutAnyServer() {
    zone.silent(true);
    for (int i = 0; i < 3; i++) {
      impatient.txt("a" + i + ".example");
    }
    probes.runDue();
    Duration took =
        took(() -> {
          for (int i = 0; i < 1000; i++) {
            assertThat(impatient.txt("b" + i + ".example")).isInstanceOf(Answer.Trouble.class);
          }
        });
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  /** With the thread of its own, which nothing moves by hand. */
  @Test
  @Timeout(60)
  void findsOutByItselfThatNoServerAnswers() {
    String address = server.address();
    server.close();
    try (var own = new DnsLookup(List.of(address), SHORT, LookupListener.NONE)) {
      for (int i = 0; i < 3; i++) {
        own.txt("a" + i + ".example");
      }
      while (!own.isAway()) {
        Thread.onSpinWait();
      }
      assertThat(own.txt("b.example")).isEqualTo(new Answer.Trouble<>("no name server answers"));
    }
  }

  @Test
  void probesNoMoreOnceItIsClosed() {
    names.close();
    zone.silent(true);
    for (int i = 0; i < 4; i++) {
      assertThat(impatient.txt("a" + i + ".example")).isInstanceOf(Answer.Trouble.class);
    }
    assertThat(probes.waiting()).isZero();
  }

  @Test
  void tellsWhatCameOfLookUpsThatMemoryCouldNotAnswer() {
    zone.servfail("broken.example");
    for (int i = 0; i < 2; i++) {
      names.ipv4("good.example");
      names.txt("good.example");
      names.txt("none.example");
      names.txt("broken.example");
      names.txt("no..name");
    }
    assertThat(endings)
        .containsExactly(Ending.ANSWERED, Ending.ANSWERED, Ending.ANSWERED, Ending.TROUBLE);
    endings.clear();

    zone.silent(true);
    for (int i = 0; i < 3; i++) {
      impatient.txt("a" + i + ".example");
    }
    probes.runDue();
    impatient.txt("b.example");
    impatient.txt("b.example");
    assertThat(endings)
        .containsExactly(
            Ending.TROUBLE, Ending.TROUBLE, Ending.TROUBLE, Ending.NOT_ASKED, Ending.NOT_ASKED);
  }

  @Test
  void asksOnceForManyWhoWantToKnowTheSame() throws InterruptedException, ExecutionException {
    zone.txt("busy.example", "x").delay("busy.example", Duration.ofMillis(150));
    var ready = new CountDownLatch(1);
    List<Future<Answer<String>>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        answers.add(
            threads.submit(() -> {
              ready.await();
              return names.txt("busy.example");
            }));
      }
      ready.countDown();
      for (Future<Answer<String>> answer : answers) {
        assertThat(answer.get().orNone()).containsExactly("x");
      }
    }
    assertThat(server.queries("busy.example", "TXT")).isEqualTo(1);
  }

  @Test
  void findsManyNamesAtOnce() throws InterruptedException, ExecutionException {
    int many = 2000;
    for (int i = 0; i < many; i++) {
      zone.txt("n" + i + ".many.example", "text " + i);
    }
    List<Future<Answer<String>>> answers = new ArrayList<>();
    Duration took;
    long began = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var atOnce = new Semaphore(100);
      for (int i = 0; i < many; i++) {
        String name = "n" + i + ".many.example";
        atOnce.acquire();
        answers.add(
            threads.submit(() -> {
              try {
                return names.txt(name);
              } finally {
                atOnce.release();
              }
            }));
      }
      for (int i = 0; i < many; i++) {
        assertThat(answers.get(i).get().orNone()).containsExactly("text " + i);
      }
      took = Duration.ofNanos(System.nanoTime() - began);
    }
    System.out.println(
        "DNS: " + many * 1000L / took.toMillis() + " look-ups a second over the wire");
  }

  @Test
  void letsAnotherAskWhenTheOneWhoAskedIsInterrupted() throws Exception {
    zone.txt("slow.example", "x").delay("slow.example", Duration.ofMillis(200));
    var first = new CompletableFuture<Answer<String>>();
    Thread asking = Thread.ofVirtual().start(() -> first.complete(names.txt("slow.example")));
    while (server.queries("slow.example", "TXT") == 0) {
      Thread.onSpinWait();
    }
    var second = new CompletableFuture<Answer<String>>();
    Thread.ofVirtual().start(() -> second.complete(names.txt("slow.example")));
    asking.interrupt();
    assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(new Answer.Trouble<>("interrupted"));
    assertThat(second.get(5, TimeUnit.SECONDS).orNone()).containsExactly("x");
  }

  @Test
  void refusesToStartWithWhatIsNoAddress() {
    for (String server : List.of("dns.example", "192.0.2.1:port", "192.0.2.1:0", "", ":53")) {
      assertThatThrownBy(() -> new DnsLookup(List.of(server)))
          .as(server)
          .isInstanceOf(UnfitException.class)
          .hasMessageContaining("milena.scanner.authentication.dns-servers");
    }
    new DnsLookup(List.of("192.0.2.1", "192.0.2.1:5353", "2001:db8::1"));
  }
}
