package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.sequence.SequenceSamples.POST;
import static org.milena.listexpander.sequence.SequenceSamples.decide;
import static org.milena.listexpander.sequence.SequenceSamples.proven;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.command.ListChange;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.Hold;
import org.milena.common.event.MailJson;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.fake.English;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.FirstText;
import org.milena.listexpander.incoming.ListMail;

/** Mails of a German list hold no English sentence. */
class GermanMailsTest {
  private static final ListSettings GERMAN = ListSettings.DISCUSSION.with("language", "de");
  private static final String STRANGER = POST.replace("ann@a", "eve@e");

  private final ListWorld world = new ListWorld();

  @Test
  void moderatorsAndAuthorsReadInGermanWhyAPostIsHeld() {
    world.with(
        Fixtures.list(GERMAN.with("maxSize", 10)),
        Fixtures.member("own@o.example", null, MemberRole.OWNER));
    MemoryTransaction written = world.take(proven(STRANGER));
    for (String reader : new String[] {"own@o.example", "eve@e.example"}) {
      String text = mail(written, reader);
      assertThat(text)
          .contains(
              "- eve@e.example ist nicht Mitglied. Beiträge von Nichtmitgliedern werden zur"
                  + " Moderation zurückgehalten.",
              "Byte; auf dieser Liste sind höchstens 10 erlaubt.");
      assertThat(English.in(text)).as(text).isEmpty();
    }
    assertThat(world.holds().getFirst().reasons())
        .first()
        .isEqualTo("eve@e.example is not a member. Posts of non-members are held for moderation.");
    assertThat(written.events().getLast().text())
        .contains("eve@e.example is not a member. Posts of non-members are held for moderation.");
  }

  @Test
  void everyReaderReadsTheOwnLanguage() {
    world.with(
        Fixtures.list(),
        german(Fixtures.member("own@o.example", null, MemberRole.OWNER)),
        Fixtures.member("mod@m.example", null, MemberRole.MODERATOR));
    MemoryTransaction written = world.take(proven(STRANGER));
    assertThat(English.in(mail(written, "own@o.example"))).isEmpty();
    for (String reader : new String[] {"mod@m.example", "eve@e.example"}) {
      assertThat(mail(written, reader))
          .contains(
              "- eve@e.example is not a member. Posts of non-members are held for moderation.")
          .doesNotContain("nicht Mitglied");
    }
  }

  @Test
  void authorsReadInGermanWhyAPostIsRejected() {
    world.with(Fixtures.list(GERMAN.with("nonMemberAction", PostAction.REJECT)));
    String text = mail(world.take(proven(STRANGER)), "eve@e.example");
    assertThat(text)
        .contains(
            "- eve@e.example ist nicht Mitglied. Beiträge von Nichtmitgliedern werden abgelehnt.");
    assertThat(English.in(text)).as(text).isEmpty();
  }

  @Test
  void authorsReadInGermanThatAModeratorRejectedIt() {
    world.with(Fixtures.list(GERMAN), Fixtures.member("own@o.example", null, MemberRole.OWNER));
    world.take(proven(STRANGER));
    assertThat(mail(world.take(decide(world, HeldDecision.REJECT)), "eve@e.example"))
        .contains("- Ein Moderator hat ihn abgelehnt.", "no thanks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          maybe ; Das erste Wort ist „maybe“, deshalb wurde nichts getan.
          > ok  ; Die erste Zeile ist leer, deshalb wurde nichts getan.
          trust ; Die Adresse eve@e.example ist nur behauptet. Es ist nicht bewiesen, von wem der Beitrag stammt: das wurde nicht geprüft. Wer sie in From schreibt, würde durchgelassen: Mit „trust force“ lassen Sie sie trotzdem künftig durch.
          """)
  void moderatorsReadInGermanWhyTheirAnswerWasNotCarriedOut(String answer, String why) {
    String text = mail(answered(answer), "own@o.example");
    assertThat(text).contains(why);
    assertThat(English.in(text.replace("From", ""))).as(text).isEmpty();
  }

  @Test
  void moderatorsReadInGermanThatAnotherOneDecided() {
    MemoryTransaction told = held();
    world.take(decide(world, HeldDecision.DISCARD));
    MemoryTransaction late = world.take(answer(told, "accept"));
    assertThat(mail(late, "own@o.example"))
        .contains("Dieser Beitrag wurde schon von ann am 2026-03-01 10:00 UTC verworfen.");
    assertThat(late.events().getLast().text())
        .contains("This post was discarded by ann at 2026-03-01 10:00 UTC already.");
  }

  private MemoryTransaction held() {
    world.with(Fixtures.list(GERMAN), Fixtures.member("own@o.example", null, MemberRole.OWNER));
    return world.take(Fixtures.post("eve@e.example", STRANGER));
  }

  private MemoryTransaction answered(String text) {
    return world.take(answer(held(), text));
  }

  /** A moderator's answer to the notice. */
  private static ListMail answer(MemoryTransaction told, String text) {
    Matcher tag =
        Pattern.compile("users-moderate\\+([a-z0-9]+)@")
            .matcher(SequenceSamples.text(told.on(Topics.OUTGOING).getFirst()));
    assertThat(tag.find()).isTrue();
    return Fixtures.role(
        "own@o.example",
        Route.Role.MODERATE,
        tag.group(1),
        "From: own@o.example\nSubject: Re: hi\n\n" + text + "\n");
  }

  @Test
  void theDailyMailSaysInEnglishOnlyWhatARowOfBeforeSays() {
    world.with(
        Fixtures.list(GERMAN.with("moderatorNotices", "DAILY")),
        Fixtures.member("own@o.example", null, MemberRole.OWNER));
    world.take(Fixtures.post("eve@e.example", STRANGER));
    world.take(Fixtures.post("eve@e.example", STRANGER.replace("<1@", "<2@")));
    Hold before = withoutSentences(world.holds().getLast());
    world.tables.holds().put(before.holdId(), before);
    assertThat(mail(world.take(new ListChange.DoChores()), "own@o.example"))
        .containsOnlyOnce(
            "- eve@e.example ist nicht Mitglied. Beiträge von Nichtmitgliedern werden zur"
                + " Moderation zurückgehalten.")
        .containsOnlyOnce(
            "- eve@e.example is not a member. Posts of non-members are held for moderation.");
  }

  /** As version 0.1.0 wrote it. */
  private static Hold withoutSentences(Hold hold) {
    var tree = MailJson.mapper().readTree(MailJson.text(hold));
    assertThat(tree.has("sentences")).isTrue();
    return MailJson.read(tree.asObject().without("sentences").toString(), Hold.class);
  }

  private static Member german(Member member) {
    return member.with(
        new OptionsPatch(null, null, null, null, null, null, null, "de", null)
            .over(member.options(), MemberOptions.Stop.BY_MEMBER));
  }

  /** The text of the one mail to this address. */
  private static String mail(MemoryTransaction written, String to) {
    return written.on(Topics.OUTGOING).stream()
        .map(record -> RawMessage.copyOf(Objects.requireNonNull(record.value())))
        .filter(message ->
            HeaderBlock.of(message).all("To").stream()
                .anyMatch(field -> field.toString().contains(to)))
        .map(message -> FirstText.of(message, 64 * 1024).orElseThrow())
        .findFirst()
        .orElseThrow();
  }
}
