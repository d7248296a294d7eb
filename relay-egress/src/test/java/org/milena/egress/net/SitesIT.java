package org.milena.egress.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.event.MailPointer;
import org.milena.egress.job.Consignment;
import org.milena.egress.outcome.AttemptOutcome;
import org.milena.egress.outcome.AttemptOutcome.Again;
import org.milena.egress.outcome.AttemptOutcome.Failed;
import org.milena.egress.outcome.AttemptOutcome.Relayed;
import org.milena.egress.outcome.AttemptOutcome.SetAside;
import org.milena.egress.outcome.Happening;
import org.milena.testkit.sink.SinkAction;
import org.milena.testkit.sink.SinkMta;
import org.milena.testkit.sink.SinkOptions;
import org.milena.testkit.sink.SinkPhase;
import org.milena.testkit.sink.SinkRules;

/** Egress towards hosts that behave and hosts that do not. */
class SitesIT {
  private static final String TEXT = "Message-ID: <m@x>\r\nSubject: s\r\n\r\nbody\r\n";

  private final SinkRules rules = new SinkRules();
  private SinkMta sink;
  private NetFixture net;

  @BeforeEach
  void start() {
    sink = SinkMta.start(SinkOptions.standard().withPolicy(rules));
    net = new NetFixture(NetFixture.settings(true)).route("x.example", sink.port());
  }

  @AfterEach
  void stop() {
    net.close();
    sink.close();
  }

  private static String[] people(int number) {
    return IntStream.range(0, number).mapToObj(i -> "p" + i + "@x.example").toArray(String[]::new);
  }

