package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.MailingList;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.Route;
import org.milena.common.event.Route.Role;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.mail.ArchivedMail;

/** Mail as it is in the world, through the whole service. */
class RealMailTest {
  /** Takes mail that was written to other lists. */
  private static final MailingList ANY_MAIL =
      Fixtures.list(
          ListSettings.DISCUSSION
              .with("requireListAddress", false)
              .with("maxRecipients", 0)
              .with("administrivia", false)
              .with("holdWithoutSubject", false)
              .with("holdDigestReplies", false));

  /** The list that the cases made for list servers are written to. */
  private static final MailingList LIST =
      Fixtures.list(
          ListSettings.DISCUSSION.with("acceptableAliases", List.of("list@lists.example")));

  @TestFactory
  List<DynamicTest> anyMailGoesThroughAndKeepsItsBytes() {
    return Corpus.torture().stream()
        .map(mail -> DynamicTest.dynamicTest(mail.name(), () -> goesThrough(mail)))
        .toList();
  }

  private static void goesThrough(CorpusMessage mail) {
    ListWorld world = new ListWorld().with(ANY_MAIL, Fixtures.member("member@a.example"));
    RawMessage message = mail.withCrlf();
    MemoryTransaction posted = world.take(mail("member@a.example", message, post()));
    assertThat(posted.story())
        .containsAnyOf(Kind.ACCEPTED, Kind.HELD, Kind.REJECTED, Kind.DISCARDED);
    for (OutRecord archived : posted.on(Topics.POSTS)) {
      ArchivedMail.assertIsWhatTheListTook(
          mail.name(), message, RawMessage.wrap(Objects.requireNonNull(archived.value())));
    }
    for (Role role : Role.values()) {
      assertThat(
              world
                  .take(
                      mail(
                          "member@a.example",
                          message,
                          new Route.ListRole(Fixtures.USERS_ID, role, "x")))
                  .story())
          .isNotEmpty();
    }
  }

  @Test
  void aSmallListIsPostedWholeByItsMembers() {
    List<CorpusMessage> all = Corpus.listMessages("tomoyo-users-en");
    assertThat(all).hasSize(66);
    ListWorld world = new ListWorld().with(ANY_MAIL);
    for (int i = 0; i < 50; i++) {
      world.with(ANY_MAIL, Fixtures.member("reader" + i + "@r.example"));
    }
    for (CorpusMessage mail : all) {
      ListMail post = mail("bounce@b.example", mail.withCrlf(), post());
      for (HeaderMailbox author : post.facts().authors()) {
        world.with(ANY_MAIL, Fixtures.member(author.address().toString()));
      }
      MemoryTransaction written = world.take(post);
      assertThat(written.story()).as(mail.name()).containsExactly(Kind.ACCEPTED, Kind.EXPANDED);
      assertThat(
              written.on(Topics.DELIVERIES, Delivery.class).stream()
                  .mapToInt(delivery -> delivery.recipients().size())
                  .sum())
          .isEqualTo(world.tables.directory().members().size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mlm-foreign-list-headers, member@a.example, ACCEPTED",
    "mlm-two-from-addresses, member@a.example, ACCEPTED",
    "mlm-two-from-headers, member@a.example, REJECTED",
    "mlm-from-empty-group, member@a.example, ACCEPTED",
    "mlm-from-spoof-display, evil@x.example, HELD",
    "mlm-message-id-1000, member@a.example, ACCEPTED",
    "mlm-references-5000, member@a.example, ACCEPTED",
    "mlm-local-part-case, Member@A.EXAMPLE, ACCEPTED",
    "mlm-references-self-loop, member@a.example, ACCEPTED",
    "mlm-references-cycle-a, member@a.example, ACCEPTED",
    "mlm-local-part-quoted, '\"a b,c\"@a.example', ACCEPTED",
    "mlm-many-cc, member@a.example, HELD",
    "mlm-command-many, member@a.example, HELD"
  })
  void doesWhatAListServerShould(String name, String reversePath, Kind kind) {
    ListWorld world =
        new ListWorld()
            .with(
                LIST, Fixtures.member("member@a.example"), Fixtures.member("\"a b,c\"@a.example"));
    MemoryTransaction written = world.take(mail(reversePath, named(name).withCrlf(), post()));
    assertThat(written.story()).as(written.events().getLast().text()).contains(kind);
  }

  @Test
  void twoMailsOfOneMessageIdAreBothThere() {
    ListWorld world = new ListWorld().with(LIST, Fixtures.member("member@a.example"));
    RawMessage first = named("mlm-duplicate-message-id-a").withCrlf();
    assertThat(world.take(mail("member@a.example", first, post())).story()).contains(Kind.ACCEPTED);
    assertThat(world.take(mail("member@a.example", first, post())).story())
        .containsExactly(Kind.DUPLICATE);
    RawMessage second = named("mlm-duplicate-message-id-b").withCrlf();
    assertThat(world.take(mail("member@a.example", second, post())).story()).contains(Kind.HELD);
    assertThat(world.holds().getFirst().reasons())
        .singleElement()
        .asString()
        .contains("the same Message-ID");
  }

  private static CorpusMessage named(String name) {
    return Corpus.torture().stream()
        .filter(one -> one.name().endsWith("/" + name + ".eml"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMailOfManyCommandsSubscribesNobodyElse() {
    ListWorld world = new ListWorld().with(Fixtures.list(), Fixtures.member("member@a.example"));
    CorpusMessage mail = named("mlm-command-many");
    MemoryTransaction written =
        world.take(
            mail(
                "member@a.example",
                mail.withCrlf(),
                new Route.ListRole(Fixtures.USERS_ID, Role.REQUEST, null)));
    assertThat(written.on(Topics.DELIVERIES, Delivery.class))
        .allMatch(delivery -> delivery.destination().equals("a.example"))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(world.tables.directory().members().size()).isEqualTo(1);
  }

  private static Route post() {
    return new Route.ListPost(Fixtures.USERS_ID);
  }

  private static ListMail mail(String reversePath, RawMessage message, Route route) {
    return ListMail.of(
        Fixtures.meta(reversePath, message, route, AuthenticationReport.NOT_CHECKED, null),
        message);
  }
}
