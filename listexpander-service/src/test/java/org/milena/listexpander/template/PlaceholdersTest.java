package org.milena.listexpander.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.listexpander.template.Placeholders.Result;

class PlaceholdersTest {
  private static final List<String> KNOWN = List.of("a", "b", "user_email");

  @ParameterizedTest
  @CsvSource({
    "'plain','plain'",
    "'${a}','A'",
    "'x${a}y${b}z','xAyBz'",
    "'$$','$'",
    "'$${a}','${a}'",
    "'$$${a}','$A'",
    "'{a} } {','{a} } {'",
    "'ü ${a} 😀','ü A 😀'",
    "'',''"
  })
  void putsValuesInTheirPlaces(String text, String filled) {
    assertThat(read(text).fill(Map.of("a", "A", "b", "B"))).isEqualTo(filled);
  }

  @Test
  void neverReadsAValueAsATemplate() {
    assertThat(read("${a} ${b}").fill(Map.of("a", "${b}$$", "b", "$1\\2")))
        .isEqualTo("${b}$$ $1\\2");
  }

  @ParameterizedTest
  @CsvSource({
    "'${nobody}',1,1,there is no placeholder ${nobody}; known here are: a",
    "'x\n  ${nobody}',2,3,there is no placeholder ${nobody}",
    "'😀 ${nobody}',1,3,there is no placeholder",
    "'one\n${a',2,1,not closed",
    "'${a\n}',1,1,not closed",
    "'${a ${b}',1,1,there is no placeholder ${a ${b}",
    "'${}',1,1,has no name",
    "'${ }',1,1,has no name",
    "'${ a}',1,1,there is no placeholder ${ a}",
    "'${A}',1,1,there is no placeholder ${A}",
    "'costs 5 $',1,9,a dollar stands alone",
    "'$listname',1,1,a dollar stands alone",
    "'${',1,1,not closed",
    "'a\u0000',1,2,a character that is not seen: U+0000",
    "'a\rb',1,2,U+000D",
    "'a\u2028b',1,2,U+2028",
    "'a\ud83d',1,2,U+D83D",
    "'${x\u0007}',1,1,there is no placeholder ${x?}"
  })
  void saysWhatIsBrokenAndWhere(String text, int line, int column, String why) {
    assertThat(Placeholders.parse(text, KNOWN))
        .isInstanceOfSatisfying(
            Result.Broken.class,
            broken -> {
              assertThat(broken.line()).isEqualTo(line);
              assertThat(broken.column()).isEqualTo(column);
              assertThat(broken.why()).contains(why);
            });
  }

  @Test
  void takesNoTextThatIsTooLong() {
    assertThat(Placeholders.parse("x".repeat(20_000), KNOWN)).isInstanceOf(Result.Fits.class);
    assertThat(Placeholders.parse("x\n".repeat(10_001), KNOWN))
        .isEqualTo(new Result.Broken(10_001, 1, "the text is longer than 20000 characters"));
    assertThat(Placeholders.parse("${a}".repeat(200), KNOWN)).isInstanceOf(Result.Fits.class);
    assertThat(Placeholders.parse("${a}".repeat(201), KNOWN))
        .isEqualTo(new Result.Broken(1, 801, "there are more than 200 placeholders"));
  }

  @Test
  void leavesALineOutThatWouldBeEmpty() {
    Placeholders text = read("one\n\n${a}\n\ntwo ${a}\n${b}\nend\n");
    assertThat(text.fill(Map.of("a", "", "b", ""))).isEqualTo("one\n\ntwo \nend\n");
    assertThat(text.fill(Map.of("a", "A\n\nA", "b", "B")))
        .isEqualTo("one\n\nA\n\nA\n\ntwo A\n\nA\nB\nend\n");
  }

  @Test
  void wantsEveryValue() {
    assertThatThrownBy(() -> read("${a}").fill(Map.of("b", "B")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("${a}");
  }

  /** Whatever it is given, it answers; what it takes is filled as a simple reading would be. */
  @Test
  void answersToEveryText() {
    Random random = new Random(20);
    String[] bits = {
      "$", "{", "}", "$$", "${a}", "${b}", "\n", "a", " ", "\u0001", "ü", "😀", "x\n"
    };
    int fits = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(bits[random.nextInt(bits.length)]);
      }
      switch (Placeholders.parse(text.toString(), KNOWN)) {
        case Result.Fits(var parsed) -> {
          fits++;
          assertThat(parsed.fill(Map.of("a", "<A>", "b", "<B>")))
              .as(text.toString())
              .isEqualTo(simple(text.toString()));
        }
        case Result.Broken(var line, var column, var why) -> {
          String[] lines = text.toString().split("\n", -1);
          assertThat(line).isBetween(1, lines.length);
          assertThat(column)
              .isBetween(1, lines[line - 1].codePointCount(0, lines[line - 1].length()) + 1);
          assertThat(why).isNotBlank();
        }
      }
    }
    assertThat(fits).isGreaterThan(1_000);
  }

  @Test
  void isDoneSoonWithWhatLooksLikeManyPlaceholders() {
    for (String bit : List.of("${", "$", "${a", "}", "$$", "${a}\n")) {
      String text = bit.repeat(20_000 / bit.length());
      assertThat(Placeholders.parse(text, KNOWN)).isNotNull();
    }
  }

  private static String simple(String text) {
    return text.replace("$$", "\u0002")
        .replace("${a}", "<A>")
        .replace("${b}", "<B>")
        .replace("\u0002", "$");
  }

  private static Placeholders read(String text) {
    return switch (Placeholders.parse(text, KNOWN)) {
      case Result.Fits(var parsed) -> parsed;
      case Result.Broken broken -> throw new AssertionError(broken);
    };
  }
}
