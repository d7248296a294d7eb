package org.milena.listexpander.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailJson;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PersonalCopies;
import org.milena.common.event.PersonalMark;
import org.milena.common.event.PersonalValue;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.preparation.content.TextsAround;

/** Copies that are each member's own: what is written once, and what for each of them. */
class PersonalPublicationTest {
  private static final String POST =
      "From: Ann <ann@a.example>\nTo: users@lists.example.org, Bob <bob@b.example>\n"
          + "Cc: carol@c.example\nSubject: Hello\nMessage-ID: <1@a.example>\n\ntext\n";
  private static final PostExtras FOOTER =
      new PostExtras() {
        @Override
        public TextsAround texts(Ledger ledger, MailingList list, PostValues values) {
          var marks = values.marks();
          return new TextsAround(
              Optional.empty(),
              Optional.of(
                  marks.kept(
                      "A list.\nFor "
                          + marks.place(PersonalValue.NAME)
                          + ": "
                          + marks.place(PersonalValue.LEAVE_URL)
                          + "\n")),
              marks);
        }
      };

  private final ListWorld world = new ListWorld();
  private final MemoryTransaction written = new MemoryTransaction();

  @Test
  void writesThePostOnceAndANameForEachMember() {
    post("TEXTS", FOOTER, null);
    assertThat(written.on(Topics.OUTGOING)).hasSize(1);
    assertThat(marks())
        .extracting(PersonalMark::value)
        .containsExactly(PersonalValue.NAME, PersonalValue.LEAVE_URL);
    Delivery delivery = deliveries().getFirst();
    assertThat(delivery.personal())
        .isEqualTo(
            new PersonalCopies(false, "https://lists.example.org/unsubscribe/", names(delivery)));
    assertThat(delivery.name(MailAddress.of("fay@f.example"))).isEqualTo("Fay F\u00e9");
    assertThat(delivery.name(MailAddress.of("gil@f.example"))).isEmpty();
    assertThat(text(Topics.OUTGOING)).doesNotContain("Fay").contains("A list.");
    assertThat(header(Topics.OUTGOING, "To")).startsWith("users@lists.example.org");
    assertThat(text(Topics.POSTS)).endsWith("\r\n\r\ntext\r\n");
  }

  private static List<String> names(Delivery delivery) {
    return delivery.recipients().stream().map(delivery::name).toList();
  }

  @Test
  void writesNothingMoreWhereTextsSayNothingOfMembers() {
    post("TEXTS", PostExtras.NONE, null);
    assertThat(marks()).isEmpty();
    assertThat(deliveries()).extracting(Delivery::personal).containsOnlyNulls();
  }

  @Test
  void leavesWhatIsAboutMembersOutWhereNothingIsPersonal() {
    post("NONE", FOOTER, null);
    assertThat(text(Topics.OUTGOING)).endsWith("text\r\nA list.\r\n");
    assertThat(marks()).isEmpty();
    assertThat(deliveries()).extracting(Delivery::personal).containsOnlyNulls();
  }

  @Test
  void leavesToOpenAndWhomItNamedInCc() {
    post("FULL", PostExtras.NONE, null);
    assertThat(header(Topics.OUTGOING, "To")).isEmpty();
    assertThat(header(Topics.OUTGOING, "Cc"))
        .isEqualTo("users@lists.example.org, Bob <bob@b.example>, carol@c.example");
    assertThat(header(Topics.POSTS, "To")).startsWith("users@lists.example.org");
    assertThat(deliveries().getFirst().personal())
        .isEqualTo(new PersonalCopies(true, null, names(deliveries().getFirst())));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, from, Ann <ann@a.example>",
    "FULL, from, Ann <ann@a.example>",
    "NONE, to, Ann <ann@a.example>",
    "FULL, to, Ann via Users of X <users@lists.example.org>",
    "FULL, cc, Ann via Users of X <users@lists.example.org>"
  })
  void knowsThatASignatureOfToDies(String personalize, String signed, String author) {
    post(personalize, PostExtras.NONE, signed(signed));
    assertThat(header(Topics.OUTGOING, "From")).isEqualTo(author);
  }

  private void post(String personalize, PostExtras extras, @Nullable AuthenticationReport report) {
    SiteUrls urls = new SiteUrls("https://lists.example.org");
    MailingList list = Fixtures.list(ListSettings.DISCUSSION.with("personalize", personalize));
    world.with(list, named("fay@f.example", "Fay F\u00e9"), named("gil@f.example", ""));
    assertThat(
            new Publication(
                    new ListHeaders(urls),
                    urls,
                    new Notices(() -> Fixtures.NOW, new Random(1), new Texts(urls)),
                    new Texts(urls),
                    extras)
                .post(
                    world.ledger(written),
                    list,
                    Fixtures.mail(
                        "ann@a.example",
                        POST,
                        new Route.ListPost(Fixtures.USERS_ID),
                        report == null ? AuthenticationReport.NOT_CHECKED : report,
                        null),
                    Fixtures.NOW,
                    "Accepted."))
        .isEqualTo(new PostOutcome.Posted());
    written.finish();
  }

  private static Member named(String address, String name) {
    return new Member(
        Fixtures.USERS_ID,
        MailAddress.of(address),
        name,
        Set.of(MemberRole.MEMBER),
        null,
        Fixtures.NOW);
  }

  private static AuthenticationReport signed(String field) {
    return new AuthenticationReport(
        Result.NONE,
        Result.PASS,
        Result.PASS,
        "a.example",
        new AuthenticationEvidence(
            new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", ""),
            List.of(
                new Signature(
                    Result.PASS, "a.example", "s", "rsa-sha256", List.of("from", field), true, "")),
            new Dmarc(
                Result.PASS, "a.example", null, Dmarc.Policy.REJECT, false, List.of("dkim"), ""),
            new Arc(Result.NONE, 0, null, ""),
            new Iprev(Result.NONE, null)));
  }

  private List<PersonalMark> marks() {
    byte[] meta =
        Objects.requireNonNull(
            written.on(Topics.OUTGOING).getFirst().headers().get(RecordHeaders.META));
    return MailJson.read(meta, OutgoingMeta.class).marks();
  }

  private List<Delivery> deliveries() {
    return written.on(Topics.DELIVERIES, Delivery.class);
  }

  private String text(String topic) {
    return new String(
        Objects.requireNonNull(written.on(topic).getFirst().value()), StandardCharsets.UTF_8);
  }

  private String header(String topic, String name) {
    RawMessage message =
        RawMessage.copyOf(Objects.requireNonNull(written.on(topic).getFirst().value()));
    return HeaderBlock.of(message).first(name).map(HeaderField::value).orElse("");
  }
}
