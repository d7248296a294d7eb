package org.milena.listexpander.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.Route;
import org.milena.common.event.Route.Role;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SubscribePolicy;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

class MailCommandsTest {
  private static final Pattern TOKEN = Pattern.compile("confirm ([a-z0-9]+)");
  private final ListWorld world =
      new ListWorld()
          .with(
              Fixtures.list(),
              Fixtures.member("ann@a.example"),
              Fixtures.member("own@o.example", null, MemberRole.OWNER));
  private AuthenticationReport authentication =
      new AuthenticationReport(Result.PASS, Result.PASS, Result.PASS, "e.example", null);
  private int mails;

  @Test
  void joinsAfterAConfirmationByReply() {
    authentication = AuthenticationReport.NOT_CHECKED;
    MemoryTransaction asked = request("eve@e.example", "subscribe", "");
    assertThat(recipients(asked)).containsExactly("eve@e.example");
    assertThat(world.member("eve@e.example")).isEmpty();
    MemoryTransaction confirmed =
        request("eve@e.example", "Re: " + subject(asked), "> Somebody, we hope you\n");
    assertThat(world.member("eve@e.example").orElseThrow().receivesPosts()).isTrue();
    assertThat(recipients(confirmed)).containsExactly("eve@e.example");
    assertThat(subject(confirmed)).startsWith("Welcome");
  }

  @Test
  void joinsByTheSubscribeAddressAndConfirmsByTheConfirmAddress() {
    MemoryTransaction asked = role("eve@e.example", Role.SUBSCRIBE, null, "", "");
    role("eve@e.example", Role.CONFIRM, token(asked), "", "");
    assertThat(world.member("eve@e.example")).isPresent();
  }

  @Test
  void confirmsOnce() {
    String token = token(request("eve@e.example", "subscribe", ""));
    request("eve@e.example", "confirm " + token, "");
    world.command(new MemberChange.RemoveMembers(List.of(MailAddress.of("eve@e.example"))));
    MemoryTransaction again = request("eve@e.example", "confirm " + token, "x");
    assertThat(world.member("eve@e.example")).isEmpty();
    assertThat(text(again)).contains("does not wait any more");
  }

  @Test
  void aForgedOrOldTokenDoesNothing() {
    String token = token(request("eve@e.example", "subscribe", ""));
    request("eve@e.example", "confirm a" + token.substring(1, token.length() - 2) + "aa", "");
    assertThat(world.member("eve@e.example")).isEmpty();
    world.later(Duration.ofDays(3).plusSeconds(1));
    request("eve@e.example", "confirm " + token, "later");
    assertThat(world.member("eve@e.example")).isEmpty();
  }

  @Test
  void asksForConfirmationOnceADay() {
    assertThat(recipients(request("eve@e.example", "subscribe", "1"))).hasSize(1);
    assertThat(recipients(request("eve@e.example", "subscribe", "2"))).isEmpty();
    world.later(Duration.ofDays(1).plusSeconds(1));
    assertThat(recipients(request("eve@e.example", "subscribe", "3"))).hasSize(1);
  }

  @Test
  void forgetsRequestsThatNobodyConfirms() {
    for (int i = 0; i < 30; i++) {
      request("eve" + i + "@e.example", "subscribe", "");
    }
    world.later(Duration.ofDays(4));
    for (int i = 0; i < 10; i++) {
      request("new" + i + "@e.example", "subscribe", "");
    }
    assertThat(world.tables.pending().size()).isLessThanOrEqualTo(12);
  }

  @Test
  void tellsAMemberAndNobodyElseThatHeIsOne() {
    MemoryTransaction written = request("ann@a.example", "subscribe", "");
    assertThat(recipients(written)).containsExactly("ann@a.example");
    assertThat(text(written)).contains("a member already");
    ListCommand byWeb = new RequestChange.Subscribe(MailAddress.of("ann@a.example"), "");
    ListCommand stranger = new RequestChange.Subscribe(MailAddress.of("zoe@z.example"), "");
    assertThat(((CommandOutcome.Done) world.command(byWeb)).text())
        .isEqualTo(((CommandOutcome.Done) world.command(stranger)).text());
  }

  @Test
  void leavesAfterAConfirmationOrAtOnceWhenProven() {
    authentication = AuthenticationReport.NOT_CHECKED;
    MemoryTransaction asked = request("ann@a.example", "unsubscribe", "");
    assertThat(world.member("ann@a.example")).isPresent();
    request("ann@a.example", "confirm " + token(asked), "");
    assertThat(world.member("ann@a.example")).isEmpty();

    world.with(Fixtures.list(), Fixtures.member("bob@b.example"));
    world.take(
        Fixtures.mail(
            "bob@b.example",
            "From: bob@b.example\n\n",
            new Route.ListRole(Fixtures.USERS_ID, Role.UNSUBSCRIBE, null),
            new AuthenticationReport(Result.PASS, Result.PASS, Result.PASS, "b.example", null),
            null));
    assertThat(world.member("bob@b.example")).isEmpty();
  }

  @Test
  void anOwnerWhoLeavesKeepsTheOffice() {
    world.with(
        Fixtures.list(),
        Fixtures.member("own@o.example", null, MemberRole.OWNER, MemberRole.MEMBER));
    world.command(new RequestChange.Unsubscribe(MailAddress.of("own@o.example"), true));
    assertThat(world.member("own@o.example").orElseThrow().roles())
        .containsExactly(MemberRole.OWNER);
    assertThat(world.command(new RequestChange.Unsubscribe(MailAddress.of("own@o.example"), true)))
        .extracting(outcome -> ((CommandOutcome.Done) outcome).changed())
        .isEqualTo(0);
  }

