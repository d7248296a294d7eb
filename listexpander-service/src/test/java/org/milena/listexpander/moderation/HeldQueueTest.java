package org.milena.listexpander.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.Hold;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailReader;
import org.milena.common.table.MemoryTable;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.moderation.HeldQueue.Page;
import org.milena.listexpander.moderation.HeldQueue.Query;

class HeldQueueTest {
  private static final MailReader NO_READER =
      pointer -> {
        throw new DeadPointerException("nothing lies at " + pointer);
      };

  private final MemoryTable<Hold> holds = new MemoryTable<>(Topics.HOLDS);

  private static ListId list(int number) {
    return ListId.of("l" + number + ".lists.example.org");
  }

  private Hold add(int list, int at, String writer) {
    MailId id = Fixtures.newId();
    Instant heldAt = Fixtures.NOW.plusSeconds(at);
    Hold hold =
        new Hold(
            HoldIds.of(list(list), id),
            list(list),
            id,
            new MailPointer(new RecordPosition(Topics.HELD, 0, at), id, ""),
            "Somebody <" + writer + ">",
            "Subject " + at,
            100,
            heldAt,
            List.of("new"),
            List.of(),
            new Hold.Writer(MailAddress.of(writer), false),
            null,
            null);
    holds.put(hold.holdId(), hold);
    return hold;
  }

  private static Query query(int... lists) {
    return Query.waiting(
        IntStream.of(lists).mapToObj(HeldQueueTest::list).collect(Collectors.toSet()));
  }

  private static Query everywhere(String text) {
    return new Query(false, Optional.empty(), Optional.empty(), text);
  }

  private static List<String> all(HeldQueue queue, Query query, int limit) {
    List<String> subjects = new ArrayList<>();
    String after = "";
    while (true) {
      Page page = queue.page(query, after, limit);
      page.holds().forEach(hold -> subjects.add(hold.subject()));
      if (page.next() == null) {
        return subjects;
      }
      after = page.next();
    }
  }

  @Test
  void aPageOfAHundredThousandCostsWhatIsOnIt() {
    HeldQueue queue = new HeldQueue(holds, NO_READER);
    for (int i = 0; i < 100_000; i++) {
      add(i % 1_000, i, "a" + i % 10 + "@a.example");
    }
    assertThat(queue.count()).isEqualTo(100_000);
    assertThat(queue.count(list(7))).isEqualTo(100);

    Page first = queue.page(everywhere(""), "", 50);
    assertThat(first.looked()).isEqualTo(50);
    String after = first.next();
    for (int i = 0; i < 500; i++) {
      Page page = queue.page(everywhere(""), String.valueOf(after), 50);
      assertThat(page.looked()).isEqualTo(50);
      after = page.next();
    }
    Page mine = queue.page(query(IntStream.range(0, 300).toArray()), "", 50);
    assertThat(mine.holds()).hasSize(50);
    assertThat(mine.looked()).isEqualTo(50);
    Page one =
        queue.page(
            new Query(false, Optional.empty(), Optional.of(MailAddress.of("A3@a.example")), ""),
            "",
            50);
    assertThat(one.looked()).isEqualTo(50);
    assertThat(one.holds()).allMatch(hold -> hold.author().contains("a3@"));

    // what is nowhere is not sought for ever
    Page none = queue.page(everywhere("nowhere"), "", 50);
    assertThat(none.holds()).isEmpty();
    assertThat(none.looked()).isEqualTo(50 + HeldQueue.MAX_PASSED);
    assertThat(all(queue, everywhere("subject 99999"), 50)).containsExactly("Subject 99999");
  }

  @Test
  void pagesOfSeveralListsAreInOrderOfTimeAndHaveEachPostOnce() {
    HeldQueue queue = new HeldQueue(holds, NO_READER);
    for (int i = 0; i < 300; i++) {
      add(i * 7 % 5, i, "a@a.example");
    }
    List<String> expected =
        IntStream.range(0, 300)
            .filter(i -> Set.of(0, 3).contains(i * 7 % 5))
            .mapToObj(i -> "Subject " + i)
            .toList();
    for (int limit : new int[] {1, 7, 60, 1_000}) {
      assertThat(all(queue, query(0, 3), limit)).isEqualTo(expected);
    }
    assertThat(all(queue, query(), 10)).isEmpty();
    assertThat(all(queue, query(99), 10)).isEmpty();
    assertThat(queue.page(query(0), "nonsense \ud83d", 10).holds()).isEmpty();
  }

  @Test
  void whatIsDecidedCountsNoMoreAndStandsElsewhere() {
    Hold before = add(1, 1, "a@a.example");
    HeldQueue queue = new HeldQueue(holds, NO_READER);
    Hold later = add(1, 2, "a@a.example");
    assertThat(queue.count(list(1))).isEqualTo(2);
    Hold.Decision decision =
        new Hold.Decision(Hold.Verdict.DISCARDED, "ann", Fixtures.NOW, Fixtures.NOW);
    holds.put(before.holdId(), before.decided(decision));
    assertThat(queue.count()).isEqualTo(1);
    assertThat(queue.page(query(1), "", 10).holds()).containsExactly(later);
    assertThat(queue.page(new Query(true, Optional.empty(), Optional.empty(), ""), "", 10).holds())
        .extracting(Hold::holdId)
        .containsExactly(before.holdId());
    holds.put(before.holdId(), before.again(Fixtures.NOW.plusSeconds(9)));
    assertThat(queue.page(query(1), "", 10).holds())
        .extracting(Hold::subject)
        .containsExactly("Subject 2", "Subject 1");
    holds.delete(before.holdId());
    holds.delete(later.holdId());
    assertThat(queue.count(list(1))).isZero();
    assertThat(queue.count()).isZero();
  }

  @Test
  void knowsWhichListsSomebodyModerates() {
    MemoryTable<Member> members = new MemoryTable<>(Topics.DIRECTORY_MEMBERS);
    put(members, list(1), MemberRole.OWNER);
    ModeratedLists moderated = new ModeratedLists(members);
    put(members, list(2), MemberRole.MODERATOR, MemberRole.MEMBER);
    put(members, list(3), MemberRole.MEMBER);
    MailAddress ann = MailAddress.of("Ann@A.example");
    assertThat(new TreeSet<>(names(moderated.of(ann))))
        .containsExactly(list(1).value(), list(2).value());
    put(members, list(2), MemberRole.MEMBER);
    members.delete(Member.key(list(1), ann));
    assertThat(moderated.of(ann)).isEmpty();
    assertThat(moderated.of(MailAddress.of("eve@e.example"))).isEmpty();
  }

  private static Set<String> names(Set<ListId> lists) {
    return new HashSet<>(lists.stream().map(ListId::value).toList());
  }

  private static void put(MemoryTable<Member> members, ListId list, MemberRole... roles) {
    MailAddress ann = MailAddress.of("ann@a.example");
    members.put(
        Member.key(list, ann), new Member(list, ann, "", Set.of(roles), null, Fixtures.NOW));
  }
}
