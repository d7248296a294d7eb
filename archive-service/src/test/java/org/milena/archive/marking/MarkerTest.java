package org.milena.archive.marking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.archive.search.Snippet;

/** Marks are shown as square brackets. */
class MarkerTest {
  private static final Analyzer LOWER = word -> Set.of(word.toLowerCase(Locale.ROOT));
  private static final int ALL = 50_000;

  private static Marker marker(String... phrases) {
    return marker(false, phrases);
  }

  private static Marker marker(boolean open, String... phrases) {
    return new Marker(
        List.of(phrases).stream().map(phrase -> Phrase.of(phrase, open, LOWER)).toList(),
        LOWER,
        true,
        ALL);
  }

  private static String shown(Snippet snippet) {
    return snippet.runs().stream()
        .map(run -> run.hit() ? "[" + run.text() + "]" : run.text())
        .collect(Collectors.joining());
  }

  private static String best(Marker marker, String... texts) {
    return marker.best(List.of(texts)).map(MarkerTest::shown).orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "panic | a panic came | a [panic] came",
        "panic | (Panic) and panicky | ([Panic]) and panicky",
        "panic | no such word | no such word",
        "e1000e | the e1000e-driver e1000 | the [e1000e]-driver e1000",
        "straße | die STRASSE, die Straße | die STRASSE, die [Straße]",
        "kernel.org | see lists.kernel.org or kernel.org | see lists.kernel.org or [kernel.org]",
        "_init | call _init() or init | call [_init]() or init",
        "内核 | 的内核源 | 的[内核]源",
      })
  void marksWordsInAWhole(String looked, String text, String expected) {
    assertThat(shown(marker(looked).whole(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kernel panic | kernel, panic; panic kernel panic | [kernel], [panic]; panic [kernel]"
            + " [panic]",
        "kernel panic | kernel a panic | kernel a panic",
        "a a b | a a a b a a | a [a] [a] [b] a a",
        "fix-leak | the fix_leak fix leak fix-leak | the fix_leak [fix] [leak] [fix]-[leak]",
      })
  void marksPhrasesWhereTheyStand(String looked, String text, String expected) {
    assertThat(shown(marker(looked).whole(text))).isEqualTo(expected);
  }

  @Test
  void marksWordsThatBeginSo() {
    assertThat(shown(marker(true, "conf").whole("config, Confer, a conf, reconf")))
        .isEqualTo("[config], [Confer], a [conf], reconf");
    assertThat(shown(marker(true, "kernel pan").whole("kernel panics pan")))
        .isEqualTo("[kernel] [panics] pan");
  }

  @Test
  void showsAWholeOnOneLine() {
    assertThat(shown(marker("b").whole("  a\n\tb  c\n"))).isEqualTo("a [b] c");
    assertThat(shown(marker("x").whole("as it is"))).isEqualTo("as it is");
    assertThat(marker("x").whole("").runs()).isEmpty();
  }

  @Test
  void findsNothingWhereNothingIsLookedFor() {
    assertThat(marker().best(List.of("some text"))).isEmpty();
    assertThat(shown(marker("...").whole("some... text"))).isEqualTo("some... text");
  }

  @Test
  void beginsAPieceWithItsSentence() {
    assertThat(best(marker("panic"), "long ago ".repeat(30) + "It ended. Then came the panic. Bye"))
        .isEqualTo("Then came the [panic]. Bye");
    assertThat(best(marker("panic"), "long ago ".repeat(30) + "over\n\nThen came the panic"))
        .isEqualTo("Then came the [panic]");
  }

  @Test
  void cutsPiecesBetweenWords() {
    String text = "word ".repeat(100) + "panic" + " word".repeat(100);
    String piece = best(marker("panic"), text);
    assertThat(piece).matches("(word )+\\[panic\\]( word)+").hasSizeLessThan(190);
  }

  @Test
  void cutsNoAddressInTwo() {
    String many = "x".repeat(30) + "@example.org,";
    String piece = best(marker("panic"), many.repeat(20) + "panic," + many.repeat(20));
    assertThat(piece).isEqualTo("[panic]");
  }

  @Test
  void endsNoPieceWithinAnAddress() {
    String link = "<mailto:alice@example.org?subject=" + "x".repeat(400) + ">";
    assertThat(best(marker(true, "al"), link)).isEmpty();
    String list = ("alice.smith@" + "example.org,").repeat(30);
    assertThat(best(marker(true, "ali"), list).split(" … "))
        .allMatch(piece -> piece.endsWith(",") || piece.endsWith("example.org"));
    assertThat(best(marker(true, "al"), "to alice@example.org"))
        .isEqualTo("to [alice]@example.org");
  }

  /** Marks do not become more than words, and a long phrase takes no long time. */
  @Test
  void marksAWordOnceForAPhraseThatOverlapsItself() {
    String looked = "a ".repeat(740);
    Snippet whole = marker(looked).whole("a ".repeat(20_000));
    assertThat(whole.runs()).hasSize(2 * 20_000 - 1);
    assertThat(marker(looked).best(List.of("一 a ".repeat(20_000)))).isEmpty();
  }

  @Test
  void takesWordsForBesideEachOtherOnlyWithoutAnyBetween() {
    for (String between : List.of("x", "1", "\uD840\uDC00", "\uD83D\uDE00", "〇")) {
      assertThat(shown(marker("foo bar").whole("foo " + between + " bar"))).doesNotContain("[");
    }
    assertThat(shown(marker("foo bar").whole("foo -- (bar)"))).isEqualTo("[foo] -- ([bar])");
  }

  @Test
  void takesThePiecesWithMostOfWhatIsLookedFor() {
    String far = " and so on".repeat(40);
    String text = "one alone" + far + ". Both one and two here" + far + ". Then two" + far;
    assertThat(best(marker("one", "two"), text))
        .startsWith("[one] alone and")
        .contains(" … Both [one] and [two] here");
    assertThat(best(marker("one", "two"), "one", "two", "one two"))
        .isEqualTo("[one] … [one] [two]");
  }

  @Test
  void joinsMarksOfOnePlace() {
    assertThat(best(marker("one", "one two"), "one two")).isEqualTo("[one] [two]");
    assertThat(marker("内核").whole("内核").runs()).containsExactly(new Snippet.Run("内核", true));
  }

  @Test
  void looksNoFurtherThanItMay() {
    Marker marker = new Marker(List.of(Phrase.of("panic", false, LOWER)), LOWER, true, 100);
    assertThat(marker.best(List.of("x ".repeat(50), "panic"))).isEmpty();
    assertThat(marker.best(List.of("x ".repeat(40), "panic"))).isPresent();
  }

  /** What passes words over by their first letters finds the same as what looks at each. */
  @Test
  void passesOverNothingThatIsMeant() {
    SplittableRandom random = new SplittableRandom(5);
    int marked = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = made(random, "aB \n.'_-ä1中", random.nextInt(40));
      String looked = made(random, "abä_1.中", 1 + random.nextInt(3));
      List<Phrase> phrases = List.of(Phrase.of(looked, false, LOWER));
      Snippet quick = new Marker(phrases, LOWER, true, ALL).whole(text);
      assertThat(quick)
          .as(text + " / " + looked)
          .isEqualTo(new Marker(phrases, LOWER, false, ALL).whole(text));
      marked += quick.runs().stream().anyMatch(Snippet.Run::hit) ? 1 : 0;
    }
    assertThat(marked).isGreaterThan(1_000);
  }

  /** Pieces are made of the text, and marks are of words that are looked for. */
  @Test
  void showsWhatIsThere() {
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < 5_000; round++) {
      String text = made(random, "aab  ,\n", random.nextInt(600));
      String line = text.strip().replaceAll("\\s+", " ");
      Optional<Snippet> best = marker("a", "a b").best(List.of(text));
      assertThat(best.isPresent()).as(text).isEqualTo((" " + line + " ").matches(".*[ ,]a[ ,].*"));
      best.ifPresent(snippet -> {
        String all = snippet.runs().stream().map(Snippet.Run::text).collect(Collectors.joining());
        assertThat(all.split(" … ")).as(text).allMatch(line::contains);
        assertThat(snippet.runs().stream().filter(Snippet.Run::hit))
            .as(text)
            .isNotEmpty()
            .allMatch(run -> run.text().matches("[ab]"));
      });
    }
  }

  private static String made(SplittableRandom random, String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
