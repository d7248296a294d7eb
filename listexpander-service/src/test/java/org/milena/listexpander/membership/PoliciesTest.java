package org.milena.listexpander.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.MemberChange;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.command.RequestChange;
import org.milena.common.command.RequestChange.RequestDecision;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.directory.PendingRequest;
import org.milena.common.event.Delivery;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SubscribePolicy;
import org.milena.common.settings.UnsubscribePolicy;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

class PoliciesTest {
  private static final Pattern LINK = Pattern.compile("/confirm/([a-z0-9]+)");
  private static final MailAddress EVE = MailAddress.of("eve@e.example");
  private static final MailAddress ANN = MailAddress.of("ann@a.example");

  private final ListWorld world = new ListWorld();

  private void given(ListSettings settings) {
    world.with(
        Fixtures.list(settings),
        Fixtures.member("ann@a.example"),
        Fixtures.member("own@o.example", null, MemberRole.OWNER),
        Fixtures.member("mod@o.example", null, MemberRole.MODERATOR));
  }

  private static ListSettings policy(SubscribePolicy policy) {
    return ListSettings.DISCUSSION.with("subscribePolicy", policy);
  }

  private static ListSettings policy(UnsubscribePolicy policy) {
    return ListSettings.DISCUSSION.with("unsubscribePolicy", policy);
  }

  @ParameterizedTest
  @EnumSource(SubscribePolicy.class)
  void saysTheSameOfKnownAndUnknownAddresses(SubscribePolicy policy) {
    given(policy(policy));
    assertThat(text(subscribe(ANN)).replace(ANN.toString(), "X"))
        .isEqualTo(text(subscribe(EVE)).replace(EVE.toString(), "X"));
  }

  @Test
  void aModeratorDecidesWhoJoins() {
    given(policy(SubscribePolicy.MODERATE));
    MemoryTransaction asked = subscribe(EVE);
    assertThat(recipients(asked)).containsExactlyInAnyOrder("own@o.example", "mod@o.example");
    assertThat(world.member("eve@e.example")).isEmpty();
    assertThat(recipients(subscribe(EVE))).as("asked again").isEmpty();
    MemoryTransaction accepted = decide(RequestDecision.ACCEPT, "");
    assertThat(world.member("eve@e.example")).isPresent();
    assertThat(recipients(accepted)).containsExactly("eve@e.example");
    assertThat(pending()).isEmpty();
  }

  @Test
  void firstTheAddressConfirmsAndThenAModeratorDecides() {
    given(policy(SubscribePolicy.CONFIRM_THEN_MODERATE));
    MemoryTransaction asked = subscribe(EVE);
    assertThat(recipients(asked)).containsExactly("eve@e.example");
    assertThat(outcome(decide(RequestDecision.ACCEPT, "")))
        .as("a moderator cannot decide what is not confirmed")
        .isInstanceOf(NotFound.class);
    String id = pending().getFirst().requestId();
    MemoryTransaction confirmed = world.take(new RequestChange.Confirm(id));
    assertThat(recipients(confirmed))
        .containsExactlyInAnyOrder("own@o.example", "mod@o.example", "eve@e.example");
    assertThat(world.member("eve@e.example")).isEmpty();
    assertThat(outcome(world.take(new RequestChange.Confirm(id)))).isInstanceOf(NotFound.class);
    assertThat(outcome(world.take(new RequestChange.Confirm(pending().getFirst().requestId()))))
        .as("nobody confirms for the moderator")
        .isInstanceOf(NotFound.class);
    assertThat(recipients(subscribe(EVE))).as("asked again").isEmpty();
    world.later(Duration.ofDays(179));
    decide(RequestDecision.ACCEPT, "");
    assertThat(world.member("eve@e.example")).isPresent();
  }

