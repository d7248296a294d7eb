package org.milena.scanner.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.MapLookup;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.spf.MacroText.Place;

/** Whatever zones hold, a check ends soon, after few look-ups, and with a result. */
class SpfPropertyTest {

  /** 1 policy, 10 terms, each an MX with its 10 hosts; once 11 for names, and the explanation. */
  private static final int MOST = 1 + 10 * 11 + 11 + 1;

  private static final String[] TERMS = {
    "include:%{d}",
    "include:a.%{d}",
    "redirect=%{d}",
    "redirect=b.example",
    "mx",
    "mx:c.%{o}",
    "a",
    "a/24//64",
    "ptr",
    "ptr:%{p}",
    "exists:%{i}.%{v}.%{d}",
    "exists:%{l1r+-}.%{h2}.example",
    "exp=%{s}.%{d}",
    "exp=why.example",
    "-all",
    "~all",
    "+all",
    "?all",
    "ip4:192.0.2.0/24",
    "ip6:2001:db8::/32",
    "x=%{c}%%%_%-",
    "%",
    "%{",
    "%{d",
    "a:",
    "a:%{d99999999999r}",
    "=",
    "/",
    ":",
    "a//",
    "ip4:1.2.3.4/",
    "ip6:::",
    "include:",
    "v=spf1",
    "\u0000",
    "ü",
    "a:" + "x.".repeat(200) + "y"
  };

  /** A zone in which every name exists, and all it holds is made up. */
  private static final class Hostile implements NameLookup {
    private final Random random;
    private final int kinds; // of answers; the more, the rarer are those that end a check
    private int asked;

    Hostile(Random random) {
      this.random = random;
      this.kinds = random.nextBoolean() ? 12 : 10_000;
    }

    private <T> Answer<T> answer(List<T> records) {
      asked++;
      return switch (random.nextInt(kinds)) {
        case 0 -> new Answer.NoName<>();
        case 1 -> new Answer.Trouble<>("made up");
        default -> records.isEmpty() ? new Answer.NoData<>() : new Answer.Found<>(records);
      };
    }

    @Override
    public Answer<String> txt(String name) {
      return answer(List.of(policy(random)));
    }

    @Override
    public Answer<InetAddress> ipv4(String name) {
      return answer(List.of(InetAddress.ofLiteral("198.51.100." + random.nextInt(256))));
    }

    @Override
    public Answer<InetAddress> ipv6(String name) {
      return answer(List.of(InetAddress.ofLiteral("2001:db8:1::" + random.nextInt(256))));
    }

    @Override
    public Answer<String> mx(String name) {
      return answer(names(random.nextInt(random.nextInt(9) == 0 ? 12 : 11)));
    }

    @Override
    public Answer<String> ptr(InetAddress address) {
      return answer(names(random.nextInt(500)));
    }

