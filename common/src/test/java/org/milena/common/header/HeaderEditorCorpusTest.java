package org.milena.common.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.RawMessage;

/**
 * Edits of all mail we have, each checked without the editor's own reading: what was added is cut
 * out again, what should be gone is cut out of the original by a regular expression.
 */
class HeaderEditorCorpusTest {

  private static final String MARK = "X-Milena-Test-Mark: 6c1f";

  /** A header as the standard has it; others are left to the reader's word. */
  private static final Pattern CLEAN =
      Pattern.compile("(?:[!-9;-~]+:[^\\n]*\\n(?:[ \\t][^\\n]*\\n)*+)++(?=\\r?\\n)");

  private static final Pattern FIELD =
      Pattern.compile("([!-9;-~]+):[^\\n]*\\n(?:[ \\t][^\\n]*\\n)*+");

  @Test
  void whatIsPutOnTopCanBeCutOutAgain() {
    for (var mail : Corpus.mails()) {
      assertOnlyMarkAdded(
          mail.toString(),
          mail.bytes(),
          editor(mail.bytes()).prepend("X-Milena-Test-Mark", "6c1f"));
    }
  }

  @Test
  void whatIsAppendedCanBeCutOutAgain() {
    for (var mail : Corpus.mails()) {
      assertOnlyMarkAdded(
          mail.toString(), mail.bytes(), editor(mail.bytes()).append("X-Milena-Test-Mark", "6c1f"));
    }
  }

  @Test
  void whatIsRemovedIsTheFieldAndNothingElse() {
    int clean = 0;
    for (var mail : Corpus.mails()) {
      String text = new String(mail.bytes(), ISO_8859_1);
      Matcher header = CLEAN.matcher(text);
      if (!header.lookingAt()) {
        continue;
      }
      clean++;
      for (String name : names(header.group())) {
        String expected = without(name, header.group()) + text.substring(header.end());
        String removed = text(editor(mail.bytes()).remove(name));
        assertThat(removed.equals(expected)).as("%s without %s", mail, name).isTrue();
      }
    }
    assertThat(clean).as("mails with a clean header").isGreaterThan(500);
  }

  @Test
  void whatIsReplacedStandsWhereTheFirstOneStood() {
    for (var mail : Corpus.mails()) {
      String text = new String(mail.bytes(), ISO_8859_1);
      Matcher header = CLEAN.matcher(text);
      if (!header.lookingAt()) {
        continue;
      }
      for (String name : names(header.group())) {
        String replaced = text(editor(mail.bytes()).replace(name, "6c1f"));
        String field = name + ": 6c1f" + (header.group().contains("\r\n") ? "\r\n" : "\n");
        Matcher first = FIELD.matcher(header.group());
        while (first.find() && !first.group(1).equalsIgnoreCase(name)) {}
        String expected =
            header.group().substring(0, first.start())
                + field
                + without(name, header.group().substring(first.end()))
                + text.substring(header.end());
        assertThat(replaced.equals(expected)).as("%s with another %s", mail, name).isTrue();
      }
    }
  }

  @Test
  void brokenMailKeepsItsFieldsAndItsBody() {
    var mails = Corpus.mails();
    for (int seed = 0; seed < 20_000; seed++) {
      byte[] source = mails.get(seed % mails.size()).bytes();
      byte[] start = java.util.Arrays.copyOf(source, Math.min(source.length, 2_000));
      assertNothingSwallowed("seed " + seed, new Mutator(seed).mutate(start));
    }
  }

  private static void assertNothingSwallowed(String what, byte[] bytes) {
    var before = HeaderBlock.of(bytes, bytes.length);
    byte[] edited =
        editor(bytes)
            .prepend("X-Milena-Test-Mark", "6c1f")
            .append("X-End", "6c1f")
            .toMessage()
            .toByteArray();
    var after = HeaderBlock.of(edited, edited.length);
    assertThat(readable(after.fields().subList(1, after.fields().size() - 1)))
        .as(what)
        .isEqualTo(readable(before.fields()));
    assertThat(after.fields().getFirst()).as(what).hasToString(MARK);
    assertThat(after.fields().getLast()).as(what).hasToString("X-End: 6c1f");
    assertThat(
            new String(edited, after.bodyOffset(), edited.length - after.bodyOffset(), ISO_8859_1))
        .as(what)
        .isEqualTo(
            new String(bytes, before.bodyOffset(), bytes.length - before.bodyOffset(), ISO_8859_1));
  }

  private static List<String> readable(List<HeaderField> fields) {
    return fields.stream().map(HeaderField::toString).toList();
  }

  private static void assertOnlyMarkAdded(String what, byte[] original, HeaderEditor editor) {
    String before = new String(original, ISO_8859_1);
    String after = text(editor);
    int at = after.indexOf(MARK);
    int end = after.indexOf('\n', at) + 1;
    String rest = after.substring(0, at) + after.substring(end);
    assertThat(rest.equals(before) || isWithOneLineEndMore(before, rest)).as(what).isTrue();
  }

  /** An empty line before a body that had none, or the end of a last line that had none. */
  private static boolean isWithOneLineEndMore(String before, String after) {
    int same = 0;
    while (same < before.length() && before.charAt(same) == after.charAt(same)) {
      same++;
    }
    int more = after.length() - before.length();
    String added = after.substring(same, same + more);
    return (added.equals("\r\n") || added.equals("\n"))
        && after.substring(same + more).equals(before.substring(same));
  }

  private static TreeSet<String> names(String header) {
    var names = new TreeSet<String>();
    Matcher fields = FIELD.matcher(header);
    while (fields.find()) {
      names.add(fields.group(1).toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private static String without(String name, String header) {
    var rest = new StringBuilder();
    Matcher fields = FIELD.matcher(header);
    while (fields.find()) {
      if (!fields.group(1).equalsIgnoreCase(name)) {
        rest.append(fields.group());
      }
    }
    return rest.toString();
  }

  private static HeaderEditor editor(byte[] bytes) {
    return HeaderEditor.of(RawMessage.wrap(bytes));
  }

  private static String text(HeaderEditor editor) {
    return new String(editor.toMessage().unsafeBytes(), ISO_8859_1);
  }
}
