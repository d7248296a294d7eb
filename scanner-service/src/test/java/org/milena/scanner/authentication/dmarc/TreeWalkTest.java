package org.milena.scanner.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.scanner.authentication.dmarc.TreeWalk.Node;
import org.milena.scanner.authentication.dmarc.TreeWalk.Path;
import org.milena.scanner.authentication.dmarc.TreeWalk.Publisher;
import org.milena.scanner.authentication.lookup.MapLookup;

class TreeWalkTest {

  private static final String UNKNOWN = "v=DMARC1; p=none";
  private static final String SUFFIX = "v=DMARC1; p=none; psd=y";
  private static final String OWN = "v=DMARC1; p=none; psd=n";

  private final MapLookup names = new MapLookup();

  private Path.Complete walk(String start) {
    return (Path.Complete) new TreeWalk(names).from(start);
  }

  @Test
  void asksEightNamesForTheLongExampleOfTheRfc() {
    assertThat(TreeWalk.steps("a.b.c.d.e.f.g.h.i.j.mail.example.com"))
        .containsExactly(
            "a.b.c.d.e.f.g.h.i.j.mail.example.com",
            "g.h.i.j.mail.example.com",
            "h.i.j.mail.example.com",
            "i.j.mail.example.com",
            "j.mail.example.com",
            "mail.example.com",
            "example.com",
            "com");
  }

  @ParameterizedTest
  @CsvSource({
    "com, 1",
    "example.com, 2",
    "b.c.d.e.f.example.com, 7",
    "a.b.c.d.e.f.example.com, 8",
    "z.a.b.c.d.e.f.example.com, 8",
    "y.z.a.b.c.d.e.f.example.com, 8",
  })
  void neverAsksMoreThanEight(String start, int questions) {
    walk(start);
    assertThat(names.asked()).hasSize(questions).doesNotHaveDuplicates();
    assertThat(names.asked().getFirst()).isEqualTo("_dmarc." + start);
    assertThat(names.asked().getLast()).isEqualTo("_dmarc.com");
  }

  @Test
  void takesTheShortestNameWithARecordForTheOrganization() {
    names.policy("mail.example.com", UNKNOWN).policy("example.com", UNKNOWN);
    assertThat(walk("a.mail.example.com").organization()).isEqualTo("example.com");
  }

  @Test
  void stopsAtADomainThatSaysItIsAnOrganization() {
    names.policy("mail.example.com", OWN).policy("example.com", UNKNOWN);
    assertThat(walk("a.mail.example.com").organization()).isEqualTo("mail.example.com");
    assertThat(names.asked()).doesNotContain("_dmarc.example.com");
  }

  @Test
  void takesTheNameBelowASuffixForTheOrganization() {
    names.policy("com", SUFFIX);
    assertThat(walk("a.mail.example.com").organization()).isEqualTo("example.com");
    assertThat(walk("example.com").organization()).isEqualTo("example.com");
    names.policy("co.uk", SUFFIX);
    assertThat(walk("mail.example.co.uk").organization()).isEqualTo("example.co.uk");
  }

