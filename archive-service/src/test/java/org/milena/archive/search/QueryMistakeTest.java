package org.milena.archive.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QueryMistakeTest {
  private static final Pattern PLACE = Pattern.compile("%\\d\\$s");

  private static Set<String> places(String text) {
    return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  @Test
  void isSaidInAllLanguagesWithTheSameThings() {
    Properties english = QueryMistake.read("en");
    Properties german = QueryMistake.read("de");
    Set<String> keys =
        Arrays.stream(QueryMistake.values()).map(QueryMistake::key).collect(Collectors.toSet());
    assertThat(english.stringPropertyNames()).isEqualTo(keys);
    assertThat(german.stringPropertyNames()).isEqualTo(keys);
    for (String key : keys) {
      assertThat(places(german.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
      assertThat(german.getProperty(key)).isNotEqualTo(english.getProperty(key));
    }
  }

  @Test
  void speaksGermanToGermansAndEnglishToAllOthers() {
    QueryProblem problem = new QueryProblem(QueryMistake.NO_DATE, 2, 6, "EVIL %d");
    assertThat(problem.reason(Locale.GERMANY)).startsWith("„EVIL %d“ ist kein Datum.");
    assertThat(problem.reason(Locale.FRENCH)).startsWith("\"EVIL %d\" is not a date.");
    assertThat(problem.args()).isEqualTo(List.of("EVIL %d"));
  }
}