  @Test
  void requestsAreForgotten() {
    given(policy(SubscribePolicy.MODERATE));
    subscribe(EVE);
    world.later(Duration.ofDays(181));
    assertThat(outcome(decide(RequestDecision.ACCEPT, ""))).isInstanceOf(NotFound.class);
    given(ListSettings.DISCUSSION);
    subscribe(EVE);
    world.later(Duration.ofDays(3).plusSeconds(1));
    assertThat(outcome(world.take(new RequestChange.Confirm(pending().getFirst().requestId()))))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void aRejectionIsToldAndADiscardIsNot() {
    given(policy(SubscribePolicy.MODERATE));
    subscribe(EVE);
    MemoryTransaction rejected = decide(RequestDecision.REJECT, "Not this year.");
    assertThat(recipients(rejected)).containsExactly("eve@e.example");
    assertThat(mail(rejected)).contains("Not this year.");
    subscribe(EVE);
    assertThat(recipients(decide(RequestDecision.DISCARD, ""))).isEmpty();
    assertThat(pending()).isEmpty();
    assertThat(world.member("eve@e.example")).isEmpty();
  }

  @Test
  void whoIsBannedJoinsNowhereAndLearnsNothing() {
    for (SubscribePolicy policy : SubscribePolicy.values()) {
      given(policy(policy).with("bans", List.of("Eve@e.example")));
      MemoryTransaction asked = subscribe(EVE);
      assertThat(recipients(asked)).as(policy.name()).isEmpty();
      if (policy != SubscribePolicy.OPEN) {
        assertThat(text(asked)).isEqualTo(text(subscribe(MailAddress.of("x@e.example"))));
      }
    }
    given(ListSettings.DISCUSSION);
    for (String scope : List.of("lists.example.org", MailDomain.SITE)) {
      ban(scope, "eve@e.example");
      assertThat(recipients(subscribe(EVE))).as(scope).isEmpty();
      ban(scope);
    }
    assertThat(recipients(subscribe(EVE))).hasSize(1);
    ban(MailDomain.SITE, "eve@e.example");
    assertThat(outcome(world.take(new RequestChange.Confirm(pending().getFirst().requestId()))))
        .isInstanceOf(NotFound.class);
    assertThat(world.member("eve@e.example")).isEmpty();
  }

  @Test
  void bansArePatternsAndOtherLists() {
    MailAddress address = MailAddress.of("bad@lists.example.org");
    ListId id = ListId.forAddress(address);
    world.with(
        new MailingList(id, address, "Bad", "", ListSettings.DISCUSSION, Fixtures.NOW, 1),
        new Member(id, EVE, "", Set.of(MemberRole.MEMBER), null, Fixtures.NOW));
    for (String ban : List.of("^.*@e\\.example", "@bad@lists.example.org")) {
      given(policy(SubscribePolicy.OPEN).with("bans", List.of(ban)));
      subscribe(EVE);
      assertThat(world.member("eve@e.example")).as(ban).isEmpty();
    }
    subscribe(MailAddress.of("eva@f.example"));
    assertThat(world.member("eva@f.example")).isPresent();
  }

  private void ban(String scope, String... bans) {
    world
        .tables
        .directory()
        .domains()
        .put(scope, new MailDomain(scope, "", Set.of(), List.of(bans), List.of()));
  }

  @Test
  void theSignedLinkLeavesAtOnceWhateverThePolicyIs() {
    for (UnsubscribePolicy policy : UnsubscribePolicy.values()) {
      given(policy(policy));
      MemoryTransaction left = world.take(new RequestChange.Unsubscribe(ANN, true));
      assertThat(world.member("ann@a.example")).as(policy.name()).isEmpty();
      assertThat(recipients(left)).containsExactly("ann@a.example");
      MemoryTransaction again = world.take(new RequestChange.Unsubscribe(ANN, true));
      assertThat(outcome(again)).isInstanceOf(Done.class);
      assertThat(recipients(again)).isEmpty();
    }
  }

  @Test
  void leavesAsThePolicySays() {
    given(policy(UnsubscribePolicy.OPEN));
    world.take(new RequestChange.Unsubscribe(ANN, false));
    assertThat(world.member("ann@a.example")).isEmpty();

    given(policy(UnsubscribePolicy.MODERATE));
    MemoryTransaction asked = world.take(new RequestChange.Unsubscribe(ANN, false));
    assertThat(recipients(asked)).containsExactlyInAnyOrder("own@o.example", "mod@o.example");
    assertThat(text(asked)).isEqualTo(text(world.take(new RequestChange.Unsubscribe(EVE, false))));
    assertThat(world.member("ann@a.example")).isPresent();
    decide(RequestDecision.ACCEPT, "");
    assertThat(world.member("ann@a.example")).isEmpty();

    given(policy(UnsubscribePolicy.CONFIRM_THEN_MODERATE));
    assertThat(recipients(world.take(new RequestChange.Unsubscribe(ANN, false))))
        .containsExactly("ann@a.example");
    world.take(new RequestChange.Confirm(pending().getFirst().requestId()));
    assertThat(world.member("ann@a.example")).isPresent();
    decide(RequestDecision.ACCEPT, "");
    assertThat(world.member("ann@a.example")).isEmpty();
  }

  @Test
  void saysWelcomeAndGoodbyeAndTellsOwnersAsTheListWants() {
    given(
        policy(SubscribePolicy.OPEN)
            .with("welcome", false)
            .with("goodbye", false)
            .with("tellOwners", true));
    assertThat(recipients(subscribe(EVE))).containsExactly("own@o.example");
    assertThat(recipients(world.take(new RequestChange.Unsubscribe(EVE, true))))
        .containsExactly("own@o.example");
  }

  @Test
  void whoAcceptsAnInvitationJoinsWithoutAModerator() {
    given(policy(SubscribePolicy.CLOSED));
    MemoryTransaction invited =
        world.take(
            new RequestChange.Invite(
                List.of(EVE, ANN, MailAddress.of("users-owner@lists.example.org")),
                "Come and see."));
    assertThat(outcome(invited)).extracting(done -> ((Done) done).changed()).isEqualTo(1);
    assertThat(recipients(invited)).containsExactly("eve@e.example");
    assertThat(mail(invited)).contains("Come and see.").contains("invite eve@e.example");
    assertThat(token(invited)).isNotEmpty();
    world.later(Duration.ofDays(20));
    world.take(new RequestChange.Confirm(pending().getFirst().requestId()));
    assertThat(world.member("eve@e.example")).isPresent();
    assertThat(outcome(world.take(new RequestChange.Invite(List.of(EVE), "x".repeat(5_001)))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void whoWasBannedSinceDoesNotJoinByAnOldInvitation() {
    given(policy(SubscribePolicy.CLOSED));
    world.take(new RequestChange.Invite(List.of(EVE), ""));
    String request = pending().getFirst().requestId();
    given(policy(SubscribePolicy.CLOSED).with("bans", List.of("eve@e.example")));
    world.take(new RequestChange.Confirm(request));
    assertThat(world.member("eve@e.example")).isEmpty();
  }

  @Test
  void aMemberChangesHisOptionsButNotWhatModeratorsDecided() {
    given(ListSettings.DISCUSSION);
    assertThat(
            options(
                new OptionsPatch(
                    DeliveryMode.PLAIN_DIGEST, false, null, false, true, true, true, "de", null)))
        .isNull();
    assertThat(world.member("ann@a.example").orElseThrow().options())
        .isEqualTo(
            new MemberOptions(
                DeliveryMode.PLAIN_DIGEST, Stop.BY_MEMBER, null, false, true, true, true, "de", 0));
    assertThat(options(OptionsPatch.delivery(true))).isNull();
    assertThat(options(new OptionsPatch(null, null, null, null, null, null, null, "xx", null)))
        .isEqualTo("language");
    assertThat(options(new OptionsPatch(null, null, null, null, null, null, null, null, 0)))
        .isEqualTo("probation");
    LocalDate yesterday = LocalDate.parse("2026-02-28");
    assertThat(
            options(new OptionsPatch(null, false, yesterday, null, null, null, null, null, null)))
        .isEqualTo("date");
    Member ann = world.member("ann@a.example").orElseThrow();
    world.with(Fixtures.list(), ann.with(ann.options().stopped(Stop.BY_MODERATOR, null)));
    assertThat(options(OptionsPatch.delivery(true))).isEqualTo("stopped-by-moderator");
    assertThat(options(OptionsPatch.delivery(DeliveryMode.SUMMARY))).isNull();
    assertThat(outcome(world.take(new MemberChange.ChangeOptions(EVE, OptionsPatch.NONE, null))))
        .isInstanceOf(NotFound.class);
  }

  private @Nullable String options(OptionsPatch patch) {
    return outcome(world.take(new MemberChange.ChangeOptions(ANN, patch, null)))
            instanceof Refused(var code, _, _)
        ? code
        : null;
  }

  private MemoryTransaction subscribe(MailAddress address) {
    return world.take(new RequestChange.Subscribe(address, ""));
  }

  private MemoryTransaction decide(RequestDecision decision, String comment) {
    return world.take(
        new RequestChange.DecideRequest(pending().getFirst().requestId(), decision, comment));
  }

  private List<PendingRequest> pending() {
    return new ArrayList<>(
        world.tables.pending().scan("", "", 100).stream().map(Map.Entry::getValue).toList());
  }

  private static CommandOutcome outcome(MemoryTransaction transaction) {
    return transaction.on(Topics.OUTCOMES, OutcomeRecord.class).getFirst().outcome();
  }

  private static String text(MemoryTransaction transaction) {
    return outcome(transaction).toString().replaceAll("changed=\\d", "");
  }

  private static List<String> recipients(MemoryTransaction written) {
    return written.on(Topics.DELIVERIES, Delivery.class).stream()
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .toList();
  }

  private static String mail(MemoryTransaction written) {
    return new String(
        Objects.requireNonNull(written.on(Topics.OUTGOING).getFirst().value()),
        StandardCharsets.UTF_8);
  }

  private static String token(MemoryTransaction written) {
    Matcher found = LINK.matcher(mail(written));
    return found.find() ? found.group(1) : "";
  }
}
