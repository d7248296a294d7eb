package org.milena.listexpander.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.Route;
import org.milena.common.event.Sentence;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.preparation.content.TextsAround;

class PublicationTest {
  private static final String POST =
      "From: Ann <ann@a.example>\nTo: users@lists.example.org, bob@b.example\n"
          + "Subject: Hello\nMessage-ID: <1@a.example>\n\ntext\n";
  private static final AuthenticationReport REJECTING = report(Result.FAIL);
  private static final AuthenticationReport PROVEN = report(Result.PASS);

  private final ListWorld world = new ListWorld();
  private final MemoryTransaction written = new MemoryTransaction();

  @Test
  void givesNoCopyToWhoWantsNone() {
    Member ann = with("ann@a.example", options -> own(options, false));
    Member bob = with("bob@b.example", options -> skipping(options));
    Member carol = with("carol@c.example", options -> skipping(own(options, false)));
    Member dora = with("dora@d.example", options -> options.withMode(DeliveryMode.MIME_DIGEST));
    Member emil = with("emil@e.example", options -> options.stopped(Stop.BY_MEMBER, null));
    world.with(Fixtures.list(), ann, bob, carol, dora, emil, Fixtures.member("fay@f.example"));
    assertThat(post(Fixtures.list(), PostExtras.NONE, mail(null)))
        .isEqualTo(new PostOutcome.Posted());
    assertThat(recipients()).containsExactlyInAnyOrder("carol@c.example", "fay@f.example");
  }

  @Test
  void numbersPostsOfListsThatShowTheNumber() {
    MailingList plain = list("subjectPrefix", "[users] ");
    post(plain, PostExtras.NONE, mail(null));
    assertThat(world.ledger(written).state(Fixtures.USERS_ID).posts()).isZero();
    MailingList numbered = list("subjectPrefix", "[users %d] ");
    post(numbered, PostExtras.NONE, mail(null));
    post(numbered, PostExtras.NONE, mail(null));
    assertThat(world.ledger(written).state(Fixtures.USERS_ID).posts()).isEqualTo(2);
    assertThat(written.on(Topics.OUTGOING))
        .extracting(record -> value(message(record.value()), "Subject"))
        .containsExactly("[users] Hello", "[users 1] Hello", "[users 2] Hello");
    // what is kept for good says what its author said
    assertThat(value(message(written.on(Topics.POSTS).getLast().value()), "Subject"))
        .isEqualTo("Hello");
  }

  @ParameterizedTest
  @CsvSource({
    "DISCARD, SetAside, DISCARDED",
    "FORWARD, SetAside, RELAYED",
    "HOLD, MustHold, ",
    "REJECT, MustReject, "
  })
  void doesWithWhatIsFilteredAwayAsTheListWants(
      String action, String outcome, @Nullable Kind kind) {
    MailingList list =
        Fixtures.list(
            ListSettings.DISCUSSION
                .with("filterContent", true)
                .with("filterTypes", List.of("text/plain"))
                .with("filterAction", action)
                .with("subjectPrefix", "[%d]"));
    world.with(
        list,
        Fixtures.member("fay@f.example"),
        Fixtures.member("owner@o.example", null, MemberRole.OWNER));
    assertThat(post(list, PostExtras.NONE, mail(null)).getClass().getSimpleName())
        .isEqualTo(outcome);
    assertThat(written.story()).isEqualTo(kind == null ? List.of() : List.of(kind));
    assertThat(written.on(Topics.POSTS)).isEmpty();
    assertThat(world.ledger(written).state(Fixtures.USERS_ID).posts()).isZero();
    assertThat(recipients())
        .isEqualTo(kind == Kind.RELAYED ? List.of("owner@o.example") : List.of());
  }

