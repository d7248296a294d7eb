package org.milena.listexpander.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

class AutoAnswersTest {
  private static final AuthenticationReport PROVEN =
      new AuthenticationReport(Result.PASS, Result.PASS, Result.PASS, "a.example", null);
  private static final String TEXT =
      "From: Ann <ann@a.example>\nTo: users@lists.example.org\nSubject: hi\n"
          + "Message-ID: <%s@a.example>\n\nText\n";

  private int number;
  private final ListWorld world =
      world(
          ListSettings.DISCUSSION
              .with("answerPosts", "continue")
              .with("answerPostsText", "Thank you for your post.")
              .with("answerOwner", "discard")
              .with("answerOwnerText", "Nobody reads this.")
              .with("answerDays", 30));

  @Test
  void theAuthorOfAPostIsAnsweredOnceInSoManyDays() {
    MemoryTransaction written = world.take(post(PROVEN));
    assertThat(written.story()).contains(Kind.EXPANDED);
    assertThat(answer(written)).contains("Thank you for your post.");
    HeaderBlock header =
        HeaderBlock.of(
            RawMessage.wrap(
                Objects.requireNonNull(written.on(Topics.OUTGOING).getFirst().value())));
    assertThat(header.first("Auto-Submitted").orElseThrow().value().strip())
        .startsWith("auto-replied");
    world.later(Duration.ofDays(29));
    assertThat(world.take(post(PROVEN)).on(Topics.OUTGOING)).as("only the post").hasSize(1);
    world.later(Duration.ofDays(2));
    assertThat(answer(world.take(post(PROVEN)))).contains("Thank you");
  }

  @Test
  void nobodyIsAnsweredWhoMayHaveWrittenNothing() {
    assertThat(world.take(post(AuthenticationReport.NOT_CHECKED)).on(Topics.OUTGOING)).hasSize(1);
  }

  @Test
  void mailToTheOwnersIsAnsweredAndGoesNoFurther() {
    MemoryTransaction written = world.take(toOwner(""));
    assertThat(written.on(Topics.OUTGOING)).hasSize(1);
    assertThat(answer(written)).contains("Nobody reads this.");
    assertThat(written.story()).contains(Kind.DISCARDED).doesNotContain(Kind.RELAYED);
  }

  @Test
  void machinesAreNotAnswered() {
    for (String sign : new String[] {"Precedence: bulk", "Auto-Submitted: auto-replied"}) {
      assertThat(world.take(toOwner(sign + "\n")).on(Topics.OUTGOING)).as(sign).isEmpty();
    }
  }

  private ListMail post(AuthenticationReport authentication) {
    return Fixtures.mail(
        "ann@a.example",
        TEXT.formatted(number++),
        new Route.ListPost(Fixtures.USERS_ID),
        authentication,
        null);
  }

  private ListMail toOwner(String header) {
    return Fixtures.mail(
        "ann@a.example",
        header + TEXT.formatted(number++),
        new Route.ListRole(Fixtures.USERS_ID, Route.Role.OWNER, null),
        PROVEN,
        null);
  }

  private static String answer(MemoryTransaction written) {
    return new String(
        Objects.requireNonNull(written.on(Topics.OUTGOING).getFirst().value()),
        StandardCharsets.UTF_8);
  }

  private static ListWorld world(ListSettings settings) {
    return new ListWorld()
        .with(
            Fixtures.list(settings),
            Fixtures.member("ann@a.example"),
            Fixtures.member("own@o.example", null, MemberRole.OWNER));
  }
}
