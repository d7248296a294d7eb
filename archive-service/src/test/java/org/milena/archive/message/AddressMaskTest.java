package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressMaskTest {

  @ParameterizedTest
  @CsvSource({
    "write to alice@example.org now, write to a…@example.org now",
    "<alice.b+c@example.org>, <a…@example.org>",
    "alice@%C3%BCber.example, a…@%C3%BCber.example",
    "%s@%s, %s@%s",
    "&x@&y, &x@&y",
    "a @ b, a @ b"
  })
  void hidesWhatStandsBeforeTheSign(String text, String masked) {
    assertThat(AddressMask.mask(text)).isEqualTo(masked);
  }

  /** What nobody sees between letters hides nothing of the name. */
  @ParameterizedTest
  @ValueSource(strings = {"\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff"})
  void looksThroughWhatIsNotSeen(String unseen) {
    assertThat(AddressMask.mask("to ali" + unseen + "ce@example.org"))
        .isEqualTo("to a…@example.org");
    assertThat(AddressMask.mask("to " + unseen + "alice@example.org"))
        .isEqualTo("to " + unseen + "a…@example.org");
    assertThat(AddressMask.mask("to alice@" + unseen + "example.org"))
        .isEqualTo("to a…@" + unseen + "example.org");
    assertThat(AddressMask.mask(unseen + "@echo off")).isEqualTo(unseen + "@echo off");
  }

  /** Octets are masked as their text is, without ever being text. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252", "KOI8-R"})
  void masksOctetsAsItMasksText(String name) throws IOException {
    Charset charset = Charset.forName(name);
    String letters = "ab@@@.\" [<\n.\u00e9\u0416\u0301\u0085\u00ad\u200d\ud83d\ude00%-\u20ac";
    Random random = new Random(7);
    int masked = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder drawn = new StringBuilder();
      for (int length = random.nextInt(i % 50 == 0 ? 200 : 20); length > 0; length--) {
        drawn.append(letters.charAt(random.nextInt(letters.length())));
      }
      byte[] octets = drawn.toString().getBytes(charset);
      String text = new String(octets, charset);
      String wanted = AddressMask.ascii(text);
      ByteArrayOutputStream found = new ByteArrayOutputStream();
      AddressMask.ascii(octets, octets.length, charset, found);
      assertThat(found.toByteArray()).as(text).isEqualTo(wanted.getBytes(charset));
      assertThat(AddressMask.holds(octets, octets.length, charset))
          .as(text)
          .isEqualTo(!wanted.equals(text));
      masked += wanted.equals(text) ? 0 : 1;
    }
    assertThat(masked).isBetween(2_000, 18_000);
  }

  /** Whoever quotes what looks masked already is no less hidden. */
  @Test
  void masksAQuotedAddressThatWasCutInIt() {
    assertThat(AddressMask.mask("Public\"@example.org said")).isEqualTo("…@example.org said");
    assertThat(AddressMask.mask("of Q. Public\"@example.org")).isEqualTo("of Q. …@example.org");
    assertThat(AddressMask.mask("name=\"@example.org\"")).isEqualTo("name=\"@example.org\"");
    assertThat(AddressMask.mask("a@b.example Public\"@c.example"))
        .isEqualTo("a…@b.example Public\"@c.example");
  }

  @Test
  void hidesWhatIsQuotedWithAMaskInIt() {
    assertThat(AddressMask.ascii("\"...@ x\"@d.example")).isEqualTo("...@d.example");
    assertThat(AddressMask.ascii("...@d.example a...@d.example"))
        .isEqualTo("...@d.example a...@d.example");
  }

  /** Accents and vowel signs that are characters of their own belong to the name. */
  @Test
  void hidesNamesOfAllScripts() {
    assertThat(AddressMask.mask("an jose\u0301@example.org")).isEqualTo("an j…@example.org");
    assertThat(AddressMask.mask("\u0938\u0902\u092a\u0930\u094d\u0915@example.org"))
        .isEqualTo("\u0938…@example.org");
    assertThat(AddressMask.mask("\u0915\u094d\u200d\u0937@example.org"))
        .isEqualTo("\u0915…@example.org");
  }
}
