package org.milena.scanner.builtin.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that say which objects are packed. */
class PdfCrossReferenceTest {

  private static final String PREDICTED =
      "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>";

  /** Objects 1 and 4 are packed. */
  private static final byte[] ROWS = {
    0, 0, 0, 0, 2, 0, 9, 3, 1, 1, 7, 0, 1, 2, 1, 0, 2, 0, 9, 4, 1, 5, 5, 5
  };

  private final BitSet packed = new BitSet();

  @ParameterizedTest
  @ValueSource(
      strings = {"/W[1 2 1]/Size 6", "/W[1 2 1]/Size 99/Index[0 6]", "/W[1 2 1]/Index[0 2 2 4]"})
  void readsRowsAsTheyAre(String fields) {
    assertThat(read(fields, ROWS)).hasValue(6);
    assertThat(packed).isEqualTo(BitSet.valueOf(new long[] {0b10010}));
  }

  @Test
  void countsFromWhereTheIndexSays() {
    assertThat(read("/W[1 2 1]/Index[10 2 8388600 4]", ROWS)).hasValue(6);
    assertThat(packed.stream()).containsExactly(11, 8_388_602);
  }

  @Test
  void readsOfOtherWidths() {
    assertThat(read("/W[0 3 1]/Size 6", ROWS)).hasValue(6);
    assertThat(packed.isEmpty()).isTrue();
    assertThat(read("/W[2 0 0]/Size 2", new byte[] {0, 2, 1, 0})).hasValue(2);
    assertThat(packed.cardinality()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "2,2", "3,3", "4,4", "0,4"})
  void readsRowsThatArePredicted(int from, int to) throws IOException {
    assertThat(read("/W[1 2 1]/Size 6" + PREDICTED, deflated(predicted(from, to)))).hasValue(6);
    assertThat(packed).isEqualTo(BitSet.valueOf(new long[] {0b10010}));
  }

  @Test
  void readsRowsThatArePackedOnly() throws IOException {
    byte[] data = deflated(ROWS);
    assertThat(read("/W[1 2 1]/Size 6/Filter[/FlateDecode]/DecodeParms[null]", data)).hasValue(6);
    assertThat(packed.cardinality()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/W[1 2 1]/Size 7",
        "/W[1 2 1]",
        "/W[1 2 1]/Size -1",
        "/W[1 2 1]/Size 8388609",
        "/W[1 2 1]/Size 6/Index[0]",
        "/W[1 2 1]/Size 6/Index[]",
        "/W[1 2 1]/Size 6/Index 3 0 R",
        "/W[1 2 1]/Size 6/Index[-1 6]",
        "/W[1 2 1]/Size 6/F(other.pdf)",
        "/W[1 2 1]/Size 6/Filter/ASCIIHexDecode",
        "/W[1 2 1]/Size 6/Filter[/FlateDecode/FlateDecode]",
        "/W[1 2 1]/Size 6/Filter/FlateDecode",
        "/W[1 2 1]/Size 6/DecodeParms<</Predictor 12>>",
        "/W[1 2]/Size 6",
        "/W[0 0 0]/Size 6",
        "/W[9 2 1]/Size 1",
        "/W[1 -2 1]/Size 6",
        "/W[1 2 (1)]/Size 6",
        "/W 3 0 R/Size 6"
      })
  void doesNotReadWhatIsWrittenOtherwise(String fields) {
    assertThat(read(fields, ROWS)).isEmpty();
  }

  @Test
  void doesNotReadOtherPredictions() throws IOException {
    byte[] data = deflated(predicted(0, 4));
    for (String parameters :
        new String[] {
          "<</Predictor 2/Columns 4>>",
          "<</Predictor 12/Columns 5>>",
          "<</Predictor 12>>",
          "<</Predictor 12/Columns 4/Colors 2>>",
          "<</Predictor 12/Columns 4/BitsPerComponent 4>>",
          "<</Predictor(12)/Columns 4>>",
          "7 0 R"
        }) {
      String fields = "/W[1 2 1]/Size 6/Filter/FlateDecode/DecodeParms " + parameters;
      assertThat(read(fields, data)).as(parameters).isEmpty();
    }
    byte[] unknown = deflated(new byte[] {5, 1, 2, 3, 4});
    assertThat(read("/W[1 2 1]/Size 1" + PREDICTED, unknown)).isEmpty();
  }

  @Test
  @Timeout(60)
  void damagedTablesHaveAnAnswer() throws IOException {
    var random = new Random(11);
    byte[] whole = deflated(predicted(0, 4));
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      read += read("/W[1 2 1]/Size 6" + PREDICTED, damaged).isPresent() ? 1 : 0;
    }
    assertThat(read).isBetween(1000, 19_000);
  }

  @Test
  void stopsAtTheMostEntries() {
    byte[] zeros = new byte[100];
    assertThat(PdfCrossReference.read(dictionary("/W[1 0 0]/Size 90"), zeros, packed, 89))
        .isEmpty();
    assertThat(PdfCrossReference.read(dictionary("/W[1 0 0]/Size 90"), zeros, packed, 90))
        .hasValue(90);
  }

  /** The first rows by one predictor, the last by another (PNG section 9.2). */
  private static byte[] predicted(int from, int to) {
    var out = new ByteArrayOutputStream();
    for (int at = 0; at < ROWS.length; at += 4) {
      int predictor = at < 12 ? from : to;
      out.write(predictor);
      for (int i = at; i < at + 4; i++) {
        int left = i > at ? ROWS[i - 1] : 0;
        int up = at > 0 ? ROWS[i - 4] : 0;
        int corner = i > at && at > 0 ? ROWS[i - 5] : 0;
        int guess = left + up - corner;
        int a = Math.abs(guess - left);
        int b = Math.abs(guess - up);
        int c = Math.abs(guess - corner);
        int paeth = a <= b && a <= c ? left : b <= c ? up : corner;
        out.write(ROWS[i] - new int[] {0, left, up, (left + up) / 2, paeth}[predictor]);
      }
    }
    return out.toByteArray();
  }

  private static byte[] deflated(byte[] octets) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(octets);
    }
    return out.toByteArray();
  }

  private OptionalLong read(String fields, byte[] rows) {
    byte[] data = new byte[rows.length + 2];
    data[0] = '\r';
    data[1] = '\n';
    System.arraycopy(rows, 0, data, 2, rows.length);
    return PdfCrossReference.read(dictionary(fields), data, packed, 10_000_000);
  }

  private static PdfValue.Dictionary dictionary(String fields) {
    byte[] octets = ("<<" + fields + ">>").getBytes(StandardCharsets.ISO_8859_1);
    return (PdfValue.Dictionary) PdfReader.read(octets, octets.length);
  }
}
