package org.milena.common.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5322 section 3.6.4, and what programs write instead. */
class MessageIdTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          <a@b>                                   | a@b
          a@b                                     | a@b
          12345                                   | 12345
          <12345>                                 | 12345
          <a@b> (added by postmaster@c.example)   | a@b
          (comment <x@y>) <a@b>                   | a@b
          <a@b> <c@d>                             | a@b
          <<a@b>>                                 | a@b
          <A@b.EXAMPLE>                           | A@b.EXAMPLE
          <a b@c>                                 | ab@c
          <"quoted id"@b>                         | "quotedid"@b
          <a@b                                    | a@b
          <[id]@[10.0.0.1]>                       | [id]@[10.0.0.1]
          <CAP+x () mail ! example ! com>         | CAP+x@mail.example.com
          <ä@b>                                   | ä@b
          """)
  void readsTheFirst(String headerValue, String expected) {
    assertThat(MessageId.parse(headerValue)).contains(new MessageId(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "<>", "< >", "<", ">", "()", "(only a comment)", "\u0000"})
  void findsNoneWhereNoneIs(String headerValue) {
    assertThat(MessageId.parse(headerValue)).isEmpty();
    assertThat(MessageId.parseAll(headerValue)).isEmpty();
  }

  static Stream<Arguments> references() {
    return Stream.of(
        ids("<a@b>", "a@b"),
        ids("<a@b> <c@d>", "a@b", "c@d"),
        ids("<a@b>\t<c@d>,<e@f>;<g@h>", "a@b", "c@d", "e@f", "g@h"),
        ids("<a@b><c@d>", "a@b", "c@d"),
        ids("<a@b> <c@d> <a@b>", "a@b", "c@d"),
        ids("Message from X of \"Fri, 6 Apr 2007\" <id@host>", "id@host"),
        ids("Other person's message of  Saturday, 7 April 2007 <id@host>", "id@host"),
        ids("Your message of \"Tue, 02 Jan 2001 <not@this>\" <id@host>", "id@host"),
        ids("Your message of \"Tue, 02 Jan 2001 <id@host>", "id@host"),
        ids("joe@x.example of Friday <id@host>", "id@host"),
        ids("<id@host> (Joe's message of \"Friday\")", "id@host"),
        ids("<id@host> (sent by <bot@host>)", "id@host"),
        ids("<id@host> (never (closed) <other@host>", "id@host", "other@host"),
        ids("<200704070053.46646.other.person@example", "200704070053.46646.other.person@example"),
        ids("<baz@bar.net>, <invalid.", "baz@bar.net"),
        ids("a@b, c@d", "a@b", "c@d"),
        ids("a@b c@d a@b", "a@b", "c@d"),
        ids("00020", "00020"),
        ids("your message of Friday"),
        ids("bob@local's message"),
        ids("<764426808.zimbra () redhat ! com> <x@y>", "764426808.zimbra@redhat.com", "x@y"));
  }

  private static Arguments ids(String headerValue, String... expected) {
    return Arguments.of(headerValue, List.of(expected));
  }

  @ParameterizedTest
  @MethodSource("references")
  void readsAll(String headerValue, List<String> expected) {
    assertThat(MessageId.parseAll(headerValue)).extracting(MessageId::value).isEqualTo(expected);
  }

  @Test
  void namesWhatIsTooLongByItsDigest() {
    String longest = "x".repeat(MessageId.MAX_LENGTH);
    assertThat(MessageId.parse("<" + longest + ">")).contains(new MessageId(longest));
    MessageId one = MessageId.parse("<" + longest + "1>").orElseThrow();
    MessageId other = MessageId.parse("<" + longest + "2>").orElseThrow();
    assertThat(one).isNotEqualTo(other);
    assertThat(one.value()).matches("[0-9a-f]{64}@long-message-id\\.invalid");
    assertThat(MessageId.parseAll("<" + longest + "1> <a@b>"))
        .containsExactly(one, new MessageId("a@b"));
  }

  @Test
  void hostileFieldsAreReadInOnePass() {
    int n = 500_000;
    for (String part : List.of("<", ">", "(", "\"", "<a", "<a@b> (", "\\", "a@b ", "< (")) {
      assertThat(MessageId.parseAll(part.repeat(n)).size()).isLessThanOrEqualTo(1);
    }
    var many = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      many.append('<').append(i).append("@x>");
    }
    assertThat(MessageId.parseAll(many.toString())).hasSize(100_000);
  }

  @Test
  void writesItsBrackets() {
    assertThat(new MessageId("a@b")).hasToString("<a@b>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "<a@b>", "a\r\nb", "a\u007F"})
  void refusesWhatCouldBreakAField(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new MessageId(value));
  }
}
