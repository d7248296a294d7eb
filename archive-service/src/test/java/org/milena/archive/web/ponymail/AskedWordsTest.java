package org.milena.archive.web.ponymail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.search.Queries;
import org.milena.archive.search.Query;
import org.milena.archive.search.Query.Field;
import org.milena.archive.search.Query.Form;
import org.milena.common.web.ApiProblem;

class AskedWordsTest {

  private static Query anywhere(String words) {
    return new Query.Or(
        List.of(
            new Query.Words(Field.FROM, words, Form.EXACT),
            new Query.Words(Field.BODY_SUBJECT, words, Form.EXACT)));
  }

  private static Query all(Query... parts) {
    return Queries.and(List.of(parts));
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        Arguments.of("", new Query.All()),
        Arguments.of("  ", new Query.All()),
        Arguments.of("apple", anywhere("apple")),
        Arguments.of("two words", all(anywhere("two"), anywhere("words"))),
        Arguments.of("\"a phrase\"", anywhere("a phrase")),
        Arguments.of("'a phrase'", anywhere("a phrase")),
        Arguments.of("apple -pear", all(anywhere("apple"), Queries.not(anywhere("pear")))),
        Arguments.of("-\"a pear\"", Queries.not(anywhere("a pear"))),
        Arguments.of("--1", anywhere("-1")),
        Arguments.of("- -- x", all(anywhere("-"), anywhere("x"))),
        Arguments.of("don't stop", all(anywhere("don't"), anywhere("stop"))),
        Arguments.of("open \"quote", all(anywhere("open"), anywhere("\"quote"))),
        Arguments.of("a\\ b", anywhere("a b")),
        Arguments.of("subject:x", anywhere("subjectx")),
        // what our own language would take for more is words here
        Arguments.of("f(x) OR l", all(anywhere("f(x)"), anywhere("OR"), anywhere("l"))),
        Arguments.of("list:closed*", anywhere("listclosed*")));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void readsWords(String q, Query meant) {
    assertThat(AskedWords.of(Said.mails("q", q))).isEqualTo(meant);
  }

  @Test
  void readsFields() {
    assertThat(
            AskedWords.of(
                Said.mails(
                    "header_from", "Anna Author",
                    "header_to", "dev",
                    "header_subject", "a:b",
                    "header_body", "text",
                    "header_messageid", " <a@b> ")))
        .isEqualTo(
            all(
                new Query.Words(Field.FROM, "Anna Author", Form.EXACT),
                new Query.Words(Field.TO, "dev", Form.EXACT),
                new Query.Words(Field.SUBJECT, "a:b", Form.EXACT),
                new Query.Words(Field.BODY, "text", Form.EXACT),
                new Query.OfMessageId("a@b", false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"q", "header_from", "header_messageid"})
  void refusesWhatIsTooLong(String name) {
    MailParameters said = Said.mails(name, "x".repeat(1501));
    assertThatThrownBy(() -> AskedWords.of(said))
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining("1500 characters");
  }

  @Test
  void refusesTooManyWords() {
    assertThat(AskedWords.of(Said.mails("q", "x ".repeat(30)))).isInstanceOf(Query.And.class);
    MailParameters said = Said.mails("q", "x ".repeat(31));
    assertThatThrownBy(() -> AskedWords.of(said))
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining("30 words, not 31");
  }
}
