package org.milena.listexpander.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Directory;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.MemberSource;
import org.milena.common.directory.Roster;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.table.MemoryTable;
import org.milena.common.table.Table;
import org.milena.listexpander.fake.Fixtures;

class ShownMembersTest {
  private static final int MANY = 20_000;
  private static final MemberOptions CONCEALED =
      new MemberOptions(DeliveryMode.EVERY_POST, null, null, true, false, false, true, null, 0);

  private final DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
  private final Table<Member> table = tables.members();
  private final ShownMembers shown =
      new ShownMembers(table, new TableDirectory(tables, () -> Fixtures.NOW).roster());

  @Test
  void whereManyAreConcealedOnlyThoseWhoAreShownAreLookedAt() {
    for (int i = 0; i < MANY; i++) {
      put(concealed("m" + i));
    }
    assertThat(page("", 10)).isEqualTo(new ShownMembers.Page(List.of(), 0));
    put(Fixtures.member("zoe@a.example"));
    put(Fixtures.member("adam@a.example"));
    assertThat(names(page("", 10))).containsExactly("adam", "zoe");
    assertThat(names(page("adam@a.example", 10))).containsExactly("zoe");
    assertThat(page("", 10).looked()).isEqualTo(2);
    assertThat(page("", 1).looked()).isEqualTo(1);
  }

  @Test
  void whereManyHaveOtherRolesOnlyItIsTheSame() {
    put(Fixtures.member("zoe@a.example"));
    for (int i = 0; i < MANY; i++) {
      put(Fixtures.member("m" + i + "@a.example", null, MemberRole.NONMEMBER));
    }
    assertThat(names(page("", 10))).containsExactly("zoe");
    assertThat(page("", 10).looked()).isEqualTo(1);
  }

  @Test
  void whereFewAreConcealedNoMoreThanTheseArePassedOver() {
    for (int i = 0; i < MANY; i++) {
      put(
          i < ShownMembers.MAX_PASSED
              ? concealed("a" + i)
              : Fixtures.member("m" + i + "@a.example"));
    }
    ShownMembers.Page first = page("", 100);
    assertThat(first.members()).hasSize(100);
    assertThat(first.looked()).isLessThanOrEqualTo(ShownMembers.MAX_PASSED + 100);
    assertThat(page("m15000@a.example", 100).looked()).isEqualTo(100);
  }

  @Test
  void thePagesAreThoseOfAWalkWhateverHappens() {
    Random random = new Random(11);
    int people = 3 * ShownMembers.MAX_PASSED;
    int concealedOfTen = 9;
    for (int change = 0; change < 40_000; change++) {
      if (change % 10_000 == 0) {
        concealedOfTen = random.nextInt(11);
      }
      String name = "m" + random.nextInt(people);
      if (random.nextInt(5) == 0) {
        table.delete(Member.key(Fixtures.USERS_ID, MailAddress.of(name + "@a.example")));
      } else {
        put(
            random.nextInt(10) < concealedOfTen
                ? concealed(name)
                : Fixtures.member(name + "@a.example"));
      }
      if (change % 500 == 0) {
        String after = random.nextBoolean() ? "" : "m" + random.nextInt(people) + "@a.example";
        int limit = 1 + random.nextInt(100);
        ShownMembers.Page page = page(after, limit);
        assertThat(page.members()).isEqualTo(walked(after, limit));
        assertThat(page.looked()).isLessThanOrEqualTo(2 * limit + ShownMembers.MAX_PASSED);
      }
    }
  }

  @Test
  void aListWithSourcesIsGoneOverOnceForAPage() {
    for (int i = 0; i < MANY; i++) {
      put(concealed("m" + i));
    }
    put(Fixtures.member("zoe@a.example"));
    MailingList users = Fixtures.list();
    ListId all = ListId.of("all.lists.example.org");
    String source = new MemberSource.OfList(users.id(), users.createdAt(), false).toString();
    tables.lists().put(users.id().value(), users);
    tables
        .lists()
        .put(
            all.value(),
            new MailingList(
                all,
                MailAddress.of("all@lists.example.org"),
                "",
                "",
                ListSettings.DISCUSSION.with("memberSources", List.of(source)),
                Fixtures.NOW,
                1));
    CountedRows rows = new CountedRows(new TableDirectory(tables, () -> Fixtures.NOW));
    ShownMembers.Page page = new ShownMembers(table, new Roster(rows)).page(all, "", 1);
    assertThat(names(page)).containsExactly("zoe");
    assertThat(page.looked()).isEqualTo(MANY + 1);
    assertThat(rows.reads).isLessThan(MANY / 1_000 + 10);
  }

  /** Counts how often rows are read. */
  private final class CountedRows implements Roster.Rows {
    private final Directory directory;
    private int reads;

    CountedRows(Directory directory) {
      this.directory = directory;
    }

    @Override
    public Optional<MailingList> list(ListId id) {
      return tables.lists().get(id.value());
    }

    @Override
    public Optional<MailingList> listAt(MailAddress address) {
      return directory.listAt(address);
    }

    @Override
    public Optional<MailDomain> domain(String name) {
      return directory.domain(name);
    }

    @Override
    public Optional<FetchedSource> fetched(ListId list, String url) {
      return directory.fetched(list, url);
    }

    @Override
    public Optional<Member> row(ListId list, MailAddress address) {
      return table.get(Member.key(list, address));
    }

    @Override
    public List<Member> rows(ListId list, String after, int limit) {
      reads++;
      return table
          .scan(Topics.listKey(list, ""), after.isEmpty() ? "" : Topics.listKey(list, after), limit)
          .stream()
          .map(Map.Entry::getValue)
          .toList();
    }
  }

  private List<Member> walked(String after, int limit) {
    return table.scan("", "", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .filter(member -> !member.options().concealed())
        .filter(member -> member.address().key().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  private ShownMembers.Page page(String after, int limit) {
    return shown.page(Fixtures.USERS_ID, after, limit);
  }

  private static List<String> names(ShownMembers.Page page) {
    return page.members().stream().map(member -> member.address().localPart()).toList();
  }

  private void put(Member member) {
    table.put(Member.key(member.list(), member.address()), member);
  }

  private static Member concealed(String name) {
    return Fixtures.member(name + "@a.example").with(CONCEALED);
  }
}
