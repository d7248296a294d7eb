package org.milena.listexpander.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.ListChange;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.RoleNames;
import org.milena.common.event.Delivery;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

/** Notices to moderators, and what they answer, as mail. */
class ModeratorRepliesTest {
  private static final String POST = "From: eve@e.example\nSubject: hi\nMessage-ID: <1@e>\n\nx\n";
  private static final String MOD = "mod@m.example";
  private static final String OWNER = "own@o.example";

  private final ListWorld world = new ListWorld("https://lists.example.org");
  private MemoryTransaction told = new MemoryTransaction();

  @BeforeEach
  void aHeldPost() {
    world.with(
        Fixtures.list(),
        Fixtures.member("ann@a.example"),
        Fixtures.member(MOD, null, MemberRole.MODERATOR),
        Fixtures.member(OWNER, null, MemberRole.OWNER, MemberRole.MEMBER));
    told = world.take(Fixtures.post("eve@e.example", POST));
  }

  private static List<String> texts(MemoryTransaction written) {
    return written.on(Topics.OUTGOING).stream()
        .map(record -> new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8))
        .toList();
  }

  private String notice(String to) {
    return texts(told).stream()
        .filter(text -> text.contains("\r\nTo: " + to + "\r\n"))
        .findFirst()
        .orElseThrow();
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  /** Where an answer to the notice goes, as the ingress takes it apart. */
  private RoleNames.OfList answered(String to) {
    String localPart = find("(users-moderate\\+[a-z0-9]+)@lists\\.example\\.org", notice(to));
    assertThat(localPart).hasSizeLessThanOrEqualTo(64);
    return RoleNames.ofList(localPart).orElseThrow();
  }

  private ListMail answer(String tokenOf, String from, String text) {
    RoleNames.OfList role = answered(tokenOf);
    assertThat(role.role()).isEqualTo(Route.Role.MODERATE);
    return mail(Objects.requireNonNull(role.detail()), from, text);
  }

  private static ListMail mail(String detail, String from, String text) {
    String header = "From: Mod <" + from + ">\nSubject: Re: Held: hi\n";
    return Fixtures.role(
        from,
        Route.Role.MODERATE,
        detail,
        header + (text.startsWith("Content-Type") ? "" : "\n") + text);
  }

  @Test
  void everyModeratorGetsAMailOfHisOwnWithTokensOfHisOwn() {
    List<String> recipients = new ArrayList<>();
    told.on(Topics.DELIVERIES, Delivery.class)
        .forEach(delivery -> delivery.recipients().forEach(to -> recipients.add(to.toString())));
    assertThat(recipients).containsExactlyInAnyOrder(MOD, OWNER);
    String link = find("https://lists\\.example\\.org/moderate/([a-z0-9]+)", notice(MOD));
    assertThat(world.moderatorTokens.read(link).orElseThrow())
        .isEqualTo(
            new ModeratorTokens.Bound(world.holds().getFirst().holdId(), MailAddress.of(MOD)));
    assertThat(answered(MOD)).isNotEqualTo(answered(OWNER));
    for (int i = 0; i < link.length(); i++) {
      char other = link.charAt(i) == 'a' ? 'b' : 'a';
      String forged = link.substring(0, i) + other + link.substring(i + 1);
      // the last character carries bits that nobody reads
      assertThat(
              world
                  .moderatorTokens
                  .read(forged)
                  .filter(bound -> !bound.moderator().equals(MailAddress.of(MOD))))
          .isEmpty();
    }
    world.later(Duration.ofDays(32));
    assertThat(world.moderatorTokens.read(link)).isEmpty();
  }

  @Test
  void anAnswerDecides() {
    MemoryTransaction written =
        world.take(
            answer(MOD, MOD, "Accept\n\nOn Sunday Users wrote:\n> A post waits\n> discard\n"));
    assertThat(written.story()).containsExactly(Kind.ACCEPTED, Kind.COMMAND, Kind.EXPANDED);
    assertThat(written.events().getFirst().text()).isEqualTo("Accepted by mod@m.example.");
    assertThat(world.holds()).isEmpty();
  }

  @Test
  void aTokenDoesNothingTwiceAndTheSecondModeratorIsToldWhoWasFirst() {
    world.take(answer(MOD, MOD, "discard\n"));
    for (ListMail late :
        List.of(answer(MOD, MOD, "accept\n"), answer(OWNER, OWNER, "accept please\n"))) {
      MemoryTransaction written = world.take(late);
      assertThat(written.story()).containsExactly(Kind.NOTICE, Kind.COMMAND);
      assertThat(texts(written).getFirst())
          .contains("discarded by mod@m.example at 2026-03-01 10:00 UTC already");
    }
  }

  @Test
  void aRejectionTellsItsWords() {
    MemoryTransaction written = world.take(answer(MOD, MOD, "reject Not here.\n\n> quoted\n"));
    assertThat(written.story()).containsExactly(Kind.REJECTED, Kind.COMMAND);
    Hold decided = world.rows().getFirst();
    assertThat(Objects.requireNonNull(decided.decision()).by()).isEqualTo("mail:" + MOD);
  }

  @Test
  void anAnswerInHtmlOnlyDecides() {
    MemoryTransaction written =
        world.take(
            answer(
                MOD,
                MOD,
                "Content-Type: text/html; charset=utf-8\n\n<html><body><div>discard</div>"
                    + "<blockquote>accept</blockquote></body></html>\n"));
    assertThat(written.story()).containsExactly(Kind.DISCARDED, Kind.COMMAND);
  }

  @Test
  void trustByMailSaysThatTheAddressIsOnlyClaimed() {
    MemoryTransaction refused = world.take(answer(MOD, MOD, "trust\n"));
    assertThat(texts(refused).getFirst()).contains("only claimed", "force");
    assertThat(world.holds()).hasSize(1);
    assertThat(world.take(answer(MOD, MOD, "trust force\n")).story()).contains(Kind.ACCEPTED);
    assertThat(world.member("eve@e.example")).isPresent();
  }

  @Test
  void whatIsNoDecisionDoesNothingAndSaysSo() {
    assertThat(texts(world.take(answer(MOD, MOD, "\n> accept\n"))).getFirst())
        .contains("first line is empty");
    assertThat(texts(world.take(answer(MOD, MOD, "I think so\naccept\n"))).getFirst())
        .contains("first word is \"I\"");
    assertThat(world.holds()).hasSize(1);
  }

  @Test
  void aMachineDecidesNothing() {
    String detail = Objects.requireNonNull(answered(MOD).detail());
    for (String sign :
        List.of(
            "Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <other.example.org>")) {
      MemoryTransaction written =
          world.take(
              Fixtures.role(
                  MOD, Route.Role.MODERATE, detail, "From: " + MOD + "\n" + sign + "\n\naccept\n"));
      assertThat(written.story()).as(sign).containsExactly(Kind.DISCARDED);
      assertThat(written.on(Topics.OUTGOING)).isEmpty();
    }
    assertThat(
            world
                .take(
                    Fixtures.role(
                        "", Route.Role.MODERATE, detail, "From: " + MOD + "\n\naccept now\n"))
                .story())
        .containsExactly(Kind.DISCARDED);
    assertThat(world.holds()).hasSize(1);
  }

  @Test
  void whoHasNoTokenOrThatOfSomebodyElseDecidesNothing() {
    String detail = Objects.requireNonNull(answered(MOD).detail());
    String forged = (detail.endsWith("a") ? "b" : "a");
    List<ListMail> wrong =
        List.of(
            answer(MOD, OWNER, "accept\n"), // foreign
            answer(MOD, "eve@e.example", "accept\n"),
            mail(detail.substring(0, detail.length() - 1) + forged, MOD, "accept\n"),
            mail("0".repeat(35), MOD, "accept\n"),
            mail("z".repeat(35), MOD, "accept\n"),
            mail("short", MOD, "accept\n"),
            Fixtures.role(
                MOD, Route.Role.MODERATE, detail, "From: " + MOD + ", " + OWNER + "\n\naccept\n"));
    for (ListMail mail : wrong) {
      MemoryTransaction written = world.take(mail);
      assertThat(written.story()).containsExactly(Kind.DISCARDED);
      assertThat(written.on(Topics.OUTGOING)).isEmpty();
    }
    assertThat(world.holds()).hasSize(1);
  }

  @Test
  void aTokenEndsWithItsTimeAndWithTheRole() {
    ListMail early = answer(MOD, MOD, "discard\n");
    world.with(Fixtures.list(), Fixtures.member(MOD));
    assertThat(world.take(early).events().getFirst().text()).contains("does not moderate");
    ListMail late = answer(OWNER, OWNER, "discard\n");
    world.later(Duration.ofDays(32));
    assertThat(world.take(late).events().getFirst().text()).contains("too old");
    assertThat(world.holds()).hasSize(1);
  }

  @Test
  void aTokenOfAnotherListDoesNothing() {
    MailAddress dev = MailAddress.of("dev@lists.example.org");
    ListId devId = ListId.forAddress(dev);
    world
        .tables
        .directory()
        .lists()
        .put(
            devId.value(),
            new MailingList(devId, dev, "Dev", "", ListSettings.DISCUSSION, Fixtures.NOW, 1));
    String detail = Objects.requireNonNull(answered(MOD).detail());
    MemoryTransaction written =
        world.take(
            Fixtures.mail(
                MOD,
                "From: " + MOD + "\n\naccept\n",
                new Route.ListRole(devId, Route.Role.MODERATE, detail)));
    assertThat(written.story()).containsExactly(Kind.DISCARDED);
    assertThat(world.holds()).hasSize(1);
  }

  @Test
  void aListWithALongNameHasTheTokenInTheSubject() {
    MailAddress address = MailAddress.of("announcements-of-the-society@lists.example.org");
    world.with(
        new MailingList(
            Fixtures.USERS_ID, address, "Long", "", ListSettings.DISCUSSION, Fixtures.NOW, 1));
    MemoryTransaction written = world.take(Fixtures.post("eve@e.example", POST + "more\n"));
    String subject =
        find(
            "Subject: ([^\r]*(?:\r\n [^\r]*)*)",
            texts(written).stream()
                .filter(text -> text.contains("To: " + MOD))
                .findFirst()
                .orElseThrow());
    ListMail answer =
        Fixtures.mail(
            MOD,
            "From: " + MOD + "\nSubject: Re: " + subject.replace("\r", "") + "\n\ndiscard\n",
            new Route.ListRole(Fixtures.USERS_ID, Route.Role.MODERATE, null));
    assertThat(world.take(answer).story()).containsExactly(Kind.DISCARDED, Kind.COMMAND);
  }

  @Test
  void moderatorsHearOfPostsAsTheListWantsIt() {
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("moderatorNotices", "NONE")));
    MemoryTransaction none = world.take(Fixtures.post("eve@e.example", POST + "none\n"));
    assertThat(none.story()).containsExactly(Kind.HELD);
    world.with(
        Fixtures.list(
            ListSettings.DISCUSSION
                .with("moderatorNotices", "DAILY")
                .with("timeZone", "Pacific/Auckland")));
    MemoryTransaction later = world.take(Fixtures.post("eve@e.example", POST + "daily\n"));
    assertThat(later.story()).containsExactly(Kind.HELD);
    // it is 23:00 there
    MemoryTransaction first = world.take(new ListChange.DoChores());
    assertThat(first.story()).containsExactly(Kind.NOTICE, Kind.NOTICE);
    assertThat(texts(first).getFirst())
        .contains("Subject: users@lists.example.org: 3 waiting for you");
    assertThat(Pattern.compile("/moderate/[a-z0-9]+").matcher(texts(first).getFirst()).results())
        .hasSize(3);
    assertThat(world.take(new ListChange.DoChores()).story()).isEmpty();
    world.with(
        Fixtures.list(
            ListSettings.DISCUSSION
                .with("moderatorNotices", "DAILY")
                .with("subscribePolicy", "MODERATE")
                .with("timeZone", "Pacific/Auckland")));
    world.take(new RequestChange.Subscribe(MailAddress.of("eve@e.example"), "Eve"));
    world.later(Duration.ofHours(8).plusMinutes(59));
    assertThat(world.take(new ListChange.DoChores()).story()).isEmpty();
    world.later(Duration.ofMinutes(1));
    MemoryTransaction second = world.take(new ListChange.DoChores());
    assertThat(second.story()).hasSize(2);
    assertThat(texts(second).getFirst())
        .contains(": 4 waiting for you", "eve@e.example wants to join");
    assertThat(world.take(new ListChange.DoChores()).story()).isEmpty();
  }
}