  @Test
  void refusesForDmarcBeforeAnythingIsWritten() {
    assertThat(post(list("dmarcAction", "REJECT"), PostExtras.NONE, mail(REJECTING)))
        .isInstanceOfSatisfying(
            PostOutcome.MustReject.class,
            refused ->
                assertThat(refused.reasons())
                    .extracting(Sentence::text)
                    .containsExactly(
                        "Many receivers would refuse copies of it from the list: a.example asks for"
                            + " reject."));
    MailingList own =
        Fixtures.list(
            ListSettings.DISCUSSION
                .with("dmarcAction", "REJECT")
                .with("dmarcNotice", "Use another address."));
    assertThat(post(own, PostExtras.NONE, mail(REJECTING)))
        .isEqualTo(new PostOutcome.MustReject(List.of(Sentence.plain("Use another address."))));
    assertThat(written.story()).isEmpty();
    assertThat(post(list("dmarcAction", "DISCARD"), PostExtras.NONE, mail(REJECTING)))
        .isInstanceOf(PostOutcome.SetAside.class);
    assertThat(written.story()).containsExactly(Kind.DISCARDED);
  }

  @Test
  void changesTheAuthorInCopiesOnlyAndSaysWhy() {
    List<RawMessage> digests = new ArrayList<>();
    PostExtras extras =
        new PostExtras() {
          @Override
          public void posted(
              Ledger ledger, MailingList list, ListMail mail, RawMessage digest, Instant now) {
            digests.add(digest);
          }
        };
    assertThat(post(Fixtures.list(), extras, mail(REJECTING))).isEqualTo(new PostOutcome.Posted());
    written.finish();
    assertThat(value(message(written.on(Topics.OUTGOING).getFirst().value()), "From"))
        .isEqualTo("Ann via Users of X <users@lists.example.org>");
    assertThat(value(message(written.on(Topics.POSTS).getFirst().value()), "From"))
        .isEqualTo("Ann <ann@a.example>");
    assertThat(value(digests.getFirst(), "From")).isEqualTo("Ann <ann@a.example>");
    assertThat(written.events().getLast().text())
        .isEqualTo(
            "Expanded to 0 members of users@lists.example.org."
                + " From is the list's: a.example asks for reject.");
  }

  @Test
  void leavesAuthorsAloneWhomTheListNames() {
    post(list("dmarcExcept", List.of("ANN@a.example")), PostExtras.NONE, mail(REJECTING));
    assertThat(value(message(written.on(Topics.OUTGOING).getFirst().value()), "From"))
        .isEqualTo("Ann <ann@a.example>");
  }

  @Test
  void putsTextsAroundCopiesAndNotIntoTheArchive() {
    List<PostValues> asked = new ArrayList<>();
    PostExtras extras =
        new PostExtras() {
          @Override
          public TextsAround texts(Ledger ledger, MailingList list, PostValues values) {
            asked.add(values);
            return new TextsAround(Optional.empty(), Optional.of("footer"));
          }
        };
    post(list("subjectPrefix", "[%d]"), extras, mail(null));
    assertThat(asked.getFirst().number()).hasValue(1);
    assertThat(asked.getFirst().archivedAt().orElseThrow()).contains("/archive/users@");
    assertThat(text(written.on(Topics.OUTGOING).getFirst().value())).endsWith("text\r\nfooter\r\n");
    assertThat(text(written.on(Topics.POSTS).getFirst().value())).endsWith("text\r\n");
  }

  @Test
  void keepsNothingOfTheAuthorOnAnAnonymousList() {
    post(list("anonymous", true), PostExtras.NONE, mail(REJECTING));
    for (String topic : List.of(Topics.OUTGOING, Topics.POSTS)) {
      assertThat(text(written.on(topic).getFirst().value())).doesNotContainIgnoringCase("ann");
    }
  }

  @Test
  void acknowledgesToWhoWantsItAndIsProven() {
    Member ann = with("ann@a.example", PublicationTest::acknowledged);
    world.with(Fixtures.list(), ann);
    post(Fixtures.list(), PostExtras.NONE, mail(REJECTING));
    assertThat(written.story()).doesNotContain(Kind.NOTICE);
    post(Fixtures.list(), PostExtras.NONE, mail(PROVEN));
    assertThat(written.story()).contains(Kind.NOTICE);
    world.with(Fixtures.list(), Fixtures.member("ann@a.example"));
    MemoryTransaction before = new MemoryTransaction();
    publication(PostExtras.NONE)
        .post(world.ledger(before), Fixtures.list(), mail(PROVEN), Fixtures.NOW, "Accepted.");
    assertThat(before.story()).doesNotContain(Kind.NOTICE);
  }

