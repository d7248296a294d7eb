package org.milena.scanner.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.MailLog;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.authentication.arc.ArcValidator;
import org.milena.scanner.authentication.dkim.DkimVerifier;
import org.milena.scanner.authentication.dmarc.DmarcChecker;
import org.milena.scanner.authentication.iprev.IprevChecker;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.MapLookup;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.lookup.SlowLookup;
import org.milena.scanner.authentication.spf.SpfChecker;
import org.slf4j.MDC;

/** How long the checks of one mail take together, by a clock that stands still by itself. */
@Timeout(60)
class AuthenticatorTimeTest {

  private static final String US = "mx.lists.example.org";
  private static final Duration LOOKUP = Duration.ofSeconds(5);

  private static final Spf NO_SPF = new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", "");
  private static final Arc NO_ARC = new Arc(Result.NONE, 0, null, "");
  private static final Iprev NO_IPREV = new Iprev(Result.FAIL, null);

  private static final RawMessage NOBODYS = message("Subject: x");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final MapLookup zone = new MapLookup().policy("victim.com", "v=DMARC1; p=reject");

  @AfterEach
  void stop() {
    threads.close();
  }

  private static RawMessage message(String header) {
    return RawMessage.wrap((header + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MailMeta meta() {
    MailMeta plain = ReceivedMail.meta(ReceivedMail.nextId(), NOBODYS);
    return new MailMeta(
        plain.mailId(),
        plain.receivedAt(),
        ReversePath.of("bounces@stranger.com"),
        plain.recipients(),
        plain.body(),
        new ClientFacts("192.0.2.1", "mail.stranger.com", "ESMTPS", null, null),
        plain.sha256(),
        null);
  }

  private Authenticator authenticator(
      NameLookup names, InstantSource clock, Function<NameLookup, Checks> checks) {
    return new Authenticator(names, clock, threads, checks, US);
  }

  private static AuthenticationEvidence evidence(AuthenticationReport report) {
    return Objects.requireNonNull(report.evidence());
  }

  /** Checks that look up names until there is trouble, and then say so. */
  private static Checks asLongAsThereAreAnswers(NameLookup names, InstantSource clock) {
    return new Checks(
        (client, helo, path) -> {
          askTillTrouble(names);
          return new Spf(Result.TEMPERROR, Spf.Identity.MAIL_FROM, "stranger.com", "");
        },
        message -> {
          askTillTrouble(names);
          return List.of();
        },
        message -> {
          askTillTrouble(names);
          return NO_ARC;
        },
        client -> {
          askTillTrouble(names);
          return NO_IPREV;
        },
        new DmarcChecker(names, clock));
  }

  private static void askTillTrouble(NameLookup names) {
    while (!(names.txt("a.example") instanceof Answer.Trouble)) {
      Thread.onSpinWait();
    }
  }

  /** Each look-up waits until all four checks have one under way, and the time passes for all. */
  @Test
  void asksForAllChecksAtTheSameTimeUntilTheBudgetOfTheMailIsSpent() {
    var clock = new HandClock();
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    var together = new CyclicBarrier(4, () -> clock.pass(LOOKUP.minusMillis(100)));
    var names =
        new TxtOnly(name -> {
          asked.add(name);
          try {
            together.await();
          } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
          }
          return new Answer.NoData<>();
        });
    authenticator(names, clock, timed -> asLongAsThereAreAnswers(timed, clock))
        .check(meta(), NOBODYS);
    assertThat(asked).as("five rounds of 4.9 s, four checks").hasSize(20);
    assertThat(clock.passed())
        .isGreaterThan(Authenticator.BUDGET)
        .isLessThanOrEqualTo(Authenticator.BUDGET.plus(LOOKUP));
  }

  @Test
  void givesEachMailABudgetOfItsOwn() {
    var slow = new SlowLookup(zone, Instant.EPOCH, LOOKUP);
    Authenticator authenticator =
        authenticator(slow, slow, timed -> asLongAsThereAreAnswers(timed, slow));
    authenticator.check(meta(), NOBODYS);
    int once = slow.asked().size();
    assertThat(once).isBetween(4, 7);
    authenticator.check(meta(), NOBODYS);
    assertThat(slow.asked().size()).isBetween(once + 4, once + 7);
  }

  /** The real checks, and nothing but silence. */
  @Test
  void takesSilenceForATemporaryErrorAndNeverForAFailure() {
    for (String name :
        List.of(
            "stranger.com",
            "mail.stranger.com",
            "_dmarc.victim.com",
            "s._domainkey.victim.com",
            "t._domainkey.victim.com",
            "1.2.0.192.in-addr.arpa")) {
      zone.trouble(name);
    }
    var silent = new SlowLookup(zone, Instant.EPOCH, LOOKUP);
    var authenticator =
        authenticator(
            silent,
            silent,
            names ->
                new Checks(
                    new SpfChecker(names, US)::check,
                    new DkimVerifier(names, silent)::verify,
                    new ArcValidator(names, silent)::validate,
                    new IprevChecker(names, silent)::check,
                    new DmarcChecker(names, silent)));
    String signature =
        "DKIM-Signature: v=1; a=rsa-sha256; d=victim.com; s=%s; h=from;\r\n"
            + " bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\r\n";
    AuthenticationReport report =
        authenticator.check(
            meta(),
            message(signature.formatted("s") + signature.formatted("t") + "From: ann@victim.com"));
    assertThat(report.spf()).isEqualTo(Result.TEMPERROR);
    assertThat(report.dmarc()).isEqualTo(Result.TEMPERROR);
    assertThat(evidence(report).iprev().result()).isEqualTo(Result.TEMPERROR);
  }

  /** Forged mail does not become "unproven" because its sender's own names are slow. */
  @Test
  void asksForTheAuthorsPolicyBeforeStrangersUseUpTheTime() {
    var clock = new HandClock();
    var policyKnown = new CountDownLatch(2);
    var names =
        new TxtOnly(name -> {
          Answer<String> answer = zone.txt(name);
          policyKnown.countDown();
          return answer;
        });
    AuthenticationReport report =
        authenticator(
                names,
                clock,
                timed ->
                    new Checks(
                        (client, helo, path) ->
                            new Spf(Result.TEMPERROR, Spf.Identity.MAIL_FROM, "slow.com", ""),
                        message -> {
                          await(policyKnown);
                          clock.pass(Authenticator.BUDGET);
                          return List.of(
                              new Signature(
                                  Result.TEMPERROR, "slow.com", "s", "", List.of(), true, ""));
                        },
                        message -> NO_ARC,
                        client -> NO_IPREV,
                        new DmarcChecker(timed, clock)))
            .check(meta(), message("From: ann@victim.com"));
    assertThat(zone.asked()).containsExactly("_dmarc.victim.com", "_dmarc.com");
    assertThat(report.dmarc()).isEqualTo(Result.FAIL);
  }

  @Test
  void waitsForSpfAndDkimBeforeItSaysWhatDmarcMakesOfThem() {
    var dmarcAsked = new CountDownLatch(1);
    var names =
        new TxtOnly(name -> {
          dmarcAsked.countDown();
          return zone.txt(name);
        });
    AuthenticationReport report =
        authenticator(
                names,
                InstantSource.system(),
                timed ->
                    new Checks(
                        (client, helo, path) -> NO_SPF,
                        message -> {
                          await(dmarcAsked);
                          return List.of(
                              new Signature(
                                  Result.PASS, "victim.com", "s", "", List.of(), true, ""));
                        },
                        message -> NO_ARC,
                        client -> NO_IPREV,
                        new DmarcChecker(timed, InstantSource.system())))
            .check(meta(), message("From: ann@victim.com"));
    assertThat(report.dmarc()).isEqualTo(Result.PASS);
  }

  @Test
  void endsAllChecksWhenItsThreadIsInterrupted() throws Exception {
    var begun = new CountDownLatch(4);
    var ended = new CountDownLatch(4);
    var never = new CountDownLatch(1);
    var names =
        new TxtOnly(_ -> {
          begun.countDown();
          try {
            never.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            ended.countDown();
          }
          return new Answer.Trouble<>("interrupted");
        });
    Authenticator authenticator =
        authenticator(
            names,
            InstantSource.system(),
            timed -> asLongAsThereAreAnswers(timed, InstantSource.system()));
    var report = new CompletableFuture<AuthenticationReport>();
    var flag = new CompletableFuture<Boolean>();
    Thread checking =
        Thread.ofVirtual()
            .start(() -> {
              report.complete(authenticator.check(meta(), NOBODYS));
              flag.complete(Thread.currentThread().isInterrupted());
            });
    await(begun);
    checking.interrupt();
    assertThat(flag.get(30, TimeUnit.SECONDS)).as("still interrupted").isTrue();
    await(ended);
    assertThat(report.get().spf()).isEqualTo(Result.TEMPERROR);
    assertThat(report.get().dkim()).isEqualTo(Result.TEMPERROR);
    assertThat(report.get().dmarc()).isNotEqualTo(Result.FAIL);
  }

  @Test
  void takesChecksThatCannotBeginForATemporaryError() {
    Authenticator authenticator =
        authenticator(
            zone,
            InstantSource.system(),
            timed -> asLongAsThereAreAnswers(timed, InstantSource.system()));
    threads.shutdown();
    AuthenticationReport report = authenticator.check(meta(), message("From: ann@victim.com"));
    assertThat(report.spf()).isEqualTo(Result.TEMPERROR);
    assertThat(report.dkim()).isEqualTo(Result.TEMPERROR);
    assertThat(report.dmarc()).isEqualTo(Result.TEMPERROR);
    assertThat(evidence(report).arc().result()).isEqualTo(Result.TEMPERROR);
    assertThat(evidence(report).iprev().result()).isEqualTo(Result.TEMPERROR);
  }

  @Test
  void logsOfEveryCheckAreAboutTheMail() {
    List<String> about = Collections.synchronizedList(new ArrayList<>());
    MailMeta meta = meta();
    try (var _ = MailLog.about(meta.mailId())) {
      authenticator(
              zone,
              InstantSource.system(),
              timed ->
                  new Checks(
                      (client, helo, path) -> {
                        about.add(MDC.get(MailLog.MAIL_ID));
                        return NO_SPF;
                      },
                      message -> {
                        about.add(MDC.get(MailLog.MAIL_ID));
                        return List.of();
                      },
                      message -> NO_ARC,
                      client -> NO_IPREV,
                      new DmarcChecker(timed, InstantSource.system())))
          .check(meta, NOBODYS);
    }
    String id = meta.mailId().toString();
    assertThat(about).containsExactly(id, id);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stands still until somebody passes time. */
  private static final class HandClock implements InstantSource {
    private Instant now = Instant.EPOCH;

    @Override
    public synchronized Instant instant() {
      return now;
    }

    synchronized void pass(Duration time) {
      now = now.plus(time);
    }

    Duration passed() {
      return Duration.between(Instant.EPOCH, instant());
    }
  }

  /** Knows texts, and that there is nothing else. */
  private record TxtOnly(Function<String, Answer<String>> texts) implements NameLookup {

    @Override
    public Answer<String> txt(String name) {
      return texts.apply(name);
    }

    @Override
    public Answer<InetAddress> ipv4(String name) {
      return new Answer.NoData<>();
    }

    @Override
    public Answer<InetAddress> ipv6(String name) {
      return new Answer.NoData<>();
    }

    @Override
    public Answer<String> mx(String name) {
      return new Answer.NoData<>();
    }

    @Override
    public Answer<String> ptr(InetAddress address) {
      return new Answer.NoData<>();
    }
  }
}
