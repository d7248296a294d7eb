package org.milena.listexpander.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.PendingRequest.Kind;
import org.milena.common.directory.Template;
import org.milena.common.event.Hold;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Sentence;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.template.Language;
import org.milena.listexpander.template.TemplateName;

class TextsTest {
  private static final List<Sentence> NO = List.of(Sentence.plain("No."));
  private static final MailAddress ANN = MailAddress.of("ann@a.example");
  private static final String LIST = "users@lists.example.org";
  private static final String PAGE = "https://lists.example.org/lists/" + LIST;
  private static final String OWNER = "users-owner@lists.example.org";
  private static final String LEAVE = "users-unsubscribe@lists.example.org";

  private final SiteUrls urls = new SiteUrls("https://lists.example.org");
  private final Texts texts = new Texts(urls);
  private final ModerationTexts moderation = new ModerationTexts(texts, urls);
  private final MemoryTransaction transaction = new MemoryTransaction();
  private final ListWorld world = new ListWorld();
  private final Ledger ledger = world.ledger(transaction);

  @ParameterizedTest
  @CsvSource({"en,Help for,one command", "de,Hilfe zu,einen Befehl"})
  void helps(String language, String subject, String words) {
    Notice notice = texts.help(ledger, list(language), ANN);
    assertThat(notice.from()).isEqualTo("request");
    assertThat(notice.subject()).isEqualTo(subject + " " + LIST);
    assertThat(notice.text())
        .contains(words, "confirm TOKEN", "users-request@lists.example.org", OWNER, PAGE)
        .contains("users-subscribe@lists.example.org", LEAVE)
        .endsWith("\n\n-- \n" + LIST + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "en,SUBSCRIBE,joins the mailing list",
    "en,UNSUBSCRIBE,leaves the mailing list",
    "de,SUBSCRIBE,wird.",
    "de,UNSUBSCRIBE,verlässt."
  })
  void asksForAConfirmation(String language, Kind kind, String words) {
    PendingRequest pending =
        PendingRequest.ofList(
            "r1", Fixtures.USERS_ID, kind, ANN, "", Fixtures.NOW, Fixtures.NOW.plusSeconds(9));
    Notice notice = texts.confirm(ledger, list(language), pending, "t0k3n");
    assertThat(notice.from()).isEqualTo("request");
    assertThat(notice.subject()).isEqualTo("confirm t0k3n");
    assertThat(notice.text())
        .contains(words, ANN.toString(), LIST, "\n  https://lists.example.org/confirm/t0k3n\n");
  }

  @ParameterizedTest
  @CsvSource({
    "en,Welcome to users@,You have left users@,You are a member,Not a member",
    "de,Willkommen auf users@,Sie haben users@,Sie sind Mitglied,Kein Mitglied"
  })
  void speaksToMembers(
      String language, String welcome, String goodbye, String already, String none) {
    MailingList list = list(language);
    Notice joined = texts.welcome(ledger, list, ANN);
    assertThat(joined.subject()).startsWith(welcome);
    assertThat(joined.text()).contains(ANN.toString(), LIST, LEAVE, PAGE);
    Notice left = texts.goodbye(ledger, list, ANN);
    assertThat(left.subject()).startsWith(goodbye);
    assertThat(left.text()).contains(ANN.toString(), LIST);
    Notice member = texts.alreadyMember(ledger, list, ANN);
    assertThat(member.subject()).startsWith(already);
    assertThat(member.text()).contains(ANN.toString(), LIST);
    Notice stranger = texts.notMember(ledger, list, ANN);
    assertThat(stranger.subject()).startsWith(none);
    assertThat(stranger.text()).contains(ANN.toString(), LIST, LEAVE);
  }

  @ParameterizedTest
  @CsvSource({"en,added by its owners,For help", "de,Eigentümern eingetragen,Hilfe erhalten"})
  void answersCommands(String language, String closed, String help) {
    MailingList list = list(language);
    assertThat(texts.closed(ledger, list, ANN).text()).contains(closed, LIST, OWNER);
    Notice results =
        texts.results(ledger, list, ANN, List.of("one: ${token}", "two: $$"), List.of());
    assertThat(results.subject()).endsWith("users-request@lists.example.org");
    assertThat(results.text())
        .startsWith("one: ${token}\ntwo: $$\n\n")
        .contains(help, "users-request@lists.example.org");
  }