  private static String summary(@Nullable AttemptOutcome outcome) {
    return switch (outcome) {
      case null -> "nothing";
      case Relayed _ -> "relayed";
      case Again(var status, _, _, _) -> "again " + status;
      case Failed(var status, _, _) -> "failed " + status;
      case SetAside _ -> "set aside";
    };
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "CONNECT, 421 4.3.2 busy,        again 4.3.2",
    "CONNECT, 554 5.3.2 no service,  again 4.3.2",
    "EHLO,    421 4.3.2 busy,        again 4.3.2",
    "MAIL,    451 4.3.0 later,       again 4.3.0",
    "MAIL,    550 5.7.1 no,          failed 5.7.1",
    "RCPT,    450 4.2.0 greylisted,  again 4.2.0",
    "RCPT,    550 5.1.1 unknown,     failed 5.1.1",
    "DATA,    451 4.3.0 later,       again 4.3.0",
    "DATA,    554 5.7.1 no,          failed 5.7.1",
    "DOT,     452 4.3.1 full,        again 4.3.1",
    "DOT,     550 5.7.1 spam,        failed 5.7.1",
    "MAIL,    421 4.7.0 slow down,   again 4.7.0",
    "RCPT,    421 4.7.0 slow down,   again 4.7.0",
    "DATA,    421 4.7.0 slow down,   again 4.7.0",
    "DOT,     421 4.7.0 slow down,   again 4.7.0",
    "MAIL,    nonsense,              again 4.5.0",
  })
  void judgesWhatAHostSays(SinkPhase phase, String reply, String expected) throws Exception {
    rules.on(phase, new SinkAction.ReplyAndClose(reply));
    net.send(net.message(TEXT), false, "p@x.example");
    assertThat(summary(net.await(1).get("p"))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "cut at {0}: {1}")
  @CsvSource({
    "CONNECT, again 4.4.2",
    "EHLO,    again 4.4.2",
    "MAIL,    again 4.4.2",
    "RCPT,    again 4.4.2",
    "DATA,    again 4.4.2",
    "DOT,     again 4.4.2",
  })
  void survivesACutAtAnyPhase(SinkPhase phase, String expected) throws Exception {
    rules.on(phase, SinkAction.drop());
    net.send(net.message(TEXT), false, "p@x.example");
    AttemptOutcome outcome = net.await(1).get("p");
    assertThat(summary(outcome)).isEqualTo(expected);
    if (phase == SinkPhase.DOT) {
      assertThat(String.valueOf(outcome)).contains("may arrive twice");
      assertThat(sink.report().cutAfterDot()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "silent at {0}")
  @CsvSource({"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "DOT"})
  void doesNotWaitForEver(SinkPhase phase) throws Exception {
    rules.on(phase, new SinkAction.Silence());
    net.send(net.message(TEXT), false, "p@x.example");
    assertThat(summary(net.await(1).get("p"))).isEqualTo("again 4.4.2");
  }

  @Test
  void readsUglyRepliesWithinLimits() throws Exception {
    rules
        .on(SinkPhase.MAIL, new SinkAction.Raw("250-one\n250-tw\u00f6\n250 three\n"))
        .on(
            SinkPhase.DOT,
            "",
            0,
            1,
            new SinkAction.Raw("250-" + "x".repeat(30_000) + "\r\n250 ok\r\n"))
        .on(
            SinkPhase.DOT,
            "",
            0,
            1,
            new SinkAction.Raw("250-x\r\n".repeat(300_000) + "250 ok\r\n"));
    net.send(net.message(TEXT), false, "a@x.example");
    assertThat(summary(net.await(1).get("a"))).isEqualTo("relayed");
    net.send(net.message(TEXT), false, "b@x.example");
    assertThat(summary(net.await(2).get("b"))).isEqualTo("again 4.5.0");
  }

  @Test
  void tellsTheOutcomeOfEachRecipient() throws Exception {
    rules
        .on(SinkPhase.RCPT, "p1@", SinkAction.reply("550 5.1.1 gone"))
        .on(SinkPhase.RCPT, "p2@", SinkAction.reply("451 4.2.0 later"));
    net.send(net.message(TEXT), false, people(4));
    Map<String, AttemptOutcome> outcomes = net.await(4);
    assertThat(outcomes.values().stream().map(SitesIT::summary).sorted())
        .containsExactly("again 4.2.0", "failed 5.1.1", "relayed", "relayed");
    assertThat(sink.report().recipients()).isEqualTo(2);
  }

  @Test
  void sendsTheRestAtOnceWhenThereAreTooManyRecipients() throws Exception {
    SinkMta small =
        SinkMta.start(
            SinkOptions.standard()
                .withPolicy(
                    new org.milena.testkit.sink.SinkPolicy() {
                      private final Map<String, Integer> counts =
                          new java.util.concurrent.ConcurrentHashMap<>();

                      @Override
                      public SinkAction at(
                          SinkPhase phase, String argument, long connection, int message) {
                        String transaction = connection + "/" + message;
                        return phase == SinkPhase.RCPT
                                && counts.merge(transaction, 1, Integer::sum) > 10
                            ? SinkAction.reply("452 4.5.3 too many recipients")
                            : SinkAction.accept();
                      }
                    }));
    try (small) {
      net.route("x.example", small.port());
      net.send(net.message(TEXT), false, people(45));
      assertThat(net.await(45).values()).allMatch(Relayed.class::isInstance);
      assertThat(small.report().duplicates()).isZero();
      assertThat(small.report().messages()).isBetween(5L, 12L);
    }
  }

  @Test
  void goesOnOverAnotherConnectionAfter421BetweenMessages() throws Exception {
    SinkMta strict =
        SinkMta.start(
            SinkOptions.standard()
                .withPolicy((phase, _, _, message) ->
                    phase == SinkPhase.MAIL && message >= 3
                        ? new SinkAction.ReplyAndClose("421 4.7.0 enough for one connection")
                        : SinkAction.accept()));
    try (strict) {
      net.route("x.example", strict.port());
      net.send(net.message(TEXT), true, people(30));
      assertThat(net.await(30).values()).allMatch(Relayed.class::isInstance);
      assertThat(strict.report().duplicates()).isZero();
      assertThat(strict.report().connections()).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void keepsAConnectionForTheNextMail() throws Exception {
    net.send(net.message(TEXT), false, "a@x.example");
    net.await(1);
    net.send(net.message(TEXT), false, "b@x.example");
    net.await(2);
    assertThat(sink.report().connections()).isEqualTo(1);
  }

  @Test
  void noticesThatAKeptConnectionWasClosed() throws Exception {
    net.send(net.message(TEXT), false, "a@x.example");
    net.await(1);
    sink.cutConnections();
    net.send(net.message(TEXT), false, "b@x.example");
    assertThat(summary(net.await(2).get("b"))).isEqualTo("relayed");
    assertThat(sink.report().duplicates()).isZero();
  }

  @Test
  void triesTheNextHost() throws Exception {
    SinkMta refusing =
        SinkMta.start(
            SinkOptions.standard()
                .withPolicy(
                    new SinkRules().on(SinkPhase.CONNECT, SinkAction.reply("554 5.3.2 not here"))));
    int closedPort;
    try (ServerSocket closed = new ServerSocket(0)) {
      closedPort = closed.getLocalPort();
    }
    try (refusing) {
      net.route("x.example", closedPort, refusing.port(), sink.port());
      net.send(net.message(TEXT), false, "a@x.example");
      assertThat(summary(net.await(1).get("a"))).isEqualTo("relayed");
    }
  }

  @Test
  void leavesASiteAloneThatCannotBeReached_andComesBack() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    net.route("x.example", port);
    net.send(net.message(TEXT), true, people(50));
    Map<String, AttemptOutcome> outcomes = net.await(50);
    assertThat(outcomes.values()).allMatch(one -> summary(one).equals("again 4.4.1"));
    assertThat(net.told(Happening.Suspended.class::isInstance))
        .as("most were not tried one by one")
        .isGreaterThan(30);
    assertThat(net.sites.hasRoom("x.example")).isFalse();
    try (SinkMta back = SinkMta.start(SinkOptions.standard().withPort(port))) {
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (!net.sites.hasRoom("x.example") && System.nanoTime() < end) {
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      }
      net.send(net.message(TEXT), false, "late@x.example");
      assertThat(summary(net.await(51).get("late"))).isEqualTo("relayed");
      assertThat(back.report().messages()).isEqualTo(1);
    }
  }

  @Test
  void aSlowSiteKeepsNobodyElseWaiting() throws Exception {
    SinkMta slow =
        SinkMta.start(
            SinkOptions.standard()
                .withPolicy(
                    new SinkRules()
                        .on(
                            SinkPhase.DOT,
                            new SinkAction.Delay(Duration.ofSeconds(1), SinkAction.accept()))));
    try (slow) {
      net.route("slow.example", slow.port());
      String[] many =
          IntStream.range(0, 150).mapToObj(i -> "s" + i + "@slow.example").toArray(String[]::new);
      net.send(net.message(TEXT), true, many);
      assertThat(net.told(Happening.Crowded.class::isInstance))
          .as("more than may wait are put off at once")
          .isEqualTo(50);
      long began = System.nanoTime();
      net.send(net.message(TEXT), true, people(20));
      sink.await(Duration.ofSeconds(20), report -> report.recipients() == 20);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
      Map<String, AttemptOutcome> outcomes = net.await(170);
      assertThat(
              outcomes.values().stream().filter(one -> summary(one).equals("again 4.4.5")).count())
          .as("the rest is put off after two seconds")
          .isGreaterThan(100);
    }
  }

  @Test
  void setsADeliveryAsideWhoseMessageIsGone() throws Exception {
    MailPointer gone =
        new MailPointer(net.message(TEXT).position(), net.message("else").mailId(), "00");
    net.send(gone, true, people(20));
    assertThat(net.await(20).values()).allMatch(SetAside.class::isInstance);
    assertThat(sink.report().connections()).isZero();
  }

  @Test
  void tellsThatADomainDoesNotExist() throws Exception {
    net.send(net.message(TEXT), false, "a@nowhere.example");
    assertThat(summary(net.await(1).get("a"))).isEqualTo("failed 5.1.2");
  }

  @Test
  void encryptsWithWhomeverOffersIt(@TempDir Path folder) throws Exception {
    try (SinkMta secret =
        SinkMta.start(SinkOptions.standard().withPolicy(rules).withTls(selfSigned(folder)))) {
      net.route("x.example", secret.port());
      net.send(net.message(TEXT), false, "a@x.example");
      assertThat(summary(net.await(1).get("a"))).isEqualTo("relayed");
      assertThat(secret.messages().getFirst().secured()).isTrue();

      rules.on(SinkPhase.STARTTLS, SinkAction.reply("454 4.7.0 not now"));
      secret.cutConnections();
      net.send(net.message(TEXT), false, "b@x.example");
      assertThat(summary(net.await(2).get("b"))).isEqualTo("relayed");
      assertThat(secret.messages().get(1).secured()).isFalse();

      rules.clear();
      rules.on(SinkPhase.STARTTLS, new SinkAction.Raw("220 go on\r\n250 injected\r\n"));
      secret.cutConnections();
      net.send(net.message(TEXT), false, "c@x.example");
      assertThat(summary(net.await(3).get("c")))
          .as("in the clear, after a new start")
          .isEqualTo("relayed");
      assertThat(secret.messages().get(2).secured()).isFalse();
    }
  }

  private static SSLContext selfSigned(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                System.getProperty("java.home")
                    + File.separator
                    + "bin"
                    + File.separator
                    + "keytool",
                "-genkeypair",
                "-alias",
                "mx",
                "-keyalg",
                "EC",
                "-dname",
                "CN=other.example",
                "-validity",
                "1",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void smugglesNothingOut() throws Exception {
    List<String> vectors =
        List.of(
            "\n.\n",
            "\n.\r\n",
            "\r\n.\n",
            "\r.\r",
            "\r.\r\n",
            "\r\n.\r",
            "\r\r\n.\r\n",
            "\n\n.\r\n",
            "\r\n\n.\r\n",
            "\0\r\n.\r\n",
            "\r\n.\r\n");
    int number = 0;
    for (String vector : vectors) {
      String text =
          "Message-ID: <v"
              + number
              + "@x>\r\n\r\nbefore"
              + vector
              + "MAIL FROM:<evil@x.example>\r\n"
              + "RCPT TO:<victim@x.example>\r\n"
              + "DATA\r\n"
              + "From: evil\r\n\r\n"
              + "x\r\n"
              + ".\r\n";
      net.send(net.message(text), false, "v" + number++ + "@x.example");
    }
    net.await(number);
    assertThat(sink.report().messages()).isEqualTo(number);
    assertThat(sink.report().bareLineEnds()).isZero();
    assertThat(sink.deliveries().keySet()).noneMatch(pair -> pair.contains("victim"));
  }

  @Test
  void letsGoOfAPartition() throws Exception {
    rules.on(SinkPhase.DOT, new SinkAction.Delay(Duration.ofMillis(300), SinkAction.accept()));
    Consignment consignment = net.send(net.message(TEXT), true, people(60));
    sink.await(Duration.ofSeconds(10), report -> report.recipients() > 0);
    net.sites.letGo(net.tenure, Duration.ofSeconds(5));
    long told = net.told(_ -> true);
    assertThat(told).isEqualTo(sink.report().recipients());
    assertThat(told).isLessThan(60);
    assertThat(consignment.withdrawn()).isTrue();
    assertThat(consignment.take(5)).isEmpty();
  }

  @Test
  void startsNothingWhileHeld() throws Exception {
    net.sites.hold(true);
    net.send(net.message(TEXT), true, people(5));
    java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
    assertThat(sink.report().transactions()).isZero();
    net.sites.hold(false);
    assertThat(net.await(5)).hasSize(5);
  }

  @Test
  void keepsConnectionsWhileHeldForLongerThanAnAnswerMayTake() throws Exception {
    net.send(net.message(TEXT), true, people(5));
    net.await(5);
    long connections = sink.report().connections();
    net.sites.hold(true);
    net.send(net.message(TEXT), true, "a@x.example", "b@x.example");
    java.util.concurrent.locks.LockSupport.parkNanos(2_500_000_000L);
    net.sites.hold(false);
    assertThat(net.await(7).values()).allMatch(Relayed.class::isInstance);
    assertThat(sink.report().connections()).isEqualTo(connections);
  }

  /** Postfix's own sink, where it is installed (package postfix). */
  @Test
  void speaksWithPostfixsSink() throws Exception {
    Path program = Path.of("/usr/sbin/smtp-sink");
    if (!Files.isExecutable(program)) {
      org.slf4j.LoggerFactory.getLogger(SitesIT.class)
          .warn("{} is not there: egress was not tried against it", program);
      assertThat(System.getenv("CI")).as("CI has smtp-sink").isNull();
      return;
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process peer =
        new ProcessBuilder(program.toString(), "-u", "nobody", "127.0.0.1:" + port, "100")
            .redirectErrorStream(true)
            .start();
    try {
      awaitPort(port);
      net.route("x.example", port);
      net.send(net.message(TEXT), true, people(90));
      net.send(net.message(TEXT), false, "one@x.example", "two@x.example");
      assertThat(net.await(92).values()).allMatch(Relayed.class::isInstance);
    } finally {
      peer.destroy();
    }
  }

  private static void awaitPort(int port) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < end) {
      try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException _) {
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      }
    }
    throw new AssertionError("nobody listens on " + port);
  }
}
