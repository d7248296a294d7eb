package org.milena.listexpander.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.common.event.Sentence;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.template.Language;

class SentencesTest {
  @Test
  void everyPhraseStandsInEveryCatalogueAndNothingElseDoes() {
    Sentences.check();
    assertThat(Sentences.patterns(Language.DE).keySet())
        .isEqualTo(Sentences.patterns(Language.EN).keySet())
        .containsExactlyInAnyOrderElementsOf(Stream.of(Phrase.values()).map(Phrase::key).toList());
  }

  @Test
  void everyPhraseIsSaidSomewhere() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.milena.listexpander");
    assertThat(Phrase.values())
        .allSatisfy(phrase ->
            assertThat(ours.get(Phrase.class).getField(phrase.name()).getAccessesToSelf())
                .as(phrase.key())
                .anyMatch(access -> !access.getOriginOwner().isEquivalentTo(Phrase.class)));
  }

  @ParameterizedTest
  @EnumSource(Phrase.class)
  void everyPatternHasTheSamePlacesInEveryLanguage(Phrase phrase) {
    assertThat(Sentences.places(pattern(Language.DE, phrase)))
        .isEqualTo(Sentences.places(pattern(Language.EN, phrase)));
    for (Language language : Language.values()) {
      String said = pattern(language, phrase);
      assertThat(said).isNotBlank().isEqualTo(said.strip());
      assertThat(said.replaceAll("\\{(\\d|\\*[^}]*)}", "")).doesNotContain("{", "}");
    }
    assertThat(pattern(Language.DE, phrase).endsWith("."))
        .as("is a whole sentence in both")
        .isEqualTo(pattern(Language.EN, phrase).endsWith("."));
  }

  @ParameterizedTest
  @EnumSource(Phrase.class)
  void isProperGerman(Phrase phrase) {
    String said = pattern(Language.DE, phrase);
    if (!Sentences.places(said).contains("*")) {
      assertThat(said).isNotEqualTo(pattern(Language.EN, phrase));
    }
    assertThat(said).doesNotContain("\"");
    for (String word : List.of("fuer", "ueber", "zurueck", "koennen", "aendern", "moechte")) {
      assertThat(said).doesNotContainIgnoringCase(word);
    }
    assertThat(Pattern.compile("\\b([Dd]u|[Dd]ir|[Dd]ich|[Dd]eine?[rmn]?)\\b").matcher(said).find())
        .as("says Sie")
        .isFalse();
    for (String word : List.of("the", "it", "is", "of", "and", "not", "post", "list")) {
      assertThat(Pattern.compile("\\b" + word + "\\b").matcher(said).find()).as(word).isFalse();
    }
  }

  @Test
  void saysNumbersAsTheLanguageWritesThem() {
    Sentence large = Phrase.MAX_SIZE.say(1_234_567, 40_000);
    assertThat(large.text())
        .isEqualTo("It has 1,234,567 octets, and the limit of this list is 40,000.");
    assertThat(Sentences.in(Language.EN, large)).isEqualTo(large.text());
    assertThat(Sentences.in(Language.DE, large))
        .isEqualTo("Er hat 1.234.567 Byte; auf dieser Liste sind höchstens 40.000 erlaubt.");
    Sentence points = Phrase.SPAM_POINTS.say(Sentence.number(7.25, 1), Sentence.number(1_500, 1));
    assertThat(points.text()).isEqualTo("the spam filter gives it 7.3 of 1500.0 points");
    assertThat(Sentences.in(Language.DE, points))
        .isEqualTo("der Spamfilter gibt ihm 7,3 von 1500,0 Punkten");
  }

  @Test
  void saysAsItIsWhatIsNoNumber() {
    Sentence nan = Sentence.number(Double.NaN, 1);
    assertThat(Sentences.in(Language.DE, nan)).isEqualTo("NaN");
    assertThat(
            Sentences.in(
                Language.DE,
                new Sentence("many", Sentence.NUMBER, List.of(Sentence.plain("9".repeat(99))))))
        .isEqualTo("many");
    assertThat(Sentences.in(Language.DE, new Sentence("none", Sentence.NUMBER, List.of())))
        .isEqualTo("none");
  }

  @Test
  void saysWhatStandsInsideInTheSameLanguage() {
    Sentence banned =
        Phrase.BANNED.say(
            MailAddress.of("eve@e.example"), Phrase.OF_LISTS_AT.say("lists.example.org"));
    assertThat(banned.text()).isEqualTo("eve@e.example is banned from lists at lists.example.org.");
    assertThat(Sentences.in(Language.DE, banned))
        .isEqualTo("eve@e.example ist von den Listen unter lists.example.org ausgeschlossen.");
  }

  @Test
  void leavesWhatComesFromOutsideAsItIs() {
    Sentence odd = Phrase.ENGINE_SAYS.say("$1 {0}", "\\ {*, } {9}");
    assertThat(odd.text()).isEqualTo("$1 {0} says \\ {*, } {9}");
    assertThat(Sentences.in(Language.DE, odd)).isEqualTo("$1 {0} meldet: \\ {*, } {9}");
  }

  @Test
  void saysInEnglishWhatAnotherVersionKnows() {
    assertThat(Sentences.in(Language.DE, new Sentence("New.", "of-another-version", List.of())))
        .isEqualTo("New.");
    assertThat(
            Sentences.in(
                Language.DE,
                new Sentence("No subject.", "no-subject", List.of(Sentence.plain("x")))))
        .isEqualTo("No subject.");
    assertThat(Sentences.in(Language.DE, new Sentence("Banned.", "banned", List.of())))
        .isEqualTo("Banned.");
    assertThat(Sentences.in(Language.DE, Sentence.plain("As it is."))).isEqualTo("As it is.");
  }

  @Test
  void aSentenceWithOtherArgumentsThanItsPlacesIsADefect() {
    assertThatThrownBy(() -> Phrase.BANNED.say("eve@e.example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Phrase.NO_SUBJECT.say("x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Phrase.DMARC_SAYS.say(new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyThatStandsTwiceIsADefect() throws IOException {
    assertThat(Sentences.read(new StringReader("a = ä\nb = {0}\n")))
        .containsEntry("a", "ä")
        .containsEntry("b", "{0}");
    assertThatThrownBy(() -> Sentences.read(new StringReader("a = x\na = y\n")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("twice");
  }

  private static String pattern(Language language, Phrase phrase) {
    return Objects.requireNonNull(Sentences.patterns(language).get(phrase.key()));
  }
}