  @ParameterizedTest
  @CsvSource({
    "en,'Held: ','Size:    12,345 octets',(no subject)",
    "de,'Zurückgehalten: ','Größe:   12.345 Byte',(ohne Betreff)"
  })
  void tellsModerators(String language, String held, String size, String none) {
    MailingList list = list(language);
    Notice notice = moderation.held(ledger, list, hold("Trains"), ANN, "tok");
    assertThat(notice.from()).isEqualTo("owner");
    assertThat(notice.subject()).isEqualTo(held + "Trains");
    assertThat(notice.text())
        .contains(
            "Eve <eve@e.example>", "Trains", size, "- Not a member.\n- New.\n\n", "/moderate/tok");
    assertThat(moderation.held(ledger, list, hold(""), ANN, "tok").subject())
        .isEqualTo(held + none);
    assertThat(texts.flood(ledger, list)).isNotBlank().doesNotContain("--");
  }

  @ParameterizedTest
  @CsvSource({
    "en,waits for a moderator,was not accepted",
    "de,wartet auf einen Moderator,wurde nicht angenommen"
  })
  void tellsAuthors(String language, String waits, String refused) {
    MailingList list = list(language);
    Notice held = moderation.heldForAuthor(ledger, list, ANN, hold("Trains"));
    assertThat(held.subject()).contains(LIST, waits);
    assertThat(held.text()).contains("Trains", "- Not a member.\n- New.\n");
    Notice rejected = moderation.rejected(ledger, list, ANN, "Trains", NO, "Not\n\nhere.\n");
    assertThat(rejected.subject()).contains(LIST, refused);
    assertThat(rejected.text()).contains("Trains", "\n- No.\n\nNot\n\nhere.\n\n", OWNER);
    assertThat(moderation.rejected(ledger, list, ANN, "Trains", NO, " ").text())
        .contains("\n- No.\n\n", OWNER)
        .doesNotContain("\n\n\n");
  }

  @Test
  void speaksTheLanguageThatTheMemberChose() {
    MailingList list = list("en");
    world.with(list, german(ANN));
    assertThat(texts.welcome(ledger, list, ANN).subject()).startsWith("Willkommen");
    assertThat(texts.welcome(ledger, list, MailAddress.of("bob@b.example")).subject())
        .startsWith("Welcome");
    assertThat(moderation.held(ledger, list, hold("x"), ANN, "tok").subject())
        .startsWith("Zurückgehalten");
    assertThat(
            moderation
                .held(ledger, list, hold("x"), MailAddress.of("bob@b.example"), "tok")
                .subject())
        .startsWith("Held");
  }

  @Test
  void usesWhatOwnersWrote() {
    MailingList list = list("en");
    ledger.put(
        new Template(
            Fixtures.USERS_ID.value(),
            TemplateName.WELCOME.key(),
            "en",
            "Subject: Hi ${user_email}\n\nRules: https://x.example/$$1\n"));
    ledger.put(new Template("*", TemplateName.SIGNATURE.key(), "en", ""));
    assertThat(texts.welcome(ledger, list, ANN))
        .isEqualTo(new Notice("request", "Hi ann@a.example", "Rules: https://x.example/$1\n"));
  }

  @Test
  void givesPartsOfMails() {
    MailingList list = list("de");
    Map<String, String> values =
        Map.of(
            "post_url", "https://x.example/1",
            "user_email", "",
            "user_name", "",
            "user_name_or_email", "",
            "user_unsubscribe_url", "");
    assertThat(texts.part(ledger::template, list, Language.DE, TemplateName.FOOTER, values))
        .isEmpty();
    ledger.put(
        new Template(
            "lists.example.org", TemplateName.FOOTER.key(), "de", "${display_name} ${post_url}"));
    assertThat(texts.part(ledger::template, list, Language.DE, TemplateName.FOOTER, values))
        .isEqualTo("Users of X https://x.example/1\n");
  }

  @ParameterizedTest
  @EnumSource(TemplateName.class)
  void wantsExactlyTheValuesOfEachText(TemplateName name) {
    assertThatThrownBy(() ->
            texts.part(
                ledger::template, list("en"), Language.EN, name, Map.of("no_such_value", "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static MailingList list(String language) {
    return Fixtures.list(ListSettings.DISCUSSION.with("language", language));
  }

  private static Member german(MailAddress address) {
    MemberOptions options =
        new OptionsPatch(null, null, null, null, null, null, null, "de", null)
            .over(MemberOptions.DEFAULT, MemberOptions.Stop.BY_MEMBER);
    return new Member(
        Fixtures.USERS_ID, address, "", Set.of(MemberRole.MEMBER), null, options, Fixtures.NOW);
  }

  private static Hold hold(String subject) {
    return new Hold(
        "h1",
        Fixtures.USERS_ID,
        Fixtures.newId(),
        new MailPointer(new RecordPosition(Topics.HELD, 0, 0), Fixtures.newId(), "00"),
        "Eve <eve@e.example>",
        subject,
        12_345,
        Fixtures.NOW,
        List.of("Not a member.", "New."));
  }
}
