package org.milena.common.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.FetchedSource.Entry;
import org.milena.common.event.MailJson;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.table.MemoryTable;

/** Members that a list has from a text on the web. */
class FetchedSourceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final ListId ALL = ListId.of("all.lists.example.org");
  private static final ListId TOP = ListId.of("top.lists.example.org");
  private static final String URL = "https://members.example/secret.txt";
  private static final MailAddress ANN = MailAddress.of("Ann@a.example");
  private static final int SMALLEST_RECORD = 2 * 1024 * 1024;

  private final DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
  private final TableDirectory directory = new TableDirectory(tables, () -> NOW);

  FetchedSourceTest() {
    list(ALL, URL);
  }

  @Test
  void whoStandsInItIsAMemberWithTheUsualOptions() {
    assertThat(names(ALL)).isEmpty();
    assertThat(directory.memberCount(ALL)).isZero();
    text("bob@b.example", "Ann@a.example");
    assertThat(names(ALL)).containsExactly("ann@a.example", "bob@b.example");
    assertThat(directory.memberCount(ALL)).isEqualTo(2);
    Roster.Listed ann = directory.roster().find(ALL, ANN).orElseThrow();
    assertThat(ann.member().roles()).containsExactly(MemberRole.MEMBER);
    assertThat(ann.member().options()).isEqualTo(MemberOptions.DEFAULT);
    assertThat(ann.member().bySource()).isTrue();
    assertThat(ann.via()).hasToString("https://members.example");
    assertThat(directory.roster().isSourced(ALL, ANN)).isTrue();
    assertThat(directory.roster().feeding(ALL)).isEmpty();
    text("bob@b.example");
    assertThat(names(ALL)).containsExactly("bob@b.example");
    assertThat(directory.memberCount(ALL)).as("a changed text is counted anew").isOne();
  }

  @Test
  void pagesAreTheSameWhereverTheyBegin() {
    list(ALL, URL, "https://other.example/");
    List<String> all =
        IntStream.range(0, 50).mapToObj(i -> "u%02d@a.example".formatted(i)).toList();
    text(all.subList(0, 30).toArray(String[]::new));
    put(
        FetchedSource.first(ALL, "https://other.example/", NOW)
            .taken(entries(all.subList(20, 50).stream()), null, NOW));
    for (int from = 0; from < 50; from++) {
      assertThat(directory.members(ALL, from == 0 ? "" : all.get(from - 1), 7))
          .extracting(member -> member.address().key())
          .isEqualTo(all.subList(from, Math.min(50, from + 7)));
    }
    assertThat(directory.memberCount(ALL)).isEqualTo(50);
  }

  @Test
  void aRowOfTheListGoesBeforeItAndBansHold() {
    text("ann@a.example", "bob@b.example", "eve@e.example");
    member(ALL, "ann@a.example", MemberRole.NONMEMBER);
    list(
        ALL,
        ListSettings.DISCUSSION
            .with("memberSources", List.of(URL))
            .with("bans", List.of("eve@e.example")));
    assertThat(directory.member(ALL, ANN).orElseThrow().roles())
        .containsExactly(MemberRole.NONMEMBER);
    assertThat(directory.member(ALL, MailAddress.of("eve@e.example"))).isEmpty();
    assertThat(directory.memberCount(ALL)).isEqualTo(2);
  }

  @Test
  void membersComeByWayOfAnotherListThatNamesIt() {
    list(TOP, new MemberSource.OfList(ALL, NOW, false).toString());
    text("ann@a.example");
    assertThat(names(TOP)).containsExactly("ann@a.example");
    assertThat(directory.roster().find(TOP, ANN).orElseThrow().via())
        .hasToString("all@lists.example.org");
    assertThat(directory.roster().feeding(TOP)).extracting(MailingList::id).containsExactly(ALL);
    member(ALL, "ann@a.example", MemberRole.NONMEMBER);
    assertThat(names(TOP)).as("who left the list between is out of both").isEmpty();
  }

  @Test
  void listsAndTextsMixWhateverTheirOrder() {
    ListId staff = ListId.of("staff.lists.example.org");
    list(staff, "https://staff.example/");
    member(staff, "ann@a.example", MemberRole.MEMBER);
    put(
        FetchedSource.first(staff, "https://staff.example/", NOW)
            .taken(entries(Stream.of("bob@b.example")), null, NOW));
    text("ann@a.example", "eve@e.example");
    String ofStaff = new MemberSource.OfList(staff, NOW, false).toString();
    for (List<String> sources : List.of(List.of(URL, ofStaff), List.of(ofStaff, URL))) {
      list(ALL, sources.toArray(String[]::new));
      list(TOP, new MemberSource.OfList(ALL, NOW, false).toString(), ofStaff);
      for (ListId list : List.of(ALL, TOP)) {
        assertThat(names(list)).containsExactly("ann@a.example", "bob@b.example", "eve@e.example");
        assertThat(directory.memberCount(list)).isEqualTo(3);
      }
      assertThat(via("bob@b.example")).isEqualTo("staff@lists.example.org");
      assertThat(via("eve@e.example")).isEqualTo("https://members.example");
    }
  }

  private String via(String address) {
    return String.valueOf(
        directory.roster().find(ALL, MailAddress.of(address)).orElseThrow().via());
  }

  @Test
  void aTextThatTheSettingsDoNotNameAnyMoreGivesNobody() {
    text("ann@a.example");
    list(ALL);
    assertThat(names(ALL)).isEmpty();
    assertThat(directory.memberCount(ALL)).isZero();
  }

  @Test
  void theLargestOneFitsIntoAnyRecord() {
    int each = FetchedSource.MAX_OCTETS / FetchedSource.MAX_ENTRIES;
    FetchedSource largest =
        FetchedSource.first(ALL, URL, NOW)
            .taken(
                IntStream.range(0, FetchedSource.MAX_ENTRIES)
                    .mapToObj(i -> {
                      String address = "%05d@a.example".formatted(i);
                      return new Entry(
                          MailAddress.of(address), "\"".repeat(each - address.length()));
                    })
                    .toList(),
                null,
                NOW);
    assertThat(MailJson.bytes(largest).length).isLessThan(SMALLEST_RECORD);
  }

  private void text(String... addresses) {
    put(FetchedSource.first(ALL, URL, NOW).taken(entries(Stream.of(addresses)), null, NOW));
  }

  private static List<Entry> entries(Stream<String> addresses) {
    return addresses.map(address -> new Entry(MailAddress.of(address), "")).toList();
  }

  private void put(FetchedSource text) {
    tables.sources().put(text.key(), text);
  }

  private void member(ListId list, String address, MemberRole role) {
    MailAddress who = MailAddress.of(address);
    tables.members().put(Member.key(list, who), new Member(list, who, "", Set.of(role), null, NOW));
  }

  private void list(ListId id, String... sources) {
    list(id, ListSettings.DISCUSSION.with("memberSources", List.of(sources)));
  }

  private void list(ListId id, ListSettings settings) {
    String name = id.value().substring(0, id.value().indexOf('.'));
    tables
        .lists()
        .put(
            id.value(),
            new MailingList(
                id, MailAddress.of(name + "@lists.example.org"), "", "", settings, NOW, 1));
  }

  private List<String> names(ListId list) {
    return directory.members(list, "", 1_000).stream()
        .map(member -> member.address().key())
        .toList();
  }
}
