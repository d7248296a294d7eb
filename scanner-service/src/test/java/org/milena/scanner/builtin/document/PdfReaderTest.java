package org.milena.scanner.builtin.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.scanner.builtin.document.PdfValue.Dictionary;
import org.milena.scanner.builtin.document.PdfValue.Reference;
import org.milena.scanner.builtin.document.PdfValue.Text;
import org.milena.scanner.builtin.document.PdfValue.Whole;

/** Values of ISO 32000-1 section 7.3. */
class PdfReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(abc)                  | 61 62 63",
        "()                     | ``",
        "(a(b)c\\)\\(\\\\)      | 61 28 62 29 63 29 28 5c",
        "(\\n\\r\\t\\b\\f\\x)   | 0a 0d 09 08 0c 78",
        "(\\0053\\53\\7\\7x\\400) | 05 33 2b 07 07 78 00",
        "<616263>               | 61 62 63",
        "<6 1 6A 7>             | 61 6a 70",
        "<>                     | ``",
        "(%/<<obj)              | 25 2f 3c 3c 6f 62 6a",
      })
  void readsStrings(String written, String octets) {
    var expected = new StringBuilder();
    for (String octet : octets.isEmpty() ? new String[0] : octets.split(" ")) {
      expected.append((char) Integer.parseInt(octet, 16));
    }
    assertThat(read(written)).isEqualTo(new Text(expected.toString()));
  }

  @Test
  void joinsLinesOfStringsAndCountsEachLineEndOnce() {
    assertThat(read("(a\\\nb\\\r\nc\\\rd)")).isEqualTo(new Text("abcd"));
    assertThat(read("(a\nb\r\nc\rd\n\r)")).isEqualTo(new Text("a\nb\nc\nd\n\n"));
    assertThat(read("(\u00ff\u0000)")).isEqualTo(new Text("\u00ff\u0000"));
  }

  @Test
  void readsDictionariesWithAllThatIsInThem() {
    PdfValue read =
        read(
            """
            % first
            <</A#42 1/N -4/R 12 0 R/L[1 2 0 R 3 0]/T true% true
            /F .5/D<</X/Y>>/Z null /S(x)>> /Not read\
            """);
    assertThat(read)
        .isEqualTo(
            new Dictionary(
                Map.of(
                    "AB", new Whole(1),
                    "N", new Whole(-4),
                    "R", new Reference(12, 0),
                    "L",
                        new PdfValue.Array(
                            List.of(new Whole(1), new Reference(2, 0), new Whole(3), new Whole(0))),
                    "T", new PdfValue.Truth(true),
                    "F", new PdfValue.Other(),
                    "D", new Dictionary(Map.of("X", new PdfValue.Name("Y"))),
                    "Z", new PdfValue.Other(),
                    "S", new Text("x"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<<",
        "<</A",
        "<</A 1",
        "<</A 1>",
        "<</A 1/A 1>>",
        "<</A 1/#41 2>>",
        "<</A>>",
        "<<1 2>>",
        "[1",
        "(a",
        "(a\\",
        "(a(b)",
        "<6x>",
        "<61",
        "word",
        "1x",
        "--1",
        "+1",
        "\u00e9",
        "1234567890123",
        "]",
        ">>",
        "}",
        "[word]",
        "<</A<</B 1>>"
      })
  void hasNoValueForWhatProgramsMayReadDifferently(String written) {
    assertThat(read(written)).isEqualTo(new PdfValue.Unreadable());
  }

  @Test
  void endsAtTheDeepestLevel() {
    assertThat(read("[".repeat(10) + "]".repeat(10))).isInstanceOf(PdfValue.Array.class);
    assertThat(read("[".repeat(8192))).isEqualTo(new PdfValue.Unreadable());
    assertThat(read("<</A".repeat(2000))).isEqualTo(new PdfValue.Unreadable());
  }

  @Test
  void neverThrowsAndEndsSoon() {
    var random = new Random(7);
    List<String> pieces =
        List.of(
            "<<", ">>", "[", "]", "(", ")", "<", ">", "/A", "/#41", "1 ", "0 R", " ", "%", "\n",
            "\\", "\\7", "true", "null", ".5", "-", "6f", "\u00ff");
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int round = 0; round < 100_000; round++) {
            var written = new StringBuilder("<<".repeat(random.nextInt(2)));
            for (int i = random.nextInt(40); i >= 0; i--) {
              written.append(pieces.get(random.nextInt(pieces.size())));
            }
            assertThat(read(written.toString())).isNotNull();
          }
        });
  }

  private static PdfValue read(String written) {
    byte[] octets = written.getBytes(StandardCharsets.ISO_8859_1);
    return PdfReader.read(octets, octets.length);
  }
}
