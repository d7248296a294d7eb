package org.milena.listexpander.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;

class SubjectPrefixTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "[list]      | topic                                | [list] topic",
        "[list]      | Re: topic                            | [list] Re: topic",
        "[list]      | Re: [list] AW: [list] Re: [list] topic | [list] Re: topic",
        "[list]      | [LIST] RE[2]: SV : VS:Antw: topic    | [list] Re: topic",
        "[list]      | Re^3: 回复：topic                     | [list] Re: topic",
        "[list]      | topic [list] end                     | [list] topic end",
        "[list]      | Reality: bites                       | [list] Reality: bites",
        "[list]      | [other] Re: topic                    | [list] [other] Re: topic",
        "[list]      | ''                                   | [list] (no subject)",
        "[list]      | Re: [list]                           | [list] Re: (no subject)",
        "[list %d]   | Re: [list 6] topic                   | [list 7] Re: topic",
        "[list:%05d] | [list:00006] Re: topic               | [list:00007] Re: topic",
        "[l i]       | [li] [l  i] x                        | [l i] x",
        "news:       | Re: news: no news: today             | news: Re: no news: today",
        "news        | newspaper                            | news newspaper",
        "[Gr\u00fc\u00dfe] | Re: [Gr\u00fc\u00dfe] x        | [Gr\u00fc\u00dfe] Re: x",
        "[$1\\E]     | [$1\\E] x                            | [$1\\E] x"
      })
  void standsBeforeTheSubjectOnce(String setting, String subject, String expected) {
    SubjectPrefix prefix = SubjectPrefix.of(setting).orElseThrow();
    assertThat(prefix.before(subject, 7)).isEqualTo(expected);
    assertThat(prefix.before(expected, 7)).isEqualTo(expected);
  }

  @Test
  void countsOnlyWithANumber() {
    assertThat(SubjectPrefix.of("[a %05d]").orElseThrow().counts()).isTrue();
    assertThat(SubjectPrefix.of("[100%]").orElseThrow().counts()).isFalse();
    assertThat(SubjectPrefix.of(" ")).isEmpty();
    assertThat(SubjectPrefix.of("[%099d]").orElseThrow().written(1)).hasSize(22);
  }

  @Test
  void keepsTheCharsetOfEncodedWords() {
    RawMessage result = applied("[list]", "Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\n\n");
    assertThat(raw(result)).startsWith("Subject: =?iso-2022-jp?B?");
    assertThat(subject(result)).isEqualTo("[list] \u65e5\u672c");
    // what the set cannot hold is in UTF-8
    assertThat(raw(applied("[\u65e5]", "Subject: =?iso-8859-1?Q?=E9?=\n\n")))
        .containsIgnoringCase("=?utf-8?")
        .doesNotContain("8859");
  }

  @Test
  void letsNoLineBreakOutOfAnEncodedWord() {
    RawMessage result = applied("[list]", "Subject: =?utf-8?Q?hi=0D=0ABcc:_victim@b.example?=\n\n");
    assertThat(HeaderBlock.of(result).fields()).hasSize(1);
    assertThat(subject(result)).isEqualTo("[list] hi Bcc: victim@b.example");
  }

  @Test
  void touchesNothingThatIsRightAlready() {
    RawMessage message = Fixtures.message("SUBJECT:  =?utf-8?q?=5Blist=5D_x?=\n\n");
    HeaderEditor editor = HeaderEditor.of(message);
    SubjectPrefix.of("[list]").orElseThrow().apply(editor, HeaderBlock.of(message), 0);
    assertThat(editor.toMessage()).isSameAs(message);
  }

  @Test
  void writesOneFieldOfShortLinesWhateverComes() {
    String[] pieces = {
      "Re: ",
      "[list] ",
      "[",
      "li",
      "st]",
      "=?utf-8?Q?",
      "?=",
      "=0D=0A",
      " ",
      "x".repeat(800),
      "\u65e5",
      "\ud83d\ude00",
      "\ud83d",
      "Antw[3]: ",
      "\t",
      "[list 3]",
      "=?big5?B?",
      "w6k="
    };
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      StringBuilder subject = new StringBuilder("Subject: ");
      for (int i = random.nextInt(12); i > 0; i--) {
        subject.append(pieces[random.nextInt(pieces.length)]);
      }
      String setting = random.nextBoolean() ? "[list]" : "[list %d]";
      RawMessage once = applied(setting, subject + "\nX-Next: y\n\n");
      HeaderBlock header = HeaderBlock.of(once);
      assertThat(header.fields()).as("seed %d", seed).hasSize(2);
      assertThat(raw(once).split("\r\n", -1)).allMatch(line -> line.length() <= 998);
      assertThat(subject(applied(setting, once))).as("seed %d", seed).isEqualTo(subject(once));
    }
  }

  private static RawMessage applied(String setting, String text) {
    return applied(setting, Fixtures.message(text));
  }

  private static RawMessage applied(String setting, RawMessage message) {
    HeaderEditor editor = HeaderEditor.of(message);
    SubjectPrefix.of(setting).orElseThrow().apply(editor, HeaderBlock.of(message), 7);
    return editor.toMessage();
  }

  private static String subject(RawMessage message) {
    return HeaderBlock.of(message).first("Subject").orElseThrow().decoded();
  }

  private static String raw(RawMessage message) {
    return new String(message.toByteArray(), StandardCharsets.UTF_8);
  }
}
