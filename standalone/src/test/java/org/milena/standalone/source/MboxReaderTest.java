package org.milena.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MboxReaderTest {
  private static final String FROM = "From ann@a.example Thu Jul  2 10:00:00 2009\n";

  @TempDir Path folder;

  private static Read read(String mbox, Quoting quoting) {
    Read read = new Read();
    try {
      byte[] octets = mbox.getBytes(StandardCharsets.ISO_8859_1);
      var unused = new MboxReader(new ByteArrayInputStream(octets), quoting, "x", read).read();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return read;
  }

  private static List<String> texts(String mbox) {
    return read(mbox, Quoting.MBOXRD).texts();
  }

  @Test
  void takesOneMarkFromQuotedLines() {
    String mbox = FROM + "A: b\n\n>From me\n>>From you\n> From\n\n" + FROM + "C: d\n\nx\n\n";
    assertThat(texts(mbox)).containsExactly("A: b\n\nFrom me\n>From you\n> From\n", "C: d\n\nx\n");
    assertThat(read(mbox, Quoting.MBOXO).texts().getFirst())
        .isEqualTo("A: b\n\nFrom me\n>>From you\n> From\n");
    assertThat(read(mbox, Quoting.NONE).texts().getFirst())
        .isEqualTo("A: b\n\n>From me\n>>From you\n> From\n");
  }

  @Test
  void keepsLineEndsAndBadOctets() {
    String crlf = FROM.replace("\n", "\r\n");
    assertThat(texts(crlf + "A: b\r\n\r\n\0\377\r\n\r\n" + crlf + "C: d\r\n\r\nx\ny\r\n\r\n"))
        .containsExactly("A: b\r\n\r\n\0\377\r\n", "C: d\r\n\r\nx\ny\r\n");
  }

  @Test
  void aMessageWithoutEmptyLineBehindItKeepsItsLastLine() {
    assertThat(texts(FROM + "A: b\n\nx\n" + FROM + "C: d\n\ny"))
        .containsExactly("A: b\n\nx\n", "C: d\n\ny");
  }

  @Test
  void knowsWhenItWasFiled() {
    assertThat(read(FROM + "A: b\n\n", Quoting.MBOXRD).posts.getFirst().receivedAt())
        .isEqualTo(Instant.parse("2009-07-02T10:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From ann@a.example Thu Jul  2 10:00:00 2009",
        "From ann at a.example  Thu Jul  2 10:00:00 2009",
        "From - Thu Jul 02 10:00:00 2009",
        "From ann@a.example Thu Jul  2 10:00:00 +0200 2009",
        "From ann@a.example Thu Jul  2 10:00:00 CEST 2009",
        "From ann@a.example Thu Jul  2 10:00 2009",
        "From ann@a.example Thu, 2 Jul 2009 10:00:00 +0200",
        "From \"Ann A.\" <ann@a.example> Thu Jul  2 10:00:00 2009 remote from x"
      })
  void knowsFromLines(String line) {
    assertThat(texts(FROM + "A: b\n\nx\n\n" + line + "\nC: d\n\ny\n")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From here on it is easy: really",
        "From: nobody",
        "From Thu Jul on we go",
        "From ann@a.example Thu Jul  2 10:00:00 2009\n\n",
        "From ann@a.example Thu Jul  2 10:00:00 2009\nshe wrote no field",
      })
  void tearsNoTextApart(String line) {
    String body = "x\n\n" + line + "\nmore\n";
    Read read = read(FROM + "A: b\n\n" + body + "\n" + FROM + "C: d\n\ny\n", Quoting.MBOXRD);
    assertThat(read.texts()).containsExactly("A: b\n\n" + body, "C: d\n\ny\n");
  }

  @Test
  void saysWhichLinesAreNotQuoted() {
    assertThat(read(FROM + "A: b\n\nFrom here on\n", Quoting.MBOXRD).odd)
        .containsExactly("UNESCAPED_FROM x, message 1: From here on");
    assertThat(read(FROM + "A: b\n\nFrom here on\n", Quoting.NONE).odd).isEmpty();
  }

  @Test
  void doesWithoutDatesWhereNoneStand() {
    assertThat(texts("From a b\nA: b\n\nx\nFrom c: d\n\nFrom c d\nC: d\n\ny\n"))
        .containsExactly("A: b\n\nx\nFrom c: d\n", "C: d\n\ny\n");
  }

  private static String measured(String body, int length) {
    return FROM + "A: b\nContent-Length: " + length + "\n\n" + body;
  }

  @Test
  void believesALengthThatLeadsToAFromLine() {
    String body = "x\n\n" + FROM + "C: d\n\ny\n";
    Read read = read(measured(body, body.length()) + "\n" + FROM + "E: f\n\nz\n", Quoting.NONE);
    assertThat(read.texts())
        .containsExactly(
            "A: b\nContent-Length: %d\n\n%s".formatted(body.length(), body), "E: f\n\nz\n");
    assertThat(read.odd).isEmpty();
  }

  @Test
  void believesALengthThatLeadsToTheEnd() {
    String body = "x\n\n" + FROM + "C: d\n\ny\n";
    assertThat(read(measured(body, body.length()), Quoting.NONE).texts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 60, 61, 100, 1000, 60_000_000, 99_999_999})
  void doesNotBelieveALengthThatLeadsElsewhere(int length) {
    List<String> texts =
        texts(measured("xx\n\n", length) + FROM + "C: d\n\ny\n\n" + FROM + "E: f\n\nz\n");
    assertThat(texts)
        .containsExactly(
            "A: b\nContent-Length: " + length + "\n\nxx\n", "C: d\n\ny\n", "E: f\n\nz\n");
  }

  @Test
  void lengthsThatAllLieCostNothingMore() {
    StringBuilder mbox = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      mbox.append(measured("text " + i + "\n\n", 5_000_000));
    }
    assertThat(texts(mbox.toString())).hasSize(5_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dear all", "A: b\n\nx", "\n\nx", "PK"})
  void refusesWhatIsNoMbox(String text) {
    Read read = new Read();
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> new MboxReader(in, Quoting.MBOXRD, "x", read).read())
        .isInstanceOf(UnfitSourceException.class)
        .hasMessageContaining("x is no mbox");
  }

  @Test
  void longLinesAreLines() {
    String line = "x".repeat(3 * LineWindow.MAX_PIECE) + "From y Thu Jul  2 10:00:00 2009\n";
    String marks = ">".repeat(LineWindow.MAX_PIECE + 5) + "From z\n";
    assertThat(texts(FROM + "A: b\n\n" + line + ">" + marks + "\n" + FROM + "C: d\n\ny\n"))
        .containsExactly("A: b\n\n" + line + marks, "C: d\n\ny\n");
  }

  @Test
  void fileIsOpenedPackedOrNot() throws IOException {
    String mbox = FROM + "A: b\n\nx\n\n" + FROM + "C: d\n\ny\n";
    Path plain = Files.writeString(folder.resolve("a.mbox"), mbox);
    Path packed = folder.resolve("a.mbox.gz");
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (String part : List.of(mbox.substring(0, 20), mbox.substring(20))) {
      try (GZIPOutputStream out = new GZIPOutputStream(octets)) {
        out.write(part.getBytes(StandardCharsets.US_ASCII));
      }
    }
    Files.write(packed, octets.toByteArray());
    MboxSource source = new MboxSource(List.of(plain, packed), Quoting.MBOXRD, null);
    Read read = Read.of(source);
    assertThat(read.texts())
        .containsExactly("A: b\n\nx\n", "C: d\n\ny\n", "A: b\n\nx\n", "C: d\n\ny\n");
    assertThat(read.progress).isEqualTo(source.size());
  }

  @Test
  void wrongFilesAreASentence() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "");
    Path xz = Files.write(folder.resolve("a.xz"), new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
    assertThatThrownBy(() -> Read.of(new MboxSource(List.of(empty), Quoting.MBOXRD, null)))
        .isInstanceOf(UnfitSourceException.class)
        .hasMessageEndingWith("is empty.");
    assertThatThrownBy(() -> Read.of(new MboxSource(List.of(xz), Quoting.MBOXRD, null)))
        .hasMessageContaining("unpack it first");
    assertThatThrownBy(() -> new MboxSource(List.of(folder), Quoting.MBOXRD, null).size())
        .hasMessageContaining("is a folder");
  }

  /** Whatever is written as mboxrd comes back, however it is cut into reads. */
  @Test
  void everythingWrittenComesBack() {
    Random random = new Random(11);
    String[] words = {"From ", ">", "x", "\n", "\n\n", FROM, ">" + FROM, "A: b\n", "\r\n", "\0"};
    for (int i = 0; i < 1_500; i++) {
      List<String> messages = new ArrayList<>();
      StringBuilder mbox = new StringBuilder();
      for (int count = random.nextInt(1, 5); count > 0; count--) {
        StringBuilder text = new StringBuilder("H: 1\n\n");
        for (int parts = random.nextInt(12); parts > 0; parts--) {
          text.append(words[random.nextInt(words.length)]);
        }
        String message = text + "\n";
        messages.add(message);
        mbox.append(FROM).append(message.replaceAll("(?m)^(>*From )", ">$1")).append('\n');
      }
      assertThat(texts(mbox.toString())).isEqualTo(messages);
    }
  }

  /** No octet gets lost: what is not given is a separator, a mark, or an empty line. */
  @ParameterizedTest
  @EnumSource(Quoting.class)
  void survivesNoise(Quoting quoting) {
    Random random = new Random(5);
    String good =
        measured("x\n\n" + FROM + "C: d\n\ny\n", 60) + "\n" + measured(">From q\n\n", 3) + FROM;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder mbox = new StringBuilder(good);
      for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
        int at = FROM.length() + random.nextInt(mbox.length() - FROM.length());
        switch (random.nextInt(3)) {
          case 0 -> mbox.setCharAt(at, (char) random.nextInt(256));
          case 1 -> mbox.deleteCharAt(at);
          default -> mbox.insert(at, FROM);
        }
      }
      Read read = read(mbox.toString(), quoting);
      int given = read.texts().stream().mapToInt(String::length).sum();
      int separators = read.posts.size();
      assertThat(given).isLessThanOrEqualTo(mbox.length() - 5 * separators);
      assertThat(given)
          .isGreaterThanOrEqualTo(mbox.length() - separators * (FROM.length() + 300) - 300);
    }
  }
}
