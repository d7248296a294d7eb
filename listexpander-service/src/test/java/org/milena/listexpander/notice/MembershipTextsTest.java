package org.milena.listexpander.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
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
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.template.Language;
import org.milena.listexpander.template.TemplateName;

class MembershipTextsTest {
  private static final MailAddress ANN = MailAddress.of("ann@a.example");
  private static final String LIST = "users@lists.example.org";
  private static final String END = "\n-- \n" + LIST + "\n";

  private final Texts texts = new Texts(new SiteUrls("https://lists.example.org"));
  private final MemoryTransaction transaction = new MemoryTransaction();
  private final Ledger ledger = new ListWorld().ledger(transaction);

  @ParameterizedTest
  @CsvSource({"en,invite ann@a.example", "de,laden ann@a.example ein"})
  void invites(String language, String words) {
    Notice notice =
        texts.invitation(
            ledger, list(language), request(Kind.INVITE), "t0k3n", " Do come,\n\nall of you. ");
    assertThat(notice.from()).isEqualTo("request");
    assertThat(notice.subject()).isEqualTo("confirm t0k3n");
    assertThat(notice.text())
        .contains(words, "\n\nDo come,\n\nall of you.\n\n", "/confirm/t0k3n\n", LIST);
    assertThat(texts.invitation(ledger, list(language), request(Kind.INVITE), "t0k3n", " ").text())
        .doesNotContain("\n\n\n");
  }

  @ParameterizedTest
  @CsvSource({
    "en,SUBSCRIBE,wants to join,waits until",
    "en,UNSUBSCRIBE,wants to leave,waits until",
    "de,SUBSCRIBE,möchte,wartet bis",
    "de,UNSUBSCRIBE,möchte,wartet bis"
  })
  void asksModerators(String language, Kind kind, String wants, String until) {
    Notice notice = texts.requestWaits(ledger, list(language), request(kind));
    assertThat(notice.from()).isEqualTo("owner");
    assertThat(notice.subject()).contains(ANN.toString(), wants);
    assertThat(notice.text())
        .contains("ann@a.example Ann", until + " 2026-", "/manage/lists/" + LIST);
  }

  @ParameterizedTest
  @CsvSource({
    "en,waits for a moderator,was refused,has joined,has left,No more answers",
    "de,wartet auf einen Moderator,wurde abgelehnt,ist jetzt Mitglied,verlassen,keine weiteren"
  })
  void tellsWhatBecameOfIt(
      String language, String waits, String refused, String joined, String left, String noMore) {
    MailingList list = list(language);
    assertThat(texts.waiting(ledger, list, ANN).subject()).contains(waits);
    Notice no = texts.requestRefused(ledger, list, request(Kind.SUBSCRIBE), "Not\n\nnow.\n");
    assertThat(no.subject()).contains(refused);
    assertThat(no.text()).contains(ANN.toString(), "\n\nNot\n\nnow.\n\n");
    assertThat(texts.joined(ledger, list, ANN, "Ann").subject()).contains(joined);
    assertThat(texts.left(ledger, list, ANN, "").subject()).contains(left);
    Notice last = texts.noMoreToday(ledger, list, ANN, 10);
    assertThat(last.subject()).contains(noMore);
    assertThat(last.text()).contains("10", ANN.toString());
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void answersQuestions(Language language) {
    MailingList list = list(language.tag());
    assertThat(texts.info(ledger, list, ANN).text())
        .contains("Users of X", "users-subscribe@lists.example.org", "/lists/" + LIST);
    assertThat(texts.lists(ledger, list, ANN, List.of(list, list)).text())
        .contains("\n  users@lists.example.org  Users of X\n  users@");
    assertThat(texts.which(ledger, list, ANN, List.of()).text())
        .contains(ANN.toString(), language == Language.EN ? "  (none)\n" : "  (keine)\n");
    assertThat(texts.roster(ledger, list, ANN, List.of("a@x (A)", "b@x"), 0).text())
        .contains("(2)", "\n\n  a@x (A)\n  b@x\n" + END);
    assertThat(texts.roster(ledger, list, ANN, List.of("a@x"), 1_999).text())
        .contains(language == Language.EN ? "(2,000)" : "(2.000)", "\n  a@x\n  ...\n");
  }

  @Test
  void tellsMembersTheirOptionsInTheirLanguage() {
    OptionsPatch german =
        new OptionsPatch(
            DeliveryMode.PLAIN_DIGEST,
            null,
            LocalDate.of(2027, 1, 15),
            null,
            null,
            null,
            null,
            "de",
            null);
    MemberOptions options = german.over(MemberOptions.DEFAULT, MemberOptions.Stop.BY_MODERATOR);
    Member member =
        new Member(
            Fixtures.USERS_ID, ANN, "", Set.of(MemberRole.MEMBER), null, options, Fixtures.NOW);
    ledger.put(member);
    Notice notice = texts.options(ledger, list("en"), member);
    assertThat(notice.subject()).isEqualTo("Ihre Optionen bei " + LIST);
    assertThat(notice.text())
        .contains(
            "\n\n  mode        plain\n",
            "\n  delivery    off, von einem Moderator until 2027-01-15\n",
            "\n  own         yes\n",
            "\n  language    de\n\n");
  }

  @Test
  void putsAnswersBelowEachOtherWithoutTheirSignatures() {
    MailingList list = list("en");
    Notice info = texts.info(ledger, list, ANN);
    Notice which = texts.which(ledger, list, ANN, List.of());
    String text = texts.results(ledger, list, ANN, List.of("echo a"), List.of(info, which)).text();
    assertThat(text).startsWith("echo a\n\nUsers of X (").contains("\n\nann@a.example is on");
    assertThat(text.split("\n-- \n", -1)).hasSize(2);
  }

  @Test
  void asksForAnAddressInTheNameOfTheSite() {
    Notice ours = texts.confirmAddress(ledger, "ann", ANN, "t0k3n");
    assertThat(ours.subject()).isEqualTo("Is this your address?");
    assertThat(ours.text())
        .contains("account ann,", ANN.toString(), "/confirm/t0k3n\n")
        .doesNotContain("-- ");
    ledger.put(
        new Template("*", TemplateName.CONFIRM_ADDRESS.key(), "en", "${account}: ${confirm_url}"));
    assertThat(texts.confirmAddress(ledger, "ann", ANN, "t0k3n").text())
        .isEqualTo("ann: https://lists.example.org/confirm/t0k3n\n");
  }

  private static PendingRequest request(Kind kind) {
    return PendingRequest.ofList(
        "r1", Fixtures.USERS_ID, kind, ANN, "Ann", Fixtures.NOW, Fixtures.NOW.plusSeconds(3_600));
  }

  private static MailingList list(String language) {
    return Fixtures.list(ListSettings.DISCUSSION.with("language", language));
  }
}
