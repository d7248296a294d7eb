package org.milena.listexpander.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Roster;
import org.milena.listexpander.fake.Fixtures;

class MemberSearchTest {
  private final TreeMap<String, Member> all = new TreeMap<>();
  private int looked;

  private void fill(int count) {
    IntStream.range(0, count)
        .mapToObj("m%06d@a.example"::formatted)
        .map(Fixtures::member)
        .forEach(member -> all.put(member.address().key(), member));
  }

  private List<Member> read(String after, int limit) {
    List<Member> some = all.tailMap(after, false).values().stream().limit(limit).toList();
    looked += some.size();
    return some;
  }

  private MemberSearch.Found<Member> page(MemberSearch search, String after, int limit) {
    looked = 0;
    return search.members(this::read, after, limit);
  }

  private static MemberSearch words(String text) {
    return MemberSearch.of(text, null, null);
  }

  @ParameterizedTest
  @CsvSource({
    "anna, true",
    "ANNA, true",
    "mu\u0308ller, true",
    "M\u00dcLLER anna, true",
    "anna@m.example, true",
    "m.ex, true",
    "anna schulz, false",
    "'', true"
  })
  void findsAllWordsInAddressOrName(String text, boolean found) {
    Member anna = Fixtures.member("anna@m.example").named("A. M\u00fcller");
    assertThat(words(text).finds(anna)).isEqualTo(found);
  }

  @Test
  void findsByRoleAndByWhetherDeliveryIsStopped() {
    Member owner = Fixtures.member("o@a.example", null, MemberRole.OWNER);
    Member stopped =
        Fixtures.member("s@a.example")
            .with(MemberOptions.DEFAULT.stopped(MemberOptions.Stop.BY_BOUNCES, null));
    MemberSearch owners = MemberSearch.of("", MemberRole.OWNER, null);
    assertThat(owners.finds(owner)).isTrue();
    assertThat(owners.finds(stopped)).isFalse();
    assertThat(MemberSearch.of("", null, true).finds(stopped)).isTrue();
    assertThat(MemberSearch.of("", null, true).finds(owner)).isFalse();
    assertThat(MemberSearch.of("", null, false).finds(owner)).isTrue();
  }

  @Test
  void whatSomebodySetOnAnotherListFindsHimNowhere() {
    Member stopped =
        Fixtures.member("s@a.example")
            .with(MemberOptions.DEFAULT.stopped(MemberOptions.Stop.BY_BOUNCES, null));
    Roster.Listed elsewhere =
        new Roster.Listed(stopped, new Roster.Via(Fixtures.USERS, null), false);
    Roster.Listed here = new Roster.Listed(stopped, new Roster.Via(Fixtures.USERS, null), true);
    MemberSearch search = MemberSearch.of("", null, true);
    assertThat(search.listed((_, _) -> List.of(elsewhere), "", 10).rows()).isEmpty();
    assertThat(search.listed((_, _) -> List.of(here), "", 10).rows()).containsExactly(here);
    assertThat(MemberSearch.of("", null, false).finds(elsewhere)).isFalse();
    assertThat(MemberSearch.of("s@a", null, null).finds(elsewhere)).isTrue();
  }

  @Test
  void aPageOfEverybodyReadsNoMoreThanItself() {
    fill(5_000);
    MemberSearch.Found<Member> first = page(words(""), "", 100);
    assertThat(first.rows()).hasSize(100);
    assertThat(first.next()).isEqualTo("m000099@a.example");
    assertThat(looked).isEqualTo(101);
    assertThat(page(words(""), "m004899@a.example", 100).next()).isNull();
  }

  @Test
  void aSearchThatFindsLittleEndsAndGoesOnWhereItEnded() {
    fill(50_000);
    MemberSearch rare = words("m049999");
    MemberSearch.Found<Member> first = page(rare, "", 100);
    assertThat(first.rows()).isEmpty();
    assertThat(looked).isEqualTo(MemberSearch.MOST_LOOKED);
    assertThat(everything(rare, 100)).containsExactly("m049999@a.example");
  }

  @Test
  void allPagesTogetherAreWhoIsFoundEachOnce() {
    fill(25_000);
    for (int limit : new int[] {1, 7, 100, 1_000}) {
      assertThat(everything(words("99@"), limit)).hasSize(250).doesNotHaveDuplicates();
    }
  }

  private List<String> everything(MemberSearch search, int limit) {
    List<String> found = new ArrayList<>();
    String after = "";
    while (after != null) {
      MemberSearch.Found<Member> page = page(search, after, limit);
      page.rows().forEach(member -> found.add(member.address().key()));
      assertThat(page.rows().size()).isLessThanOrEqualTo(limit);
      after = page.next();
    }
    return found;
  }
}
