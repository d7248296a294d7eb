package org.milena.scanner.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.lookup.MapLookup;

class SpfCheckerTest {
  private static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");

  private final MapLookup names =
      new MapLookup()
          .address("mail.example.org", "192.0.2.1")
          .address("mail.example.org", "2001:db8::1")
          .mx("example.org", "mail.example.org")
          .address("example.org", "192.0.2.80")
          .ptr("192.0.2.1", "mail.example.org")
          .txt("pass.example.net", "v=spf1 +all")
          .txt("fail.example.net", "v=spf1 -all");

  private Spf check(String client, String helo, ReversePath path) {
    return new SpfChecker(
            names, "mx.milena.example", InstantSource.fixed(NOW), Duration.ofSeconds(20))
        .check(InetAddress.ofLiteral(client), helo, path);
  }

  private Spf check(String client, String policy) {
    names.txt("example.org", policy);
    return check(client, "mail.example.org", ReversePath.of("user@example.org"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "192.0.2.1    | v=spf1 mx -all                                | PASS",
        "192.0.2.2    | v=spf1 mx -all                                | FAIL",
        "192.0.2.2    | v=spf1 mx/30 -all                             | PASS",
        "2001:db8::1  | v=spf1 mx -all                                | PASS",
        "2001:db8::2  | v=spf1 mx//64 -all                            | PASS",
        "2001:db8::2  | v=spf1 mx/8//128 ~all                         | SOFTFAIL",
        "192.0.2.80   | v=spf1 a ?all                                 | PASS",
        "192.0.2.81   | v=spf1 a ?all                                 | NEUTRAL",
        "192.0.2.81   | v=spf1 a                                      | NEUTRAL",
        "192.0.2.1    | v=spf1 A:Mail.Example.ORG -ALL                | PASS",
        "192.0.2.1    | V=SPF1 a:mail.example.org. -all               | PASS",
        "192.0.2.1    | v=spf1 ptr -all                               | PASS",
        "192.0.2.1    | v=spf1 ptr:mail.example.org -all              | PASS",
        "192.0.2.1    | v=spf1 ptr:ail.example.org -all               | FAIL",
        "192.0.2.9    | v=spf1 ip4:192.0.2.0/28 -all                  | PASS",
        "192.0.2.16   | v=spf1 ip4:192.0.2.0/28 -all                  | FAIL",
        "192.0.2.16   | v=spf1 ip4:0.0.0.0/0 -all                     | PASS",
        "2001:db8::5  | v=spf1 ip4:0.0.0.0/0 -all                     | FAIL",
        "2001:db8::5  | v=spf1 ip6:2001:DB8::/32 -all                 | PASS",
        "192.0.2.9    | v=spf1 ip6:::/0 -all                          | FAIL",
        "192.0.2.9    | v=spf1 ip6:::ffff:192.0.2.9 -all              | FAIL",
        "192.0.2.9    | v=spf1 include:pass.example.net -all          | PASS",
        "192.0.2.9    | v=spf1 -include:pass.example.net +all         | FAIL",
        "192.0.2.9    | v=spf1 include:fail.example.net +all          | PASS",
        "192.0.2.9    | v=spf1 include:nowhere.example.net +all       | PERMERROR",
        "192.0.2.9    | v=spf1 redirect=fail.example.net              | FAIL",
        "192.0.2.9    | v=spf1 redirect=fail.example.net +all         | PASS",
        "192.0.2.9    | v=spf1 redirect=nowhere.example.net           | PERMERROR",
        "192.0.2.9    | v=spf1 exists:%{d} -all                       | PASS",
        "192.0.2.9    | v=spf1 exists:mail.%{o} -all                  | PASS",
        "192.0.2.9    | v=spf1 exists:no.%{d} -all                    | FAIL",
        "192.0.2.9    | v=spf1 unknown=x%{i}y +all                    | PASS",
        "192.0.2.9    | v=spf1   +all                                 | PASS",
        "192.0.2.9    | v=spf1 +all unknown                           | PERMERROR",
        "192.0.2.9    | v=spf1 +all a:                                | PERMERROR",
        "192.0.2.9    | v=spf1 +all a/                                | PERMERROR",
        "192.0.2.9    | v=spf1 +all a:example.org/33                  | PERMERROR",
        "192.0.2.9    | v=spf1 +all a:example.org//129                | PERMERROR",
        "192.0.2.9    | v=spf1 +all a:example                         | PERMERROR",
        "192.0.2.9    | v=spf1 +all a:example.123                     | PERMERROR",
        "192.0.2.9    | v=spf1 +all include                           | PERMERROR",
        "192.0.2.9    | v=spf1 +all ip4:192.0.2                       | PERMERROR",
        "192.0.2.9    | v=spf1 +all ip4:192.0.2.01                    | PERMERROR",
        "192.0.2.9    | v=spf1 +all ip4:192.0.2.256                   | PERMERROR",
        "192.0.2.9    | v=spf1 +all ip4:192.0.2.1/                    | PERMERROR",
        "192.0.2.9    | v=spf1 +all ip4:2001:db8::1                   | PERMERROR",
        "192.0.2.9    | v=spf1 +all ip6:192.0.2.1                     | PERMERROR",
        "192.0.2.9    | v=spf1 +all ip6:2001:db8::1::2                | PERMERROR",
        "192.0.2.9    | v=spf1 +all ip6:fe80::1%eth0                  | PERMERROR",
        "192.0.2.9    | v=spf1 +all exists:%{x}.example.org           | PERMERROR",
        "192.0.2.9    | v=spf1 +all exists:%{d0}.example.org          | PERMERROR",
        "192.0.2.9    | v=spf1 +all exists:%{d.example.org            | PERMERROR",
        "192.0.2.9    | v=spf1 +all exists:%{c}.example.org           | PERMERROR",
        "192.0.2.9    | v=spf1 +all exists:%{}.example.org            | PERMERROR",
        "192.0.2.9    | v=spf1 +all exp=a.example.org exp=b.example.org | PERMERROR",
        "192.0.2.9    | v=spf1 +all -redirect=pass.example.net        | PERMERROR",
        "192.0.2.9    | v=spf10 +all                                  | NONE",
        "192.0.2.9    | spf2.0/pra +all                               | NONE",
      })
  void judgesByThePolicy(String client, String policy, Result expected) {
    assertThat(check(client, policy).result()).isEqualTo(expected);
  }

  @Test
  void takesAnIpv4AddressWrittenAsIpv6ForIpv4() throws UnknownHostException {
    names.txt("example.org", "v=spf1 ip4:192.0.2.9 -all");
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(new byte[] {(byte) 192, 0, 2, 9}, 0, mapped, 12, 4);
    Spf spf =
        new SpfChecker(names, "us")
            .check(
                Inet6Address.getByAddress(null, mapped, -1),
                "mail.example.org",
                ReversePath.of("user@example.org"));
    assertThat(spf.result()).isEqualTo(Result.PASS);
  }

  @Test
  void asksTheDomainOfTheReversePath() {
    assertThat(check("192.0.2.1", "v=spf1 mx -all"))
        .isEqualTo(new Spf(Result.PASS, Spf.Identity.MAIL_FROM, "example.org", "mx"));
  }

  @Test
  void asksTheHeloNameForTheNullReversePath() {
    names
        .txt("mail.example.org", "v=spf1 a:%{l}.%{o} -all")
        .address("postmaster.mail.example.org", "192.0.2.1");
    Spf spf = check("192.0.2.1", "Mail.Example.Org.", ReversePath.of("<>"));
    assertThat(spf.result()).isEqualTo(Result.PASS);
    assertThat(spf.identity()).isEqualTo(Spf.Identity.HELO);
    assertThat(spf.domain()).isEqualTo("mail.example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "localhost",
        "[192.0.2.1]",
        "[IPv6:2001:db8::1]",
        "192.0.2.1",
        "a..example",
        "-",
        "bücher.example",
        "a\r\nb.example",
        "."
      })
  void asksNothingOfAHeloThatIsNoDomain(String helo) {
    Spf spf = check("192.0.2.1", helo, ReversePath.of("<>"));
    assertThat(spf.result()).isEqualTo(Result.NONE);
    assertThat(spf.domain()).isEmpty();
    assertThat(names.asked()).isEmpty();
  }

  @Test
  void asksNothingOfAnAddressLiteral() {
    assertThat(check("192.0.2.1", "mail.example.org", ReversePath.of("user@[192.0.2.1]")).result())
        .isEqualTo(Result.NONE);
    assertThat(names.asked()).isEmpty();
  }

  @Test
  void isATemporaryErrorWhenNobodyKnows() {
    names.trouble("broken.example");
    assertThat(check("192.0.2.1", "x.example", ReversePath.of("user@broken.example")).result())
        .isEqualTo(Result.TEMPERROR);
    for (String term : new String[] {"a", "mx", "exists", "include"}) {
      names.txt(term + ".example", "v=spf1 " + term + ":broken.example +all");
      assertThat(check("192.0.2.1", "x.example", ReversePath.of("user@" + term + ".example")))
          .extracting(Spf::result)
          .isEqualTo(Result.TEMPERROR);
    }
    names.txt("r.example", "v=spf1 redirect=broken.example");
    assertThat(check("192.0.2.1", "x.example", ReversePath.of("user@r.example")).result())
        .isEqualTo(Result.TEMPERROR);
  }

  @Test
  void takesAMatchBeforeTroubleWithTheNextMailHost() {
    names.mx("example.org", "broken.example").trouble("broken.example");
    assertThat(check("192.0.2.1", "v=spf1 mx -all").result()).isEqualTo(Result.PASS);
  }

  @Test
  void allowsTenTermsThatLookUpAndNoMore() {
    names.txt("ten.example", "v=spf1" + " a:mail.example.org".repeat(10) + " +all");
    names.txt("eleven.example", "v=spf1" + " a:mail.example.org".repeat(11) + " +all");
    assertThat(check("192.0.2.9", "x.example", ReversePath.of("u@ten.example")).result())
        .isEqualTo(Result.PASS);
    assertThat(check("192.0.2.9", "x.example", ReversePath.of("u@eleven.example")).result())
        .isEqualTo(Result.PERMERROR);
  }

  @Test
  void allowsTwoLookUpsThatFindNothingAndNoMore() {
    assertThat(check("192.0.2.9", "v=spf1 a:n1.example a:n2.example +all").result())
        .isEqualTo(Result.PASS);
    names.txt("three.example", "v=spf1 a:n1.example mx:n2.example exists:n3.example +all");
    assertThat(check("192.0.2.9", "x.example", ReversePath.of("u@three.example")).result())
        .isEqualTo(Result.PERMERROR);
  }

  @Test
  void doesNotCountMailHostsOfTheOtherIpVersionAsNothing() {
    for (int i = 0; i < 5; i++) {
      names.mx("v4.example", "h" + i + ".v4.example").address("h" + i + ".v4.example", "192.0.2.1");
    }
    names.txt("v4.example", "v=spf1 mx ip6:2001:db8::/32 -all");
    assertThat(check("2001:db8::9", "x.example", ReversePath.of("u@v4.example")).result())
        .isEqualTo(Result.PASS);
  }

  @Test
  void allowsTenMailHostsAndNoMore() {
    for (int i = 0; i < 10; i++) {
      names.mx("many.example", "h" + i + ".example");
    }
    names.txt("many.example", "v=spf1 mx +all");
    assertThat(check("192.0.2.9", "x.example", ReversePath.of("u@many.example")).result())
        .isEqualTo(Result.PASS);
    names.mx("many.example", "h10.example");
    assertThat(check("192.0.2.9", "x.example", ReversePath.of("u@many.example")).result())
        .isEqualTo(Result.PERMERROR);
  }

  @Test
  void refusesTwoPolicies() {
    names.txt("example.org", "v=spf1 +all");
    assertThat(check("192.0.2.9", "v=spf1 +all").result()).isEqualTo(Result.PERMERROR);
  }

  @Test
  void showsTheOwnersExplanationAsHisAndHarmless() {
    names.txt("why.example.org", "%{i} may%_not: see http://%{d}/?s=%{S}&r=%{r}&t=%{t}&c=%{c}");
    Spf spf = check("192.0.2.9", "v=spf1 -all exp=why.%{d}");
    assertThat(spf.reason())
        .isEqualTo(
            "-all; the domain's owner explains: 192.0.2.9 may not: see "
                + "http://example.org/?s=user%40example.org&r=mx.milena.example&t=1795856400"
                + "&c=192.0.2.9");
  }

  @Test
  void showsNothingThatCouldMislead() {
    names.txt("why.example.org", "%{h}%{l}");
    names.txt("example.org", "v=spf1 -all exp=why.example.org");
    Spf spf = check("192.0.2.9", "a\r\nb\u202Ec\u0000", ReversePath.of("grün@example.org"));
    assertThat(spf.reason()).isEqualTo("-all; the domain's owner explains: a??b?c?grün");
    names
        .txt("long.example", "v=spf1 -all exp=text.long.example")
        .txt("text.long.example", "x".repeat(9000));
    assertThat(check("192.0.2.9", "x.example", ReversePath.of("u@long.example")).reason())
        .hasSizeLessThan(300);
  }

  @Test
  void explainsNothingFromAnIncludedPolicyOrABrokenOne() {
    names.txt("inc.example", "v=spf1 -all exp=why.example.org").txt("why.example.org", "never");
    assertThat(check("192.0.2.9", "v=spf1 include:inc.example -all").reason()).isEqualTo("-all");
  }

  @Test
  void matchesNothingByALocalPartThatIsNotAscii() {
    names
        .txt("example.org", "v=spf1 exists:%{l}.example.org include:%{s}.x.example -all")
        .address("grün.example.org", "127.0.0.2");
    assertThat(check("192.0.2.9", "x.example", ReversePath.of("grün@example.org")).result())
        .isEqualTo(Result.FAIL);
  }

  @Test
  void matchesByPartsOfTheLocalPart() {
    names
        .txt("example.org", "v=spf1 exists:%{l1r-}.%{lr-}.%{d2} -all")
        .address("strong.bad.strong.example.org", "127.0.0.2");
    assertThat(check("192.0.2.9", "x.example", ReversePath.of("strong-bad@example.org")).result())
        .isEqualTo(Result.PASS);
  }

  @Test
  void fillsIpv6AddressesInNibbleByNibble() {
    names.address(
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.example.org",
        "127.0.0.2");
    assertThat(check("2001:db8::1", "v=spf1 exists:%{ir}.%{v}.%{d} -all").result())
        .isEqualTo(Result.PASS);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "fe80:0:0:0:0:0:0:0, fe80::",
    "192.0.2.1, 192.0.2.1"
  })
  void writesAddressesAsPeopleDo(String address, String text) {
    assertThat(Network.text(InetAddress.ofLiteral(address))).isEqualTo(text);
  }