  @Test
  void takesASuffixThatSendsMailForItsOwnOrganization() {
    names.policy("gov.example", SUFFIX);
    assertThat(walk("gov.example").organization()).isEqualTo("gov.example");
    assertThat(walk("tax.gov.example").organization()).isEqualTo("tax.gov.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {UNKNOWN, OWN, SUFFIX})
  void takesNoTopLevelDomainForAnOrganizationWhateverItPublishes(String record) {
    names.policy("com", record);
    assertThat(walk("a.mail.example.com").organization()).isEqualTo("example.com");
    assertThat(walk("a.mail.example.com").inherited().map(Publisher::domain)).contains("com");
    assertThat(walk("com").organization()).isEqualTo("com");
  }

  @Test
  void takesTheDomainItselfWhereNobodyPublishes() {
    assertThat(walk("a.mail.example.com").organization()).isEqualTo("a.mail.example.com");
    assertThat(walk("a.mail.example.com").inherited()).isEmpty();
  }

  @Test
  void inheritsFromTheOrganizationAndElseFromTheSuffixButNotFromNamesBetween() {
    names.policy("mail.example.com", UNKNOWN).policy("example.com", UNKNOWN);
    assertThat(walk("a.mail.example.com").inherited().map(Publisher::domain))
        .contains("example.com");
    names.policy("com", SUFFIX);
    assertThat(walk("a.mail.example.com").inherited().map(Publisher::domain))
        .contains("example.com");
    names.policy("mail.example.net", UNKNOWN).policy("net", SUFFIX);
    assertThat(walk("a.mail.example.net").inherited().map(Publisher::domain)).contains("net");
  }

  @Test
  void ignoresSeveralRecordsAtOneNameAndWalksOn() {
    names.policy("mail.example.com", OWN).policy("mail.example.com", UNKNOWN);
    names.policy("example.com", UNKNOWN).txt("_dmarc.example.com", "v=spf1 -all");
    assertThat(walk("mail.example.com").organization()).isEqualTo("example.com");
  }

  @Test
  void isBlockedByANameNobodyAnswersFor() {
    names.policy("com", SUFFIX).trouble("_dmarc.example.com");
    assertThat(new TreeWalk(names).from("a.example.com"))
        .isEqualTo(new Path.Blocked("no answer for _dmarc.example.com"));
    names.policy("a.example.com", OWN);
    assertThat(new TreeWalk(names).from("a.example.com")).isInstanceOf(Path.Complete.class);
  }

  @Test
  void asksNoNameTwice() {
    var tree = new TreeWalk(names);
    tree.from("a.b.example.com");
    tree.from("c.b.example.com");
    assertThat(tree.at("example.com")).isEqualTo(new Node.Nothing());
    assertThat(names.asked()).hasSize(5).doesNotHaveDuplicates();
  }

  /** The rules of section 4.10.2, written down a second time in their own words. */
  @Test
  void agreesWithTheRulesForAnyTree() {
    var random = new Random(4102);
    List<String> kinds = List.of("", "", UNKNOWN, SUFFIX, OWN);
    for (int i = 0; i < 20_000; i++) {
      String start = "l";
      for (int n = random.nextInt(11); n > 0; n--) {
        start = (char) ('a' + n) + "." + start;
      }
      var dns = new MapLookup();
      Map<String, String> published = new HashMap<>();
      for (String name : allAbove(start)) {
        String kind = kinds.get(random.nextInt(kinds.size()));
        if (!kind.isEmpty()) {
          published.put(name, kind);
          dns.policy(name, kind);
        }
      }
      var path = (Path.Complete) new TreeWalk(dns).from(start);
      assertThat(path.organization())
          .as("%s in %s", start, published)
          .isEqualTo(organization(start, published));
      assertThat(dns.asked()).hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates();
    }
  }

  private static List<String> allAbove(String name) {
    List<String> all = new ArrayList<>(List.of(name));
    while (all.getLast().contains(".")) {
      all.add(all.getLast().substring(all.getLast().indexOf('.') + 1));
    }
    return all;
  }

  private static String organization(String start, Map<String, String> published) {
    List<String> reachable =
        allAbove(start).stream()
            .filter(name -> name.equals(start) || name.split("\\.").length < 8)
            .toList();
    String shortest = start;
    for (String name : reachable) {
      String kind = published.getOrDefault(name, "");
      boolean top = !kind.isEmpty() && !name.contains(".");
      if (kind.equals(OWN) && (!top || name.equals(start))) {
        return name;
      }
      if ((kind.equals(SUFFIX) || top) && !name.equals(start)) {
        return allAbove(start).get(allAbove(start).indexOf(name) - 1);
      }
      if (!kind.isEmpty()) {
        shortest = name;
      }
      if (kind.equals(SUFFIX)) {
        break;
      }
    }
    return shortest;
  }
}
