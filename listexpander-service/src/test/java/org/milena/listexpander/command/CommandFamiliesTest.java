package org.milena.listexpander.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Account;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Route;
import org.milena.common.event.Route.Role;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.RosterAccess;
import org.milena.common.settings.SubscribePolicy;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.testkit.corpus.Corpus;

/** The habits of Mailman, mlmmj, Sympa and sr.ht, and mails that people really sent. */
class CommandFamiliesTest {
  private static final AuthenticationReport PASS =
      new AuthenticationReport(Result.PASS, Result.PASS, Result.PASS, "a.example", null);
  private final ListWorld world = new ListWorld();
  private int mails;

  CommandFamiliesTest() {
    given(ListSettings.DISCUSSION);
  }

  private void given(ListSettings settings) {
    world.with(
        Fixtures.list(settings),
        Fixtures.member("ann@a.example"),
        Fixtures.member("own@o.example", null, MemberRole.OWNER));
  }

  @Test
  void mlmmjsAddressesSayHowOneJoins() {
    given(ListSettings.DISCUSSION.with("subscribePolicy", SubscribePolicy.OPEN));
    role("eve@a.example", Role.SUBSCRIBE, "digest", "", "");
    assertThat(mode("eve@a.example")).isEqualTo(DeliveryMode.MIME_DIGEST);
    role("zoe@a.example", Role.SUBSCRIBE, "nomail", "", "");
    assertThat(mode("zoe@a.example")).isEqualTo(DeliveryMode.NONE);
    role("zoe@a.example", Role.UNSUBSCRIBE, "nomail", "", "");
    assertThat(world.member("zoe@a.example")).isEmpty();
    assertThat(text(role("ann@a.example", Role.REQUEST, "faq", "subscribe", "")))
        .contains("confirm TOKEN");
    assertThat(world.tables.pending().size()).isZero();
  }

  @Test
  void mailmansAndSympasWordsSayHowOneJoins() {
    given(ListSettings.DISCUSSION.with("subscribePolicy", SubscribePolicy.OPEN));
    request("eve@a.example", "join digest=plain");
    assertThat(mode("eve@a.example")).isEqualTo(DeliveryMode.PLAIN_DIGEST);
    request("zoe@a.example", "SUB USERS Zoe Example");
    assertThat(world.member("zoe@a.example").orElseThrow().displayName()).isEqualTo("Zoe Example");
    request("zoe@a.example", "SIGNOFF dev");
    assertThat(world.member("zoe@a.example")).as("another list").isPresent();
    request("zoe@a.example", "signoff users");
    assertThat(world.member("zoe@a.example")).isEmpty();
  }

  @Test
  void setChangesOptionsOfWhoIsProven() {
    MemoryTransaction written =
        request("ann@a.example", "set mode plain\nset own no\nset until 2027-01-15\nset show");
    assertThat(world.member("ann@a.example").orElseThrow().options())
        .satisfies(options -> {
          assertThat(options.mode()).isEqualTo(DeliveryMode.PLAIN_DIGEST);
          assertThat(options.ownPosts()).isFalse();
          assertThat(options.stopped()).isEqualTo(Stop.BY_MEMBER);
          assertThat(options.stoppedUntil()).hasToString("2027-01-15");
        });
    assertThat(recipients(written)).containsExactly("ann@a.example");
    assertThat(text(written)).contains("mode        plain", "delivery    off until 2027-01-15");
    assertThat(text(request("ann@a.example", "set until 2025-01-15")))
        .contains("cannot stop until 2025-01-15: it is 2026-03-01");
    world.take(mail("ann@a.example", "set own yes", AuthenticationReport.NOT_CHECKED));
    assertThat(world.member("ann@a.example").orElseThrow().options().ownPosts()).isFalse();
    assertThat(text(request("eve@a.example", "set own yes"))).contains("is not on users@");
  }

