package org.milena.scanner.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.lookup.LookupListener;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.spf.SpfCorpus.Case;
import org.milena.scanner.authentication.spf.SpfCorpus.Scenario;
import org.milena.scanner.dns.DnsLookup;
import org.milena.testkit.dns.TestNameServer;
import org.milena.testkit.dns.TestZone;

/** Every test of openspf's suite, in memory and over the wire. */
class SpfCorpusTest {
  private static final String OUR_NAME = "mx.milena.example";

  /**
   * What the suite leaves open, or decides where the RFC does not, and what we make of it; each
   * must be as we say, so that a change of mind shows.
   */
  private static final Map<String, String> CONTESTED =
      Map.of(
          "p-macro-multiple", "PASS: a name below the domain is preferred (7.3, SHOULD)",
          "ptr-limit", "NEUTRAL: the first ten names are used in the order they came (4.6.4)",
          "cidr4-032", "PERMERROR: a prefix length has no leading zero (12)",
          "ptr-cname-loop", "NEUTRAL: a circle is an error, and no name of the domain has it (5.5)",
          "redirect-syntax-error", "PERMERROR: a known modifier is never an unknown one (A)",
          "exp-syntax-error", "PERMERROR: a known modifier is never an unknown one (A)",
          "exp-empty-domain", "PERMERROR: a domain-spec is never empty (12, against 6.2)");

  private record Outcome(String name, Case test, Verdict verdict) {
    Optional<String> difference() {
      if (!test.expected().contains(verdict.result())) {
        return Optional.of(
            name + ": " + verdict.result() + " (" + verdict.reason() + "), not " + test.expected());
      }
      String expected = test.explanation();
      if (expected == null) {
        return Optional.empty();
      }
      String given = verdict.explanation().isEmpty() ? "DEFAULT" : verdict.explanation();
      return given.equals(expected)
          ? Optional.empty()
          : Optional.of(name + ": \"" + given + "\", not \"" + expected + '"');
    }
  }

  @Test
  void judgesEachTestAsTheSuiteExpects() {
    List<Outcome> outcomes = new ArrayList<>();
    for (Scenario scenario : SpfCorpus.read().scenarios()) {
      outcomes.addAll(run(scenario, SpfCorpus.inMemory(scenario)));
    }
    List<String> different =
        outcomes.stream().map(Outcome::difference).flatMap(Optional::stream).toList();
    System.out.println(
        "SPF: "
            + (outcomes.size() - different.size())
            + " of "
            + outcomes.size()
            + " as expected, of them "
            + CONTESTED.size()
            + " contested");
    assertThat(different).isEmpty();
    assertThat(outcomes).hasSizeGreaterThanOrEqualTo(97);
    CONTESTED.forEach((name, ours) ->
        assertThat(outcomes.stream().filter(outcome -> outcome.name().equals(name)))
            .singleElement()
            .satisfies(outcome -> assertThat(ours).startsWith(outcome.verdict().result() + ":")));
  }

  @Test
  void judgesTheSameOverTheWire() {
    int all = 0;
    List<String> different = new ArrayList<>();
    for (Scenario scenario : SpfCorpus.read().scenarios()) {
      TestZone zone = SpfCorpus.onTheWire(scenario, TestZone::servfail);
      try (var server = TestNameServer.start(zone)) {
        for (Outcome outcome : run(scenario, new DnsLookup(List.of(server.address())))) {
          all++;
          outcome.difference().ifPresent(different::add);
        }
      }
    }
    System.out.println("SPF over the wire: " + (all - different.size()) + " of " + all);
    assertThat(different).isEmpty();
  }

  @Test
  void judgesRealSilenceOverTheWire() {
    for (Scenario scenario : SpfCorpus.read().scenarios()) {
      if (scenario.description().equals("Record lookup")) {
        TestZone zone = SpfCorpus.onTheWire(scenario, TestZone::silence);
        try (var server = TestNameServer.start(zone)) {
          var names =
              new DnsLookup(List.of(server.address()), Duration.ofMillis(600), LookupListener.NONE);
          assertThat(run(scenario, names).stream().map(Outcome::difference))
              .isNotEmpty()
              .containsOnly(Optional.empty());
        }
        return;
      }
    }
    throw new AssertionError("the scenario is gone");
  }