    private List<String> names(int many) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        names.add(random.nextInt(20) == 0 ? "" : "h" + i + ".example");
      }
      return names;
    }
  }

  private static String policy(Random random) {
    var text = new StringBuilder("v=spf1");
    int terms = random.nextInt(random.nextInt(10) == 0 ? 2000 : 14);
    // most are sound, or hardly a check would get beyond its first policy
    int choice = random.nextInt(3) == 0 ? TERMS.length : 20;
    for (int i = 0; i < terms; i++) {
      text.append(' ').append(TERMS[random.nextInt(choice)]);
    }
    if (random.nextInt(10) == 0) {
      int at = random.nextInt(text.length());
      text.setCharAt(at, (char) random.nextInt(0x250));
    }
    return text.toString();
  }

  @Test
  void endsAfterFewLookUpsWhateverAZoneHolds() {
    int most = 0;
    long began = System.nanoTime();
    for (int seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      var names = new Hostile(random);
      String client = random.nextBoolean() ? "192.0.2." + seed % 256 : "2001:db8:2::1";
      var spf =
          new SpfChecker(names, "us")
              .check(
                  InetAddress.ofLiteral(client),
                  "helo.example",
                  ReversePath.of(random.nextInt(9) == 0 ? "<>" : "a+b-c@example.org"));
      most = Math.max(most, names.asked);
      assertThat(names.asked).as("seed %s", seed).isLessThanOrEqualTo(MOST);
      assertThat(spf.reason().chars().allMatch(c -> c >= ' ' && c != 0x7F))
          .as("seed %s: %s", seed, spf.reason())
          .isTrue();
      assertThat(spf.reason()).hasSizeLessThan(500);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    System.out.println(
        "SPF: 20000 hostile zones in " + took.toMillis() + " ms, at most " + most + " look-ups");
    assertThat(took).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void reachesItsBoundAndNotMore() {
    var zone = new MapLookup();
    for (int i = 0; i < 11; i++) {
      zone.ptr("192.0.2.1", "p" + i + ".example").address("p" + i + ".example", "192.0.2.9");
      zone.address("h" + i + ".example", "192.0.2.9");
    }
    for (int i = 0; i < 10; i++) {
      zone.mx("example.org", "h" + i + ".example");
    }
    zone.txt("example.org", "v=spf1" + " mx".repeat(10) + " -all exp=%{p}.example.org");
    new SpfChecker(zone, "us")
        .check(InetAddress.ofLiteral("192.0.2.1"), "x.example", ReversePath.of("user@example.org"));
    assertThat(zone.asked()).hasSize(MOST);
  }

  @Test
  void endsWhenPoliciesLeadBackToThemselves() {
    for (String policy :
        List.of(
            "include:example.org",
            "redirect=example.org",
            "include:a.%{d} -all",
            "include:%{d} redirect=%{d}")) {
      var zone = new MapLookup();
      for (int depth = 0; depth < 30; depth++) {
        zone.txt("a.".repeat(depth) + "example.org", "v=spf1 " + policy);
      }
      var spf =
          new SpfChecker(zone, "us")
              .check(
                  InetAddress.ofLiteral("192.0.2.1"), "x.example", ReversePath.of("u@example.org"));
      assertThat(spf.result()).as(policy).isEqualTo(Result.PERMERROR);
      assertThat(zone.asked()).as(policy).hasSize(11);
    }
  }

  @Test
  void readsAnyTextWithoutThrowing() {
    var random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      var text = new StringBuilder("v=spf1 ");
      int length = random.nextInt(40);
      for (int j = 0; j < length; j++) {
        text.append(
            random.nextInt(4) == 0
                ? (char) random.nextInt(0x300)
                : "adeilmnprtx ip46:/.=%{}-~?+0123456789_".charAt(random.nextInt(38)));
      }
      assertThat(RecordReader.read(text.toString())).isNotNull();
    }
  }

  @Test
  void cutsNamesOfAnyLengthInOneStep() {
    assertThat(Domains.fitted("a.".repeat(5_000_000) + "example")).hasSize(253);
    assertThat(Domains.fitted("a".repeat(253) + ".example")).isEqualTo("example");
    assertThat(Domains.fitted("x." + "a".repeat(253))).isEqualTo("a".repeat(253));
    assertThat(Domains.fitted("x.y." + "a".repeat(254))).isEqualTo("a".repeat(254));
  }

  /** As section 7.3 says it: a label after the other, until it fits. */
  @Test
  void cutsNamesAsTheRfcSays() {
    var random = new Random(73);
    for (int i = 0; i < 20_000; i++) {
      var name = new StringBuilder();
      for (int left = random.nextInt(600); left > 0; left--) {
        name.append(random.nextInt(40) == 0 ? '.' : 'a');
      }
      String cut = name.toString();
      while (cut.length() > 253 && cut.contains(".")) {
        cut = cut.substring(cut.indexOf('.') + 1);
      }
      assertThat(Domains.fitted(name.toString())).isEqualTo(cut);
    }
  }

  @Test
  void fillsNoMoreMacrosInThanANameOrATextCanShow() throws SyntaxFault {
    var filled = new AtomicInteger();
    InetAddress client = InetAddress.ofLiteral("192.0.2.1");
    var macros =
        new Macros(
            new Sender(client, "h.example", "u", "example.org", "us", Instant.EPOCH),
            client,
            domain -> {
              filled.incrementAndGet();
              return "p.example";
            });
    String many = "%{p}.".repeat(16_000);
    assertThat(macros.name(MacroText.read(many + "x.example", Place.RECORD), "example.org"))
        .contains("p.example.".repeat(24) + "x.example");
    assertThat(macros.filled(MacroText.read(many, Place.EXPLANATION), "example.org"))
        .startsWith("p.example.".repeat(40));
    assertThat(filled).hasValueLessThan(200);
  }

  @Test
  void readsHugePoliciesInTime() {
    long began = System.nanoTime();
    for (String term :
        List.of("a/", "/", "%{", "%{d}", "1.", "x=", "ip6::", "a//1", "%%", "%", "-", "=", "0")) {
      var unused = RecordReader.read("v=spf1 " + term.repeat(16_000));
      var unusedToo = RecordReader.read("v=spf1 a:" + term.repeat(16_000));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }
}