  @Test
  void showsMembersToWhomItMay() {
    world.with(
        Fixtures.list(),
        Fixtures.member("hidden@h.example")
            .with(
                new OptionsPatch(null, null, null, null, null, null, true, null, null)
                    .over(org.milena.common.directory.MemberOptions.DEFAULT, Stop.BY_MEMBER)));
    assertThat(text(request("ann@a.example", "who"))).contains("not shown to you");
    assertThat(text(request("own@o.example", "review users")))
        .contains("ann@a.example", "hidden@h.example");
    given(ListSettings.DISCUSSION.with("rosterAccess", RosterAccess.MEMBERS));
    assertThat(text(request("ann@a.example", "WHO")))
        .contains("  ann@a.example")
        .doesNotContain("hidden@h.example");
    assertThat(text(request("eve@a.example", "who"))).contains("not shown to you");
    given(ListSettings.DISCUSSION.with("rosterAccess", RosterAccess.PUBLIC));
    assertThat(text(request("eve@a.example", "who"))).contains("  ann@a.example");
    assertThat(text(role("eve@a.example", Role.REQUEST, "list", "", "")))
        .contains("  ann@a.example");
  }

  @Test
  void answersQuestions() {
    assertThat(text(request("ann@a.example", "info"))).contains("About X.", "Anybody joins");
    assertThat(text(request("ann@a.example", "lists"))).contains("  users@lists.example.org");
    assertThat(text(request("ann@a.example", "which"))).contains("  users@lists.example.org");
    assertThat(text(request("eve@a.example", "which"))).contains("  (none)");
    given(ListSettings.DISCUSSION.with("advertised", false));
    assertThat(text(request("ann@a.example", "lists"))).doesNotContain("  users@");
    assertThat(text(request("ann@a.example", "echo hello\nend\nhelp")))
        .contains("echo hello")
        .doesNotContain("confirm TOKEN");
  }

  @Test
  void onlyOwnersInvite() {
    assertThat(recipients(request("ann@a.example", "invite users eve@e.example")))
        .containsExactly("ann@a.example");
    assertThat(recipients(request("own@o.example", "INVITE users eve@e.example Eve")))
        .containsExactlyInAnyOrder("eve@e.example", "own@o.example");
  }

  @Test
  void anotherAddressCountsWhereItBelongsToTheSamePerson() {
    MailAddress home = MailAddress.of("ann@home.example");
    assertThat(recipients(request("ann@a.example", "join address=ann@home.example")))
        .containsExactly("ann@a.example");
    world
        .tables
        .directory()
        .accounts()
        .put(
            "ann",
            new Account(
                    "ann",
                    MailAddress.of("ann@a.example"),
                    null,
                    List.of(),
                    List.of(),
                    false,
                    Fixtures.NOW)
                .withMoreAddresses(List.of(home)));
    assertThat(recipients(request("ann@a.example", "join address=ann@home.example")))
        .as("its own confirmation")
        .containsExactly("ann@home.example");
    world.take(mail("ann@a.example", "leave", AuthenticationReport.NOT_CHECKED));
    assertThat(world.member("ann@a.example")).isPresent();
  }

  @Test
  void whatIsAskedForByMailIsWrittenDownForGood() {
    assertThat(request("ann@a.example", "set own no\nleave").on(Topics.AUDIT, AuditEntry.class))
        .extracting(AuditEntry::actor, AuditEntry::what, AuditEntry::outcome)
        .containsExactly(
            tuple("mail:ann@a.example", "change-options", "done"),
            tuple("mail:ann@a.example", "unsubscribe", "done"));
    assertThat(request("ann@a.example", "help").on(Topics.AUDIT)).isEmpty();
  }

