package org.milena.common.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.RosterAccess;
import org.milena.common.table.MemoryTable;

class RosterTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final MailAddress ANN = MailAddress.of("ann@a.example");
  private static final MemberOptions CONCEALED =
      new MemberOptions(DeliveryMode.EVERY_POST, null, null, true, false, false, true, null, 0);

  private final DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
  private final TableDirectory directory = new TableDirectory(tables, () -> NOW);

  @Test
  void membersOfASourceAreMembersAndNothingIsCopied() {
    list("users");
    list("all", "users");
    member("users", "ann@a.example", MemberRole.MEMBER);
    member("users", "boss@a.example", MemberRole.OWNER);
    member("users", "known@a.example", MemberRole.NONMEMBER);
    assertThat(names("all")).containsExactly("ann@a.example");
    Member ann = directory.member(id("all"), ANN).orElseThrow();
    assertThat(ann.list()).isEqualTo(id("all"));
    assertThat(ann.roles()).containsExactly(MemberRole.MEMBER);
    assertThat(ann.bySource()).isTrue();
    assertThat(via("all", "ann@a.example")).isEqualTo("users");
    assertThat(directory.memberCount(id("all"))).isOne();
    assertThat(tables.members().size()).isEqualTo(3);
    remove("users", "ann@a.example");
    assertThat(names("all")).isEmpty();
    assertThat(directory.memberCount(id("all"))).isZero();
  }

  @Test
  void eachAddressIsThereOnceWhateverTheWays() {
    list("one");
    list("two");
    list("all", "one", "two");
    for (String list : List.of("one", "two", "all")) {
      member(list, "ann@a.example", MemberRole.MEMBER);
    }
    member("two", "ANN@a.example", MemberRole.MEMBER);
    member("two", "bob@a.example", MemberRole.MEMBER);
    assertThat(names("all")).containsExactly("ann@a.example", "bob@a.example");
    assertThat(directory.roster().find(id("all"), ANN).orElseThrow().via()).isNull();
    assertThat(directory.memberCount(id("all"))).isEqualTo(2);
  }

  @Test
  void aRowOfTheListGoesBeforeItsSources() {
    list("users");
    list("all", "users");
    member("users", "ann@a.example", MemberRole.MEMBER);
    put(row("all", "ann@a.example", MemberRole.NONMEMBER));
    assertThat(member("all").roles()).containsExactly(MemberRole.NONMEMBER);
    put(row("all", "ann@a.example", MemberRole.OWNER));
    assertThat(member("all").roles()).containsOnly(MemberRole.OWNER, MemberRole.MEMBER);
    MemberOptions digest = MemberOptions.DEFAULT.withMode(DeliveryMode.MIME_DIGEST);
    put(row("all", "ann@a.example", MemberRole.MEMBER).with(digest).sourced(true));
    assertThat(member("all").options()).isEqualTo(digest);
    assertThat(via("all", "ann@a.example")).isEqualTo("users");
    remove("users", "ann@a.example");
    assertThat(directory.member(id("all"), ANN)).isEmpty();
    assertThat(names("all")).isEmpty();
    assertThat(directory.memberCount(id("all"))).isZero();
  }

  @Test
  void sourcesOfSourcesAreFollowedAndCirclesCut() {
    list("a", "b");
    list("b", "c");
    list("c", "a");
    for (String list : List.of("a", "b", "c")) {
      member(list, list + "@a.example", MemberRole.MEMBER);
    }
    for (String list : List.of("a", "b", "c")) {
      assertThat(names(list)).containsExactly("a@a.example", "b@a.example", "c@a.example");
    }
    assertThat(via("a", "c@a.example")).isEqualTo("b");
    put(row("b", "c@a.example", MemberRole.NONMEMBER));
    assertThat(names("a")).as("who left b is in no list by way of b").doesNotContain("c@a.example");
  }

  @Test
  void sourcesTooFarAwayGiveNothing() {
    int far = SourceGraph.MAX_DEPTH + 1;
    list("l" + far);
    member("l" + far, "far@a.example", MemberRole.MEMBER);
    for (int i = far - 1; i >= 0; i--) {
      list("l" + i, "l" + (i + 1));
    }
    assertThat(names("l0")).isEmpty();
    assertThat(names("l1")).containsExactly("far@a.example");
  }

  @Test
  void aListThatIsGoneOrMadeAnewGivesNobody() {
    list("users");
    list("all", "users");
    member("users", "ann@a.example", MemberRole.MEMBER);
    MailingList users = directory.list(id("users")).orElseThrow();
    tables.lists().delete(users.id().value());
    assertThat(names("all")).isEmpty();
    put(
        new MailingList(
            users.id(), users.address(), "", "", users.settings(), NOW.plusSeconds(9), 1));
    assertThat(names("all")).as("another list of the same name").isEmpty();
    assertThat(directory.memberCount(id("all"))).isZero();
    put(users.at(MailAddress.of("people@lists.example.org"), List.of()));
    assertThat(names("all")).as("the same list renamed").containsExactly("ann@a.example");
  }

  @Test
  void whoSeesTheRosterOnlyGetsThoseThatItShowsAsLongAsItShowsAny() {
    list("users");
    settings("users", "rosterAccess", RosterAccess.PUBLIC);
    list("all");
    settings("all", "memberSources", List.of(source("users", true)));
    member("users", "ann@a.example", MemberRole.MEMBER);
    put(row("users", "hidden@a.example", MemberRole.MEMBER).with(CONCEALED));
    assertThat(names("all")).containsExactly("ann@a.example");
    settings("users", "rosterAccess", RosterAccess.MODERATORS);
    assertThat(names("all")).isEmpty();
    assertThat(directory.memberCount(id("all"))).isZero();
  }

  @Test
  void bansAndItsOwnAddressesKeepSomebodyOut() {
    list("users");
    list("all", "users");
    member("users", "ann@a.example", MemberRole.MEMBER);
    member("users", "all@lists.example.org", MemberRole.MEMBER);
    member("users", "all-owner@lists.example.org", MemberRole.MEMBER);
    assertThat(names("all")).containsExactly("ann@a.example");
    settings("all", "bans", List.of("^ann@.*"));
    assertThat(names("all")).isEmpty();
    settings("all", "bans", List.of("@users@lists.example.org"));
    assertThat(names("all")).isEmpty();
    assertThat(names("users")).contains("ann@a.example");
  }

  @Test
  void probationAndActionAreNotInherited() {
    list("users");
    list("all", "users");
    put(
        row("users", "ann@a.example", MemberRole.MEMBER)
            .with(MemberOptions.DEFAULT.withProbation(3))
            .withAction(PostAction.DISCARD));
    assertThat(member("all").action()).isNull();
    assertThat(member("all").options()).isEqualTo(MemberOptions.DEFAULT);
  }

  @Test
  void aPageIsAlwaysTheSamePartOfTheWhole() {
    Random random = new Random(7);
    list("c");
    list("b", "c");
    list("a", "b", "c");
    MemberRole[] roles = MemberRole.values();
    for (int i = 0; i < 400; i++) {
      String address = "m" + random.nextInt(200) + "@a.example";
      Member row =
          row(List.of("a", "b", "c").get(random.nextInt(3)), address, roles[random.nextInt(4)]);
      put(row.roles().contains(MemberRole.MEMBER) ? row.sourced(random.nextInt(4) == 0) : row);
    }
    List<Member> all = directory.members(id("a"), "", Integer.MAX_VALUE);
    List<Member> each = new ArrayList<>();
    directory.roster().each(id("a"), each::add);
    assertThat(each).isEqualTo(all);
    assertThat(directory.memberCount(id("a"))).isEqualTo(all.size());
    for (int size : new int[] {1, 2, 7, 50}) {
      List<Member> paged = new ArrayList<>();
      List<Member> page;
      do {
        page =
            directory.members(
                id("a"), paged.isEmpty() ? "" : paged.getLast().address().key(), size);
        paged.addAll(page);
      } while (page.size() == size);
      assertThat(paged).isEqualTo(all);
    }
    Set<String> found = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      directory
          .member(id("a"), MailAddress.of("m" + i + "@a.example"))
          .ifPresent(member -> found.add(member.address().key()));
    }
    assertThat(names("a")).containsExactlyElementsOf(found);
  }

  @Test
  void aPageOfAHundredThousandComesAtOnce() {
    list("big");
    list("small");
    list("all", "big", "small");
    for (int i = 0; i < 100_000; i++) {
      put(row("big", "m%06d@a.example".formatted(i), MemberRole.MEMBER));
    }
    member("small", "m050000@a.example", MemberRole.MEMBER);
    member("small", "zoe@a.example", MemberRole.MEMBER);
    assertThat(directory.memberCount(id("all"))).isEqualTo(100_001);
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(directory.members(id("all"), "m%06d@a.example".formatted(i * 990), 101))
          .hasSize(101);
      assertThat(directory.memberCount(id("all"))).isEqualTo(100_001);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start).dividedBy(100))
        .isLessThan(Duration.ofMillis(50));
  }

  private static ListId id(String name) {
    return ListId.of(name + ".lists.example.org");
  }

  private static String source(String name, boolean shownOnly) {
    return new MemberSource.OfList(id(name), NOW, shownOnly).toString();
  }

  private void list(String name, String... sources) {
    List<String> all = new ArrayList<>();
    for (String one : sources) {
      all.add(source(one, false));
    }
    put(
        new MailingList(
            id(name),
            MailAddress.of(name + "@lists.example.org"),
            "",
            "",
            ListSettings.DISCUSSION.with("memberSources", all),
            NOW,
            1));
  }

  private void settings(String list, String name, Object value) {
    MailingList before = directory.list(id(list)).orElseThrow();
    put(before.with(before.settings().with(name, value)));
  }

  private void put(MailingList list) {
    tables.lists().put(list.id().value(), list);
  }

  private static Member row(String list, String address, MemberRole role) {
    return new Member(id(list), MailAddress.of(address), "", Set.of(role), null, NOW);
  }

  private void member(String list, String address, MemberRole role) {
    put(row(list, address, role));
  }

  private void put(Member row) {
    tables.members().put(Member.key(row.list(), row.address()), row);
  }

  private void remove(String list, String address) {
    tables.members().delete(Member.key(id(list), MailAddress.of(address)));
  }

  private Member member(String list) {
    return directory.member(id(list), ANN).orElseThrow();
  }

  private String via(String list, String address) {
    Roster.Via via = directory.roster().find(id(list), MailAddress.of(address)).orElseThrow().via();
    return via == null ? "" : via.list().localPart();
  }

  private List<String> names(String list) {
    return directory.members(id(list), "", 1_000_000).stream()
        .map(member -> member.address().key())
        .toList();
  }
}