  /** What follows from RFC 7208: the file itself expects nothing. */
  @ParameterizedTest
  @CsvSource({
    "72.81.252.18, controlledmail.com, PASS",
    "208.43.65.50, controlledmail.com, PASS",
    "2607:f0d0:3001:aa::2, controlledmail.com, PASS",
    "192.0.2.1, controlledmail.com, FAIL",
    "66.39.138.46, kitterman.com, PASS",
    "66.39.138.47, kitterman.com, FAIL",
    "66.39.3.9, webmail.pair.com, PASS",
    "66.39.4.9, webmail.pair.com, NEUTRAL",
    "192.0.2.131, relay.pair.com, PASS",
    "192.0.2.1, parallel.kitterman.org, PERMERROR",
    "192.0.2.225, a.example.org, NONE",
    "192.0.2.225, b.example.org, NONE",
    "192.0.2.28, parallel.example.org, PERMERROR",
    "192.0.32.10, example.net, NONE"
  })
  void judgesByTheZoneOfPyspf(String client, String domain, Result expected) {
    var checker = new SpfChecker(SpfCorpus.pyspfZone(), OUR_NAME);
    assertThat(
            checker
                .evaluate(InetAddress.ofLiteral(client), "mail.example.net", "user", domain)
                .result())
        .isEqualTo(expected);
  }

  @Test
  void isQuickInMemory() {
    record Ready(SpfChecker checker, List<Case> cases) {}
    List<Ready> ready =
        SpfCorpus.read().scenarios().stream()
            .map(scenario ->
                new Ready(
                    new SpfChecker(SpfCorpus.inMemory(scenario), OUR_NAME),
                    List.copyOf(scenario.tests().values())))
            .toList();
    long checks = 0;
    long began = System.nanoTime();
    while (System.nanoTime() - began < Duration.ofSeconds(1).toNanos()) {
      for (Ready one : ready) {
        for (Case test : one.cases()) {
          evaluate(one.checker(), test);
          checks++;
        }
      }
    }
    long nanos = System.nanoTime() - began;
    System.out.println("SPF: " + checks * 1_000_000_000L / nanos + " checks a second in memory");
    assertThat(checks).isGreaterThan(100); // a floor that a busy machine reaches too
  }

  private static List<Outcome> run(Scenario scenario, NameLookup names) {
    var checker = new SpfChecker(names, OUR_NAME);
    List<Outcome> outcomes = new ArrayList<>();
    scenario
        .tests()
        .forEach((name, test) -> {
          Verdict verdict = evaluate(checker, test);
          outcomes.add(new Outcome(name, test, verdict));
          publicly(checker, name, test, verdict);
        });
    return outcomes;
  }

  private static Verdict evaluate(SpfChecker checker, Case test) {
    InetAddress client = InetAddress.ofLiteral(test.host());
    int at = test.mailfrom().lastIndexOf('@');
    return at < 0
        ? checker.evaluate(client, test.helo(), "postmaster", test.helo())
        : checker.evaluate(
            client,
            test.helo(),
            test.mailfrom().substring(0, at),
            test.mailfrom().substring(at + 1));
  }

  /** The way mail takes gives the same, where the address is one that mail can have. */
  private static void publicly(SpfChecker checker, String name, Case test, Verdict verdict) {
    ReversePath path;
    if (test.mailfrom().isEmpty()) {
      path = new ReversePath.Null();
    } else if (MailAddress.parse(test.mailfrom()) instanceof ParsedAddress.Valid(var address)) {
      path = new ReversePath.Mailbox(address);
    } else {
      return;
    }
    assertThat(checker.check(InetAddress.ofLiteral(test.host()), test.helo(), path).result())
        .as(name)
        .isEqualTo(verdict.result());
  }
}