  @Test
  void aMailFullOfCommandsReachesNoThirdParty() {
    MemoryTransaction written = world.take(corpus("mlm-command-many.eml", Role.REQUEST, PASS));
    assertThat(recipients(written)).containsExactly("member@a.example");
    assertThat(world.tables.pending().size()).isZero();
    assertThat(written.story()).containsExactly(Kind.NOTICE, Kind.COMMAND);
    assertThat(text(written)).contains("Only the first 5 commands");
    MemoryTransaction unproven =
        world.take(corpus("mlm-command-many.eml", Role.REQUEST, AuthenticationReport.NOT_CHECKED));
    assertThat(unproven.on(Topics.OUTGOING)).isEmpty();
  }

  @Test
  void readsACommandOutOfHtml() {
    MemoryTransaction written = world.take(corpus("mlm-command-html-only.eml", Role.REQUEST, PASS));
    assertThat(recipients(written)).containsExactly("member@a.example");
    assertThat(text(written)).contains("/confirm/", "that member@a.example joins");
  }

  @Test
  void anAddressInQuotesJoinsAndLeaves() {
    for (String name : List.of("mlm-local-part-quoted.eml", "mlm-local-part-case.eml")) {
      given(ListSettings.DISCUSSION.with("subscribePolicy", SubscribePolicy.OPEN));
      ListMail joining = corpus(name, Role.SUBSCRIBE, PASS);
      MailAddress author = joining.facts().onlyAuthor().orElseThrow();
      world.take(joining);
      assertThat(world.member(author.toString())).as(name).isPresent();
      assertThat(world.member(author.toString().replace("Member", "member"))).isPresent();
      world.take(corpus(name, Role.UNSUBSCRIBE, PASS));
      assertThat(world.member(author.toString())).as(name).isEmpty();
    }
  }

  private static ListMail corpus(String name, Role role, AuthenticationReport authentication) {
    RawMessage message =
        Corpus.torture().stream()
            .filter(mail -> mail.name().endsWith(name))
            .findFirst()
            .orElseThrow()
            .message();
    MailMeta meta =
        Fixtures.meta(
            ListMail.of(
                    Fixtures.meta("x@a.example", message, route(role, null), authentication, null),
                    message)
                .facts()
                .onlyAuthor()
                .orElseThrow()
                .toString(),
            message,
            route(role, null),
            authentication,
            null);
    return ListMail.of(meta, message);
  }

  private static Route route(Role role, @Nullable String detail) {
    return new Route.ListRole(Fixtures.USERS_ID, role, detail);
  }

  private MemoryTransaction request(String from, String text) {
    return world.take(mail(from, text, PASS));
  }

  private ListMail mail(String from, String text, AuthenticationReport authentication) {
    return Fixtures.mail(
        from,
        "From: <%s>\nMessage-ID: <%d@test.example>\n\n%s\n".formatted(from, ++mails, text),
        route(Role.REQUEST, null),
        passing(from, authentication),
        null);
  }

  private MemoryTransaction role(
      String from, Role role, @Nullable String detail, String subject, String text) {
    return world.take(
        Fixtures.mail(
            from,
            "From: <%s>\nMessage-ID: <%d@test.example>\nSubject: %s\n\n%s"
                .formatted(from, ++mails, subject, text),
            route(role, detail),
            passing(from, PASS),
            null));
  }

  private static AuthenticationReport passing(String from, AuthenticationReport report) {
    return report.equals(PASS)
        ? new AuthenticationReport(
            Result.PASS, Result.PASS, Result.PASS, MailAddress.of(from).domain(), null)
        : report;
  }

  private DeliveryMode mode(String address) {
    return world.member(address).orElseThrow().options().mode();
  }

  private static List<String> recipients(MemoryTransaction written) {
    return written.on(Topics.DELIVERIES, Delivery.class).stream()
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .toList();
  }

  private static String text(MemoryTransaction written) {
    List<String> texts = new ArrayList<>();
    written
        .on(Topics.OUTGOING)
        .forEach(record ->
            texts.add(new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8)));
    return String.join("\n", texts);
  }
}
