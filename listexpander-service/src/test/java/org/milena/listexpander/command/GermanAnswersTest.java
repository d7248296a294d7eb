package org.milena.listexpander.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.command.ListChange;
import org.milena.common.command.MemberChange;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.MailEvent;
import org.milena.common.event.Route;
import org.milena.common.event.Route.Role;
import org.milena.common.event.Sentence;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.English;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.FirstText;

/** What a German list answers to commands; its story stays English. */
class GermanAnswersTest {
  private static final ListSettings GERMAN = ListSettings.DISCUSSION.with("language", "de");
  private static final String OWNER = "own@o.example";
  private static final String ANN = "ann@a.example";

  private final ListWorld world = world(GERMAN);
  private int mails;

  private static ListWorld world(ListSettings settings) {
    return new ListWorld()
        .with(
            Fixtures.list(settings),
            Fixtures.member(ANN),
            Fixtures.member(OWNER, null, MemberRole.OWNER, MemberRole.MEMBER));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ann@a.example ; set mode plain ; set: Die Optionen von ann@a.example sind geändert. ; set: The options of ann@a.example are changed.
          ann@a.example ; set mode all ; set: Es war nichts zu ändern. ; set: Nothing was to be changed.
          ann@a.example ; set until 2020-01-01 ; set: Die Zustellung lässt sich nicht bis 2020-01-01 anhalten: Heute ist 2026-03-01. ; set: Delivery cannot stop until 2020-01-01: it is 2026-03-01.
          ann@a.example ; set language fr ; set: Die Sprachen hier sind de, en. ; set: The languages here are de, en.
          ann@a.example ; set color blue ; Nicht ausgeführt: set versteht: mode all|mime ; Not done: set takes: mode all|mime
          eve@e.example ; set mode plain ; set: eve@e.example ist nicht auf der Liste users@lists.example.org. ; set: eve@e.example is not on users@lists.example.org.
          ann@a.example ; confirm ; Nicht ausgeführt: confirm braucht das Token, das Sie erhalten haben. ; Not done: confirm needs the token that you were sent.
          ann@a.example ; confirm abc ; confirm: Das Token ist nicht von uns oder zu alt; confirm: This token is not ours
          ann@a.example ; password x y ; Nicht ausgeführt: hier gibt es keine Passwörter: Schreiben Sie von Ihrer Adresse aus. ; Not done: there are no passwords here: write from your address.
          ann@a.example ; get 1 ; Nicht ausgeführt: Beiträge liest man im Archiv im Web. ; Not done: posts are read in the archive on the web.
          ann@a.example ; subscribe digest=x ; Nicht ausgeführt: digest ist no, mime oder plain. ; Not done: digest is no, mime or plain.
          ann@a.example ; subscribe eve@e.example ; subscribe: Darum kann nur die Adresse selbst bitten: Schreiben Sie von ihr aus. ; subscribe: only the address itself can ask for that: write from it.
          ann@a.example ; unsubscribe eve@e.example ; unsubscribe: Darum kann nur die Adresse selbst bitten ; unsubscribe: only the address itself
          ann@a.example ; signoff other ; Nicht ausgeführt: dies ist nur die Adresse von users@lists.example.org: Lassen Sie den Namen weg ; Not done: this is the address of users@lists.example.org only: leave the name out
          ann@a.example ; invite eve@e.example ; invite: Nur Eigentümer von users@lists.example.org laden ein. ; invite: only owners of users@lists.example.org invite.
          own@o.example ; invite ; Nicht ausgeführt: invite braucht eine Adresse. ; Not done: invite needs an address.
          own@o.example ; invite eve@e.example ann@a.example ; invite: 1 eingeladen, 1 nicht: Mitglieder ; invite: 1 invited, 1 not: members
          ann@a.example ; close <1@x.example> ; close: Das tun nur Eigentümer und Moderatoren von users@lists.example.org. ; close: only owners and moderators of users@lists.example.org do that.
          own@o.example ; close ; close: Welches Thema? ; close: which thread?
          own@o.example ; close <1@x.example> ; close: Das Thema von <1@x.example> ist geschlossen: Was noch kommt, wird zurückgehalten. ; close: The thread of <1@x.example> is closed: what still comes is held.
          own@o.example ; open <1@x.example> ; open: Das Thema von <1@x.example> ist nicht geschlossen. ; open: The thread of <1@x.example> is not closed.
          ann@a.example ; follow <1@x.example> ; follow: ann@a.example erhält alle Beiträge des Themas von <1@x.example>. ; follow: ann@a.example gets each post of the thread of <1@x.example>.
          ann@a.example ; mute <1@x.example> ; mute: ann@a.example erhält keine Beiträge des Themas von <1@x.example> mehr. ; mute: ann@a.example gets no more posts of the thread of <1@x.example>.
          eve@e.example ; mute <1@x.example> ; mute: eve@e.example ist nicht Mitglied von users@lists.example.org. ; mute: eve@e.example is no member of users@lists.example.org.
          ann@a.example ; unmute <1@x.example> ; unmute: ann@a.example hat keinen solchen Wunsch zum Thema von <1@x.example>. ; unmute: ann@a.example has no such wish for the thread of <1@x.example>.
          eve@e.example ; who ; who: Die Mitglieder von users@lists.example.org werden Ihnen nicht gezeigt. ; who: the members of users@lists.example.org are not shown to you.
          ann@a.example ; echo Hallo ; echo Hallo ; echo Hallo
          """)
  void answersInGerman(String from, String command, String answer, String story) {
    MemoryTransaction written = request(from, command);
    String text = answer(written, from);
    assertThat(text).contains(answer);
    // commands and their values are the same in every language
    String sentences = text.replaceAll("(?m)^[a-z]+: |yes\\|no|no, mime", "");
    assertThat(English.in(sentences)).as(text).isEmpty();
    assertThat(written.events()).extracting(MailEvent::text).anyMatch(told -> told.contains(story));
  }

  @Test
  void sayNoMoreThanFiveCommands() {
    String text = answer(request(ANN, "echo 1\necho 2\necho 3\necho 4\necho 5\necho 6"), ANN);
    assertThat(text).contains("echo 5", "Nur die ersten 5 Befehle einer Mail werden ausgeführt.");
    assertThat(English.in(text)).isEmpty();
  }

  @Test
  void namesWhatIsWrongWithAnAddressInTheWordsOfItsReader() {
    MemoryTransaction written = request(ANN, "subscribe a..b@x.example");
    assertThat(answer(written, ANN))
        .contains("Nicht ausgeführt: „a..b@x.example“ ist keine Adresse (local part has a dot");
    assertThat(written.events().getLast().text())
        .contains("Not done: \"a..b@x.example\" is no address: local part has a dot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLOSED", "OPEN"})
  void whoIsKeptOutReadsItInGerman(String policy) {
    ListWorld strict =
        world(GERMAN.with("subscribePolicy", policy).with("bans", List.of("eve@e.example")));
    String text = answer(request(strict, "eve@e.example", "subscribe\necho x"), "eve@e.example");
    assertThat(text).contains("users-owner@lists.example.org");
    assertThat(English.in(text)).as(text).isEmpty();
  }

  @Test
  void aClosedListSaysSoInGerman() {
    world.command(new ListChange.RetireList(true));
    assertThat(answer(request("eve@e.example", "subscribe"), "eve@e.example"))
        .contains("subscribe: Die Liste users@lists.example.org ist endgültig geschlossen.");
  }

  @Test
  void speaksTheLanguageThatIsSetInTheSameMail() {
    ListWorld english = world(ListSettings.DISCUSSION);
    assertThat(answer(request(english, ANN, "set language de"), ANN))
        .contains("set: Die Optionen von ann@a.example sind geändert.");
    assertThat(answer(request(english, OWNER, "set mode mime"), OWNER))
        .contains("set: The options of own@o.example are changed.");
  }

  @Test
  void whatAModeratorStoppedIsSaidInGerman() {
    world.command(
        new MemberChange.PutMembers(
            List.of(
                new MemberChange.NewMember(
                    MailAddress.of(ANN),
                    "",
                    Set.of(MemberRole.MEMBER),
                    null,
                    null,
                    new OptionsPatch(null, false, null, null, null, null, null, null, null)))));
    assertThat(answer(request(ANN, "set delivery on"), ANN))
        .contains("set: Ein Moderator hat die Zustellung an dieses Mitglied angehalten");
  }

  /** A command that says a text of its own would say it in English to everybody. */
  @Test
  void noCommandSaysAnythingPastTheCatalogueButWhatItEchoes() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.milena.listexpander.command");
    assertThat(
            ours.stream()
                .flatMap(one -> one.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(Sentence.class))
                .filter(call -> call.getTarget().getName().equals("plain"))
                .map(call ->
                    call.getOriginOwner().getSimpleName() + "." + call.getOrigin().getName()))
        .containsExactly("MailCommands.carryOut");
  }

  private MemoryTransaction request(String from, String text) {
    return request(world, from, text);
  }

  private MemoryTransaction request(ListWorld where, String from, String text) {
    return where.take(
        Fixtures.mail(
            from,
            "From: <%s>\nMessage-ID: <%d@test.example>\nSubject: \n\n%s\n"
                .formatted(from, ++mails, text),
            new Route.ListRole(Fixtures.USERS_ID, Role.REQUEST, null),
            new AuthenticationReport(
                Result.PASS, Result.PASS, Result.PASS, MailAddress.of(from).domain(), null),
            null));
  }

  private static String answer(MemoryTransaction written, String to) {
    return written.on(Topics.OUTGOING).stream()
        .map(record -> RawMessage.copyOf(Objects.requireNonNull(record.value())))
        .filter(message ->
            new String(message.toByteArray(), StandardCharsets.US_ASCII)
                .contains("\r\nTo: " + to + "\r\n"))
        .map(message -> FirstText.of(message, 64 * 1024).orElseThrow())
        .findFirst()
        .orElseThrow();
  }
}
