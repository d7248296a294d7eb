package org.milena.scanner.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6376 section 3.4. */
class CanonicalizationTest {

  // section 3.4.5, where <SP> and <HTAB> are written out
  private static final String A = "A: X\r\n";
  private static final String B = "B : Y\t\r\n\tZ  \r\n";
  private static final String BODY = " C \r\nD \t E\r\n\r\n\r\n";

  @Test
  void makesTheExampleOfTheRfc() {
    assertThat(field(Canonicalization.RELAXED, A)).isEqualTo("a:X\r\n");
    assertThat(field(Canonicalization.RELAXED, B)).isEqualTo("b:Y Z\r\n");
    assertThat(body(Canonicalization.RELAXED, BODY)).isEqualTo(" C\r\nD E\r\n");
    assertThat(field(Canonicalization.SIMPLE, A)).isEqualTo(A);
    assertThat(field(Canonicalization.SIMPLE, B)).isEqualTo(B);
    assertThat(body(Canonicalization.SIMPLE, BODY)).isEqualTo(" C \r\nD \t E\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // body, simple, relaxed
        ",\\r\\n,",
        "\\r\\n,\\r\\n,",
        "\\r\\n\\r\\n,\\r\\n,",
        "a,a\\r\\n,a\\r\\n",
        "a\\r\\n,a\\r\\n,a\\r\\n",
        "a \\r\\n \\r\\n,a \\r\\n \\r\\n,a\\r\\n",
        "\\t\\r\\n\\r\\n,\\t\\r\\n,",
        "a\\t,a\\t\\r\\n,a\\r\\n",
        "\\r\\n\\r\\na\\r\\n,\\r\\n\\r\\na\\r\\n,\\r\\n\\r\\na\\r\\n",
        "a\\t\\tb\\r\\n,a\\t\\tb\\r\\n,a b\\r\\n",
        // bare CR and LF are octets like others
        "a \\nb\\n,a \\nb\\n\\r\\n,a \\nb\\n\\r\\n",
        "a\\r,a\\r\\r\\n,a\\r\\r\\n",
        "a\\r\\r\\n,a\\r\\r\\n,a\\r\\r\\n",
        "a\\n\\n\\r\\n\\r\\n,a\\n\\n\\r\\n,a\\n\\n\\r\\n",
      })
  void endsABodyRightly(String body, String simple, String relaxed) {
    assertThat(body(Canonicalization.SIMPLE, plain(body))).isEqualTo(plain(simple));
    assertThat(body(Canonicalization.RELAXED, plain(body))).isEqualTo(plain(relaxed));
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "A:b\\r\\n,a:b\\r\\n",
        "SUBJect \\t:\\t AbC\\r\\n,subject:AbC\\r\\n",
        "a:\\r\\n b\\r\\n,a:b\\r\\n",
        "a:b\\r\\n\\t \\r\\n c \\r\\n,a:b c\\r\\n",
        "a:\\r\\n,a:\\r\\n",
        "a: \\t \\r\\n,a:\\r\\n",
        "a:b: c :d\\r\\n,a:b: c :d\\r\\n",
        "a:b,a:b\\r\\n",
        "a:b\\n,a:b\\r\\n",
        // a fold is CR LF and a blank
        "a:b\\n c\\r\\n,a:b\\n c\\r\\n",
        "a:b\\r\\nc\\r\\n,a:b\\r\\nc\\r\\n",
      })
  void relaxesAField(String field, String relaxed) {
    assertThat(field(Canonicalization.RELAXED, plain(field))).isEqualTo(plain(relaxed));
  }

  @Test
  void agreesWithAnotherWayToSayItOnRandomText() {
    var random = new Random(6376);
    for (int i = 0; i < 20_000; i++) {
      String text = randomText(random);
      for (var form : Canonicalization.values()) {
        String name = form.name().toLowerCase(Locale.ROOT);
        assertThat(body(form, text)).isEqualTo(TestSigner.canonicalBody(name, text));
        String field = "Name:" + wellFolded(text) + "\r\n";
        assertThat(field(form, field)).isEqualTo(TestSigner.canonicalField(name, field));
      }
    }
  }

  @Test
  void changesNothingASecondTime() {
    var random = new Random(6377);
    for (int i = 0; i < 20_000; i++) {
      String text = randomText(random);
      for (var form : Canonicalization.values()) {
        String body = body(form, text);
        assertThat(body(form, body)).isEqualTo(body);
        String field = field(form, "Name:" + wellFolded(text) + "\r\n");
        assertThat(field(form, field)).isEqualTo(field);
      }
    }
  }

  @Test
  void leavesASimpleBodyAloneButForItsEmptyLastLines() {
    var random = new Random(6378);
    for (int i = 0; i < 20_000; i++) {
      String text = randomText(random);
      String simple = body(Canonicalization.SIMPLE, text);
      assertThat(simple).endsWith("\r\n").doesNotEndWith("\r\n\r\n");
      assertThat((text + "\r\n").replaceAll("(\r\n)+\\z", ""))
          .isEqualTo(simple.substring(0, simple.length() - 2));
    }
  }

  @Test
  void takesALargeBodyWithoutCopyingItWhole() {
    byte[] large = ("x".repeat(9_000) + "  \r\n").repeat(100).getBytes(ISO_8859_1);
    int[] pieces = new int[1];
    long[] octets = new long[1];
    Canonicalization.RELAXED.body(
        large,
        0,
        large.length,
        (bytes, offset, length) -> {
          pieces[0] += bytes.length == large.length ? 1 : 0;
          octets[0] += length;
        });
    assertThat(octets[0]).isEqualTo(100 * 9_002L);
    assertThat(pieces[0]).isEqualTo(100);
  }

  private static String randomText(Random random) {
    String[] parts = {
      "a", "B", ":", " ", "\t", "\r\n", "\r\n", "\r\n ", "\r", "\n", "\0", "\u00ff"
    };
    var text = new StringBuilder();
    for (int n = random.nextInt(20); n > 0; n--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  /** Without line ends that no blank follows: there the field would end. */
  private static String wellFolded(String text) {
    String folded = text;
    while (!folded.equals(folded.replaceAll("\r\n(?![ \t])", ""))) {
      folded = folded.replaceAll("\r\n(?![ \t])", "");
    }
    return folded;
  }

  private static String plain(String escaped) {
    return escaped == null ? "" : escaped.translateEscapes();
  }

  private static String body(Canonicalization form, String body) {
    byte[] around = ("##" + body + "##").getBytes(ISO_8859_1);
    var out = new ByteArrayOutputStream();
    form.body(around, 2, around.length - 2, out::write);
    return out.toString(ISO_8859_1);
  }

  private static String field(Canonicalization form, String field) {
    byte[] around = ("##" + field + "##").getBytes(ISO_8859_1);
    var out = new ByteArrayOutputStream();
    form.field(around, 2, around.length - 2, out::write);
    return out.toString(ISO_8859_1);
  }
}