  @Test
  void anOpenListTakesAtOnceAndAClosedOneNobody() {
    world.with(
        Fixtures.list(ListSettings.DISCUSSION.with("subscribePolicy", SubscribePolicy.OPEN)));
    request("eve@e.example", "subscribe", "");
    assertThat(world.member("eve@e.example")).isPresent();
    world.with(
        Fixtures.list(ListSettings.DISCUSSION.with("subscribePolicy", SubscribePolicy.CLOSED)));
    MemoryTransaction refused = request("zoe@z.example", "subscribe", "");
    assertThat(world.member("zoe@z.example")).isEmpty();
    assertThat(text(refused)).contains("added by its owners");
  }

  @Test
  void helpsWhoDoesNotKnow() {
    assertThat(text(request("eve@e.example", "hello", "what is this?\n")))
        .contains("users-unsubscribe@lists.example.org");
    assertThat(text(request("eve@e.example", "", "help\n"))).contains("confirm TOKEN");
  }

  @Test
  void answersNobodyWhoIsNotProvenToAsk() {
    authentication = AuthenticationReport.NOT_CHECKED;
    for (String command : List.of("help", "hello", "unsubscribe", "confirm abc")) {
      MemoryTransaction written = request("eve@e.example", command, "");
      assertThat(written.on(Topics.OUTGOING)).as(command).isEmpty();
      assertThat(written.events().getFirst().text()).contains("not proven");
    }
    world.with(
        Fixtures.list(ListSettings.DISCUSSION.with("subscribePolicy", SubscribePolicy.CLOSED)));
    assertThat(request("eve@e.example", "subscribe", "").on(Topics.OUTGOING)).isEmpty();
  }

  @Test
  void doesNothingForMachines() {
    MemoryTransaction written =
        world.take(
            Fixtures.role(
                "eve@e.example",
                Role.SUBSCRIBE,
                null,
                "From: eve@e.example\nAuto-Submitted: auto-generated\n\n"));
    assertThat(written.on(Topics.OUTGOING)).isEmpty();
    assertThat(written.story()).containsExactly(Kind.COMMAND);
    assertThat(world.tables.pending().size()).isZero();
    assertThat(
            world
                .take(Fixtures.role("", Role.REQUEST, null, "From: eve@e.example\n\nhelp\n"))
                .on(Topics.OUTGOING))
        .isEmpty();
  }

  @Test
  void answersAnAddressTenTimesADayAndThenSaysOnceThatItStops() {
    int answers = 0;
    int lastWords = 0;
    for (int i = 0; i < 30; i++) {
      MemoryTransaction written = request("eve@e.example", "help", "x" + i);
      boolean last =
          !written.on(Topics.OUTGOING).isEmpty() && text(written).contains("No more answers");
      answers += last ? 0 : recipients(written).size();
      lastWords += last ? 1 : 0;
    }
    assertThat(answers).isEqualTo(10);
    assertThat(lastWords).isEqualTo(1);
    world.later(Duration.ofDays(1));
    assertThat(recipients(request("eve@e.example", "help", "again"))).hasSize(1);
  }

  @Test
  void aMailFullOfCommandsDoesLittleAndNothingToOthers() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append("subscribe address=victim").append(i).append("@v.example\n");
    }
    MemoryTransaction written = request("eve@e.example", "", text.toString());
    assertThat(recipients(written)).containsExactly("eve@e.example");
    assertThat(world.tables.pending().size()).isZero();
  }

  @Test
  void stopsAtEndAndAtTextAndDoesEachCommandOnce() {
    MemoryTransaction written = request("eve@e.example", "", "subscribe\nsubscribe\nend\nhelp\n");
    assertThat(recipients(written)).hasSize(1);
    assertThat(subject(written)).startsWith("confirm ");
  }

  private MemoryTransaction request(String from, String subject, String text) {
    return role(from, Role.REQUEST, null, subject, text);
  }

  private MemoryTransaction role(
      String from,
      Role role,
      @org.jspecify.annotations.Nullable String detail,
      String subject,
      String text) {
    return world.take(
        Fixtures.mail(
            from,
            "From: <%s>\nMessage-ID: <%d@test.example>\nSubject: %s\n\n%s"
                .formatted(from, ++mails, subject, text),
            new Route.ListRole(Fixtures.USERS_ID, role, detail),
            authentication,
            null));
  }

  private static List<String> recipients(MemoryTransaction written) {
    return written.on(Topics.DELIVERIES, Delivery.class).stream()
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .toList();
  }

  private static String subject(MemoryTransaction written) {
    return HeaderBlock.of(sent(written)).first("Subject").orElseThrow().decoded();
  }

  private static String token(MemoryTransaction written) {
    Matcher found = TOKEN.matcher(subject(written));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static String text(MemoryTransaction written) {
    return new String(sent(written).toByteArray(), StandardCharsets.UTF_8);
  }

  private static RawMessage sent(MemoryTransaction written) {
    return RawMessage.copyOf(
        Objects.requireNonNull(written.on(Topics.OUTGOING).getFirst().value()));
  }
}