  @Test
  void notesItsProvenAuthorAndNobodyElse() {
    world.with(Fixtures.list(), Fixtures.member("fay@f.example"));
    post(Fixtures.list(), PostExtras.NONE, mail(REJECTING));
    post(Fixtures.list(), PostExtras.NONE, mail(PROVEN));
    written.finish();
    assertThat(written.events())
        .filteredOn(event -> event.kind() == Kind.EXPANDED)
        .extracting(MailEvent::author)
        .containsExactly(null, MailAddress.of("ann@a.example"));
    assertThat(written.events())
        .filteredOn(event -> event.kind() != Kind.EXPANDED)
        .extracting(MailEvent::author)
        .containsOnlyNulls();
  }

  @Test
  void givesNobodyALinkWhereTheListShowsNoCommands() {
    world.with(Fixtures.list(), Fixtures.member("fay@f.example"));
    post(list("listHeaders", false), PostExtras.NONE, mail(null));
    assertThat(deliveries()).extracting(Delivery::unsubscribe).containsOnlyNulls();
    post(Fixtures.list(), PostExtras.NONE, mail(null));
    assertThat(deliveries().getLast().unsubscribe()).isNotNull();
  }

  private PostOutcome post(MailingList list, PostExtras extras, ListMail mail) {
    return publication(extras).post(world.ledger(written), list, mail, Fixtures.NOW, "Accepted.");
  }

  private static Publication publication(PostExtras extras) {
    SiteUrls urls = new SiteUrls("https://lists.example.org");
    return new Publication(
        new ListHeaders(urls),
        urls,
        new Notices(() -> Fixtures.NOW, new Random(1), new Texts(urls)),
        new Texts(urls),
        extras);
  }

  private List<Delivery> deliveries() {
    written.finish();
    return written.on(Topics.DELIVERIES, Delivery.class);
  }

  private List<String> recipients() {
    return deliveries().stream()
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .toList();
  }

  private static ListMail mail(@Nullable AuthenticationReport report) {
    return Fixtures.mail(
        "ann@a.example",
        POST,
        new Route.ListPost(Fixtures.USERS_ID),
        report == null ? AuthenticationReport.NOT_CHECKED : report,
        null);
  }

  private static AuthenticationReport report(Result dmarc) {
    return new AuthenticationReport(
        Result.NONE,
        Result.NONE,
        dmarc,
        "a.example",
        new AuthenticationEvidence(
            new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", ""),
            List.of(),
            new Dmarc(dmarc, "a.example", null, Dmarc.Policy.REJECT, false, List.of(), ""),
            new Arc(Result.NONE, 0, null, ""),
            new Iprev(Result.NONE, null)));
  }

  private static MailingList list(String setting, Object value) {
    return Fixtures.list(ListSettings.DISCUSSION.with(setting, value));
  }

  private static Member with(String address, UnaryOperator<MemberOptions> change) {
    return Fixtures.member(address, null, Set.of(MemberRole.MEMBER).toArray(MemberRole[]::new))
        .with(change.apply(MemberOptions.DEFAULT));
  }

  private static MemberOptions own(MemberOptions o, boolean own) {
    return new MemberOptions(
        o.mode(),
        o.stopped(),
        o.stoppedUntil(),
        own,
        o.acknowledge(),
        o.skipDuplicates(),
        o.concealed(),
        o.language(),
        o.probation());
  }

  private static MemberOptions skipping(MemberOptions o) {
    return new MemberOptions(
        o.mode(),
        o.stopped(),
        o.stoppedUntil(),
        o.ownPosts(),
        o.acknowledge(),
        true,
        o.concealed(),
        o.language(),
        o.probation());
  }

  private static MemberOptions acknowledged(MemberOptions o) {
    return new MemberOptions(
        o.mode(),
        o.stopped(),
        o.stoppedUntil(),
        o.ownPosts(),
        true,
        o.skipDuplicates(),
        o.concealed(),
        o.language(),
        o.probation());
  }

  private static RawMessage message(byte @Nullable [] value) {
    return RawMessage.copyOf(Objects.requireNonNull(value));
  }

  private static String text(byte @Nullable [] value) {
    return new String(Objects.requireNonNull(value), StandardCharsets.ISO_8859_1);
  }

  private static String value(RawMessage message, String name) {
    return HeaderBlock.of(message).first(name).map(HeaderField::value).orElse("");
  }
}
