package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Member;
import org.milena.common.event.ListState;
import org.milena.common.event.MailEvent;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Topics;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.digest.DigestWorld.Sent;
import org.milena.listexpander.fake.Fixtures;

class DigestChoreTest {
  private static final ListSettings EVERY_TWO =
      ListSettings.DISCUSSION.with("digestPosts", 2).with("digestSizeKb", 0);

  private final DigestWorld world = new DigestWorld(EVERY_TWO);

  @Test
  void nothingIsKeptOfAListThatNobodyReadsInDigests() {
    world.member("every@a.example", DeliveryMode.EVERY_POST);
    world.post(text(1));
    assertThat(world.written).isEmpty();
    Member late = world.member("late@a.example", DeliveryMode.MIME_DIGEST);
    world.post(text(2));
    assertThat(world.waiting()).hasSize(1);
    assertThat(late.receivesPosts()).isFalse();
  }

  @Test
  void nothingIsKeptWhereDigestsAreOff() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.settings(EVERY_TWO.with("digests", false));
    world.post(text(1));
    assertThat(world.written).isEmpty();
  }

  @Test
  void aDigestOfMessagesHoldsThemAsTheyAre() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.post(text(1));
    assertThat(world.chores()).isFalse();
    world.post(text(2));
    assertThat(world.chores()).isTrue();
    Sent digest = only();
    assertThat(digest.recipients()).containsExactly("mime@a.example");
    assertThat(digest.subject()).isEqualTo("Users of X Digest, Vol 1, Issue 1");
    assertThat(digest.field("From")).isEqualTo("Users of X <users-request@lists.example.org>");
    assertThat(digest.field("To")).isEqualTo("users@lists.example.org");
    assertThat(digest.field("Reply-To")).isEqualTo("users@lists.example.org");
    assertThat(digest.field("Precedence")).isEqualTo("list");
    assertThat(digest.field("Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(digest.field("List-Id")).contains("<users.lists.example.org>");
    assertThat(digest.field("List-Archive")).contains("/archive/users@lists.example.org");
    assertThat(digest.field("Archived-At")).isEmpty();
    assertThat(digest.field("Message-ID")).endsWith("@lists.example.org>");
    assertThat(digest.delivery().returnPath()).isInstanceOf(ReturnPath.Verp.class);
    assertThat(digest.delivery().unsubscribe()).isNotNull();
    assertThat(DigestParser.leaves(digest.text(), "message/rfc822"))
        .containsExactly(wire(text(1)), wire(text(2)));
    assertThat(DigestParser.leaves(digest.text(), "text/plain"))
        .hasSize(3)
        .element(1)
        .asString()
        .contains("   1. About 1 (Ann)\r\n   2. About 2 (Ann)\r\n");
    assertThat(world.waiting()).isEmpty();
    assertThat(world.state())
        .isEqualTo(new ListState(Fixtures.USERS_ID, 0, 1, 2, LocalDate.parse("2026-03-01"), null));
    assertThat(world.events())
        .extracting(MailEvent::text)
        .anyMatch(text ->
            text.equals(
                "Users of X Digest, Vol 1, Issue 1, with 2 posts, to 1 members of"
                    + " users@lists.example.org."))
        .filteredOn(text -> text.startsWith("In Users of X Digest, Vol 1, Issue 1 to"))
        .hasSize(2);
    assertThat(world.events()).extracting(MailEvent::kind).containsOnly(MailEvent.Kind.EXPANDED);
  }

  @Test
  void aDigestInOneTextIsTakenApartAgain() {
    world.member("plain@a.example", DeliveryMode.PLAIN_DIGEST);
    world.post(text(1));
    world.post(
        "From: Bob <bob@b.example>\nSubject: Lines\nContent-Type: text/html\n\n<p>One</p>\n"
            + "<pre>"
            + "-".repeat(30)
            + "\n"
            + "-".repeat(70)
            + "</pre><p>End of Users Digest, Vol 1, Issue 1</p>\n");
    world.chores();
    Sent digest = only();
    List<String> messages = DigestParser.messages(digest.text());
    assertThat(messages)
        .containsExactly(
            "Message: 1\nFrom: Ann <ann@a.example>\nSubject: About 1\nMessage-ID: <1@a.example>\n"
                + "Content-Type: text/plain; charset=utf-8\n\nText 1",
            "Message: 2\nFrom: Bob <bob@b.example>\nSubject: Lines\n"
                + "Content-Type: text/plain; charset=utf-8\n\nOne\n\n "
                + "-".repeat(29)
                + "\n "
                + "-".repeat(69)
                + "\n\n End of Users Digest, Vol 1, Issue 1");
    assertThat(DigestParser.text(digest.text()))
        .contains("Today's Topics:\n\n   1. About 1 (Ann)\n   2. Lines (Bob)\n\n---")
        .endsWith(
            "End of Users of X Digest, Vol 1, Issue 1\n****************************************\n");
  }

  @Test
  void bothFormsAreOneIssue() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.member("plain@a.example", DeliveryMode.PLAIN_DIGEST);
    world.member("every@a.example", DeliveryMode.EVERY_POST);
    world.member("none@a.example", DeliveryMode.NONE);
    for (int round = 1; round <= 3; round++) {
      world.post(text(1));
      world.post(text(2));
      world.chores();
      assertThat(world.sent()).hasSize(2 * round);
      assertThat(world.sent().getLast().subject()).endsWith("Vol 1, Issue " + round);
    }
    assertThat(world.sent())
        .extracting(sent -> String.join(" ", sent.recipients()))
        .containsOnly("mime@a.example", "plain@a.example");
  }

  @Test
  void anIssueOfANewMonthIsTheFirstOfItsVolume() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.settings(EVERY_TWO.with("timeZone", "Pacific/Auckland"));
    for (String time : List.of("2026-03-31T10:59:00Z", "2026-03-31T11:01:00Z")) {
      world.at(Instant.parse(time));
      world.post(text(1));
      world.post(text(2));
      world.chores();
    }
    assertThat(world.sent())
        .extracting(Sent::subject)
        .containsExactly("Users of X Digest, Vol 1, Issue 1", "Users of X Digest, Vol 2, Issue 1");
  }

  @Test
  void twoRemindersMakeOneDigest() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.post(text(1));
    world.post(text(2));
    Optional<Chore.Work> first = world.prepare(world.digests);
    Optional<Chore.Work> second = world.prepare(world.digests);
    world.write(ledger -> {
      first.orElseThrow().carryOut(ledger, world.list(), world.now());
      second.orElseThrow().carryOut(ledger, world.list(), world.now());
    });
    assertThat(world.sent()).hasSize(1);
    assertThat(world.prepare(world.digests)).isEmpty();
  }

  @Test
  void daysWithoutServiceMakeOneDigest() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.settings(EVERY_TWO.with("digestPosts", 0));
    for (int day = 0; day < 5; day++) {
      world.post(text(day));
      world.later(Duration.ofDays(1));
    }
    assertThat(world.chores()).isTrue();
    assertThat(world.chores()).isFalse();
    assertThat(DigestParser.leaves(only().text(), "message/rfc822")).hasSize(5);
  }

  @Test
  void aMessageThatIsGoneIsLeftOutAndTold() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.post(text(1));
    world.loseContents();
    world.post(text(2));
    world.chores();
    assertThat(DigestParser.leaves(only().text(), "message/rfc822")).containsExactly(wire(text(2)));
    assertThat(world.waiting()).isEmpty();
    assertThat(world.events())
        .filteredOn(event -> event.kind() == MailEvent.Kind.DISCARDED)
        .singleElement()
        .extracting(MailEvent::text)
        .asString()
        .startsWith("Left out of the digest: its message is gone: nothing lies at");
    world.post(text(3));
    world.post(text(4));
    world.loseContents();
    world.chores();
    assertThat(world.sent()).as("no digest is empty").hasSize(1);
    assertThat(world.state().issue()).isEqualTo(2);
    assertThat(world.waiting()).isEmpty();
  }

  @Test
  void noIssueIsCountedWhenNobodyReadsItAnyMore() {
    Member left = world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.post(text(1));
    world.post(text(2));
    world.tables.directory().members().delete(Member.key(left.list(), left.address()));
    world.chores();
    assertThat(world.sent()).isEmpty();
    assertThat(world.waiting()).isEmpty();
    assertThat(world.state()).isEqualTo(ListState.first(Fixtures.USERS_ID));
  }

  @Test
  void whoLeavesGetsTheLastPartialOneAndNobodyElseDoes() {
    world.member("stays@a.example", DeliveryMode.MIME_DIGEST);
    Member before = world.member("leaves@a.example", DeliveryMode.PLAIN_DIGEST);
    world.post(text(1));
    world.member("leaves@a.example", DeliveryMode.EVERY_POST);
    world.write(ledger -> world.box.farewell(ledger, world.list(), before));
    world.later(Duration.ofSeconds(1));
    world.post(text(2));
    world.chores();
    assertThat(world.sent()).hasSize(2);
    Sent partial = world.sent().getFirst();
    assertThat(partial.recipients()).containsExactly("leaves@a.example");
    assertThat(partial.subject()).isEqualTo("Users of X Digest, Vol 1, Issue 1 (partial)");
    assertThat(DigestParser.messages(partial.text())).singleElement().asString().contains("Text 1");
    Sent whole = world.sent().getLast();
    assertThat(whole.recipients()).containsExactly("stays@a.example");
    assertThat(DigestParser.leaves(whole.text(), "message/rfc822")).hasSize(2);
    assertThat(world.chores()).isFalse();
  }

  @Test
  void aPartialDigestCountsNothingAndTakesNothingAway() {
    world.member("stays@a.example", DeliveryMode.MIME_DIGEST);
    Member before = world.member("leaves@a.example", DeliveryMode.MIME_DIGEST);
    world.write(ledger -> {
      // in one transaction with the post
      world.put(ledger, Fixtures.post("ann@a.example", text(1)));
      world.member("leaves@a.example", DeliveryMode.NONE);
      world.box.farewell(ledger, world.list(), before);
    });
    assertThat(world.chores()).isTrue();
    assertThat(only().recipients()).containsExactly("leaves@a.example");
    assertThat(world.waiting()).hasSize(1);
    assertThat(world.state().issue()).isEqualTo(1);
    assertThat(world.chores()).isFalse();
    assertThat(world.tables.seen().size()).isZero();
  }

  @Test
  void nothingIsOwedToOneWhoReadsDigestsAgainOrLeftTheList() {
    Member changed = world.member("changed@a.example", DeliveryMode.MIME_DIGEST);
    Member left = world.member("left@a.example", DeliveryMode.MIME_DIGEST);
    world.post(text(1));
    world.write(ledger -> {
      world.box.farewell(ledger, world.list(), changed);
      world.box.farewell(ledger, world.list(), left);
    });
    world.member("changed@a.example", DeliveryMode.PLAIN_DIGEST);
    world.tables.directory().members().delete(Member.key(left.list(), left.address()));
    assertThat(world.chores()).isTrue();
    assertThat(world.sent()).isEmpty();
    assertThat(world.chores()).isFalse();
  }

  @Test
  void bigPostsAreCutAndManyMakeSeveralIssues() {
    DigestLimits small = new DigestLimits(40_000, 10_000, 2_000, 50);
    DigestWorld tight = new DigestWorld(EVERY_TWO.with("digestPosts", 6), small);
    tight.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    tight.member("plain@a.example", DeliveryMode.PLAIN_DIGEST);
    for (int i = 0; i < 5; i++) {
      tight.post(
          "From: ann@a.example\nSubject: "
              + i
              + "\n\nBegin\n"
              + "x".repeat(70)
              + "\n"
              + ("y".repeat(70) + "\n").repeat(120));
    }
    tight.post(
        "From: ann@a.example\nSubject: Big\n\nBegin\n"
            + ("z".repeat(70) + "\n").repeat(400_000 / 71));
    tight.chores();
    List<Sent> mime =
        tight.sent().stream().filter(sent -> sent.text().contains("multipart/digest")).toList();
    assertThat(mime)
        .extracting(Sent::subject)
        .containsExactly("Users of X Digest, Vol 1, Issue 1", "Users of X Digest, Vol 1, Issue 2");
    assertThat(tight.sent()).hasSize(4).allMatch(sent -> sent.text().length() < 60_000);
    List<String> last = DigestParser.leaves(mime.getLast().text(), "message/rfc822");
    assertThat(DigestParser.text(last.getLast()))
        .startsWith("[This message is too big for a digest: 40")
        .contains("https://lists.example.org/archive/users@lists.example.org/message/")
        .contains("Begin\nzzz");
    assertThat(
            tight.sent().stream()
                .filter(sent -> !sent.text().contains("multipart/digest"))
                .flatMap(sent -> DigestParser.messages(sent.text()).stream()))
        .hasSize(6)
        .allMatch(message -> message.contains("[This message is longer: it was cut here; see <"));
  }

  @Test
  void aListThatHasDigestsNoLongerSendsWhatWaits() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.post(text(1));
    world.settings(EVERY_TWO.with("digests", false));
    assertThat(world.chores()).isTrue();
    assertThat(only().subject()).isEqualTo("Users of X Digest, Vol 1, Issue 1");
    assertThat(world.chores()).isFalse();
  }

  @Test
  void aListThatIsTakenAwayLeavesNothing() {
    Member member = world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.post(text(1));
    world.write(ledger -> {
      world.box.farewell(ledger, world.list(), member);
      world.box.forget(ledger, world.list().id());
    });
    assertThat(world.waiting()).isEmpty();
    assertThat(world.tables.seen().size()).isZero();
  }

  @Test
  void whatIsKeptHasNoSecretAndNamesItsPlaceOnlyWhereThereIsOne() {
    world.member("mime@a.example", DeliveryMode.MIME_DIGEST);
    world.post("Approved: secret\n" + text(1));
    world.settings(EVERY_TWO.with("archived", false));
    world.post("Approved: secret\n" + text(2));
    assertThat(world.written.stream().filter(one -> one.topic().equals(Topics.DIGESTS)))
        .extracting(one -> new String(one.value(), StandardCharsets.US_ASCII))
        .satisfiesExactly(
            one -> assertThat(one).doesNotContain("secret").contains("Archived-At: <https://"),
            one -> assertThat(one).doesNotContain("secret").doesNotContain("Archived-At"));
  }

  private Sent only() {
    assertThat(world.sent()).hasSize(1);
    return world.sent().getFirst();
  }

  private static String text(int number) {
    return "From: Ann <ann@a.example>\nSubject: About %1$d\nMessage-ID: <%1$d@a.example>\n\nText %1$d\n"
        .formatted(number);
  }

  private static String wire(String text) {
    return text.replace("\n", "\r\n");
  }
}