  /** RFC 7208 section 5.5 has such names skipped. */
  @Test
  void neverFailsForTroubleBehindPtr() {
    names.trouble("9.2.0.192.in-addr.arpa");
    assertThat(check("192.0.2.9", "v=spf1 ptr -all").result()).isEqualTo(Result.TEMPERROR);
    names
        .txt("ptr.example", "v=spf1 ptr -all")
        .ptr("192.0.2.10", "mx.ptr.example")
        .trouble("mx.ptr.example");
    ReversePath path = ReversePath.of("u@ptr.example");
    assertThat(check("192.0.2.10", "x.example", path).result()).isEqualTo(Result.TEMPERROR);
    names.ptr("192.0.2.10", "b.ptr.example").address("b.ptr.example", "192.0.2.10");
    assertThat(check("192.0.2.10", "x.example", path).result()).isEqualTo(Result.PASS);
  }

  @Test
  void failsInSpiteOfTroubleWithANameThatPtrDoesNotMean() {
    names
        .txt("ptr.example", "v=spf1 ptr -all")
        .ptr("192.0.2.10", "evil.example")
        .trouble("evil.example");
    assertThat(check("192.0.2.10", "x.example", ReversePath.of("u@ptr.example")).result())
        .isEqualTo(Result.FAIL);
  }

  @Test
  void endsWithATemporaryErrorWhenTimeIsUp() {
    var now = new AtomicReference<>(NOW);
    names.txt("example.org", "v=spf1 a:a.example a:b.example +all");
    InstantSource clock = () -> now.getAndUpdate(time -> time.plusSeconds(9));
    Spf spf =
        new SpfChecker(names, "us", clock, Duration.ofSeconds(20))
            .check(
                InetAddress.ofLiteral("192.0.2.9"), "x.example", ReversePath.of("u@example.org"));
    assertThat(spf.result()).isEqualTo(Result.TEMPERROR);
    assertThat(spf.reason()).contains("20 s");
  }
}
