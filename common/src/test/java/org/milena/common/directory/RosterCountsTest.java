package org.milena.common.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.table.MemoryTable;
import org.milena.common.table.Table;

/** What a count of a list with sources costs, and who waits for it. */
class RosterCountsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final ListId USERS = ListId.of("users.lists.example.org");
  private static final ListId ALL = ListId.of("all.lists.example.org");
  private static final ListId WEB = ListId.of("web.lists.example.org");
  private static final String URL = "https://members.example/list.txt";

  private final Table<Member> members = MemoryTable.of(Topics.DIRECTORY_MEMBERS, Member.class);
  private final Rows rows = new Rows();
  private Instant now = NOW;
  private final RosterCounts counts = new RosterCounts(members, new Roster(rows), () -> now);

  private final class Rows implements Roster.Rows {
    private final Map<ListId, MailingList> lists =
        Map.of(
            USERS,
            madeAt("users", List.of()),
            ALL,
            madeAt("all", List.of(new MemberSource.OfList(USERS, NOW, false).toString())),
            WEB,
            madeAt("web", List.of(URL, new MemberSource.OfList(USERS, NOW, false).toString())));
    private @Nullable FetchedSource text;
    private int walks;
    private @Nullable CountDownLatch begun;
    private @Nullable CountDownLatch goOn;

    @Override
    public Optional<MailingList> list(ListId id) {
      return Optional.ofNullable(lists.get(id));
    }

    @Override
    public Optional<MailingList> listAt(MailAddress address) {
      return Optional.empty();
    }

    @Override
    public Optional<MailDomain> domain(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<FetchedSource> fetched(ListId list, String url) {
      return Optional.ofNullable(text).filter(one -> list.equals(one.list()));
    }

    @Override
    public Optional<Member> row(ListId list, MailAddress address) {
      return members.get(Member.key(list, address));
    }

    @Override
    public List<Member> rows(ListId list, String after, int limit) {
      if (list.equals(USERS) && after.isEmpty()) {
        walks++;
        pause();
      }
      return members
          .scan(Topics.listKey(list, ""), after.isEmpty() ? "" : Topics.listKey(list, after), limit)
          .stream()
          .map(Map.Entry::getValue)
          .toList();
    }

    private void pause() {
      CountDownLatch waiting = goOn;
      if (begun == null || waiting == null) {
        return;
      }
      begun.countDown();
      try {
        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static MailingList madeAt(String name, List<String> sources) {
    return new MailingList(
        ListId.of(name + ".lists.example.org"),
        MailAddress.of(name + "@lists.example.org"),
        "",
        "",
        ListSettings.DISCUSSION.with("memberSources", sources),
        NOW,
        1);
  }

  private void add(int from, int count) {
    for (int i = from; i < from + count; i++) {
      Member member =
          new Member(
              USERS,
              MailAddress.of("m" + i + "@a.example"),
              "",
              Set.of(MemberRole.MEMBER),
              null,
              NOW);
      members.put(Member.key(USERS, member.address()), member);
    }
  }

  @Test
  void aNumberThatCostSomethingIsKeptForAMinute() {
    add(0, RosterCounts.CHEAP + 1);
    assertThat(counts.of(ALL)).isEqualTo(RosterCounts.CHEAP + 1);
    add(5_000, 3);
    now = NOW.plus(RosterCounts.KEPT).minusMillis(1);
    assertThat(counts.of(ALL)).isEqualTo(RosterCounts.CHEAP + 1);
    assertThat(rows.walks).isOne();
    now = NOW.plus(RosterCounts.KEPT);
    assertThat(counts.of(ALL)).isEqualTo(RosterCounts.CHEAP + 4);
    now = now.plus(RosterCounts.KEPT);
    assertThat(counts.of(ALL)).as("nothing changed").isEqualTo(RosterCounts.CHEAP + 4);
    assertThat(rows.walks).isEqualTo(2);
  }

  @Test
  void aLongTextOnTheWebCostsSomethingToo() {
    rows.text =
        FetchedSource.first(WEB, URL, NOW)
            .taken(
                IntStream.rangeClosed(0, RosterCounts.CHEAP)
                    .mapToObj(
                        i -> new FetchedSource.Entry(MailAddress.of("w" + i + "@a.example"), ""))
                    .toList(),
                null,
                NOW);
    assertThat(counts.of(WEB)).isEqualTo(RosterCounts.CHEAP + 1);
    add(0, 3);
    assertThat(counts.of(WEB)).as("kept").isEqualTo(RosterCounts.CHEAP + 1);
    now = NOW.plus(RosterCounts.KEPT);
    assertThat(counts.of(WEB)).isEqualTo(RosterCounts.CHEAP + 4);
  }

  @Test
  void aSmallListIsCountedAtEachChange() {
    add(0, 3);
    assertThat(counts.of(ALL)).isEqualTo(3);
    add(3, 1);
    assertThat(counts.of(ALL)).isEqualTo(4);
  }

  @Test
  void whileOneCountsOthersGetTheNumberBefore() {
    add(0, 3);
    assertThat(counts.of(ALL)).isEqualTo(3);
    add(3, 1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    rows.begun = begun;
    rows.goOn = goOn;
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> counts.of(ALL));
    try {
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(counts.of(ALL)).isEqualTo(3);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      goOn.countDown();
    }
    assertThat(first.join()).isEqualTo(4);
    assertThat(rows.walks).isEqualTo(2);
  }
}
