package org.milena.scanner.builtin.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.builtin.document.WrittenPdfs.OPEN;
import static org.milena.scanner.builtin.document.WrittenPdfs.isClosed;
import static org.milena.scanner.builtin.document.WrittenPdfs.octets;
import static org.milena.scanner.builtin.document.WrittenPdfs.page;
import static org.milena.scanner.builtin.document.WrittenPdfs.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted files that are damaged, or made to cost much. */
class PdfDamageTest {

  @Test
  void doesNotReadDictionariesWithoutEnd() {
    assertThat(isClosed(OPEN.replace("/O <", "/X (" + "x".repeat(7000) + ")/O <"))).isFalse();
    assertThat(isClosed(OPEN.replace("/O <", "/X (" + "x".repeat(9000) + ")/O <"))).isTrue();
  }

  /** Damage may open no file that has a password, as long as its trailer says that it has one. */
  @Test
  @Timeout(120)
  void damagedFilesWithAPasswordStayClosed() {
    var random = new Random(20260202);
    int stillEncrypted = 0;
    for (String name : EncryptedPdfs.closedOnes()) {
      byte[] file = EncryptedPdfs.named(name);
      for (int round = 0; round < 400; round++) {
        String damaged = text(damaged(file, random));
        boolean closed = isClosed(damaged);
        if (Pattern.compile("/Encrypt [0-9]").matcher(damaged).find()) {
          stillEncrypted++;
          assertThat(closed).as(name + " in round " + round).isTrue();
        }
      }
    }
    assertThat(stillEncrypted).isGreaterThan(5000);
  }

  @Test
  @Timeout(120)
  void damagedFilesWithoutAPasswordHaveAnAnswer() {
    var random = new Random(20260303);
    int closed = 0;
    for (String name : EncryptedPdfs.openOnes()) {
      byte[] file = EncryptedPdfs.named(name);
      for (int round = 0; round < 400; round++) {
        closed += isClosed(text(damaged(file, random))) ? 1 : 0;
      }
    }
    assertThat(closed).isGreaterThan(1000);
  }

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(
      strings = {
        "7 0 obj<<",
        "7 0 obj<</Filter/Standard",
        "/Encrypt 7 0 R",
        "trailer<</Encrypt 7 0 R/ID[(#)]>>",
        "# 0 obj<</Filter/Standard/V 5/R 6/P 1/X(#)>>endobj ",
        "# 0 obj[]endobj ",
        "trailer<</Encrypt<</Filter/Standard/P #>>>>",
        "9 0 obj<</W[1 1 1]/Size 9>>stream\n000000000000000000000000000endstream ",
        "9 0 obj<</W[1 1 1]/Size 9999999>>stream\n",
        "/W[1 1 1 ",
        "trailer<</Encrypt[[[[[[(((((((",
        "obj/Standard 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1%",
      })
  void isDoneInLinearTimeAndLittleMemory(String piece) throws IOException {
    int times = (8 << 20) / piece.length();
    var pieces =
        IntStream.range(0, times)
            .<InputStream>mapToObj(
                i -> new ByteArrayInputStream(octets(piece.replace("#", String.valueOf(i)))))
            .iterator();
    var many =
        new SequenceInputStream(
            new Enumeration<InputStream>() {
              @Override
              public boolean hasMoreElements() {
                return pieces.hasNext();
              }

              @Override
              public InputStream nextElement() {
                return pieces.next();
              }
            });
    InputStream ends = new ByteArrayInputStream(octets(OPEN));
    assertThat(
            PdfDocument.read(new SequenceInputStream(Collections.enumeration(List.of(many, ends))))
                .files())
        .isEmpty();
  }

  /** Each takes about a second to read, and its last row is missing. */
  @Test
  @Timeout(60)
  void readsNoMoreTablesBehindOneThatIsDamaged() throws IOException {
    var rows = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(rows)) {
      byte[] some = new byte[1000];
      for (int i = 0; i < 8_388; i++) {
        deflater.write(some);
      }
    }
    String table =
        "9 0 obj <</W[1 0 0]/Size 8388001/Filter/FlateDecode>>stream\n"
            + text(rows.toByteArray())
            + "\nendstream endobj ";
    assertThat(isClosed(table.repeat(500) + OPEN)).isTrue();
    assertThat(isClosed(table.repeat(500) + page())).isFalse();
  }

  @Test
  @Timeout(60)
  void asksEachDictionaryOfRevision6OnceForAllIdentifiers() {
    String file = text(EncryptedPdfs.named("r6-plain-open"));
    var many = new StringBuilder(file);
    for (int i = 0; i < 15; i++) {
      many.append(file.replaceFirst("/ID \\[<..", "/ID [<%02x".formatted(i)));
    }
    assertThat(isClosed(many.toString())).isFalse();
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    int handler = Math.max(0, text(whole).indexOf("/Filter /Standard"));
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int from = random.nextBoolean() ? 0 : handler;
      int at = from + random.nextInt(Math.min(damaged.length - from, from == 0 ? 1 << 20 : 500));
      switch (random.nextInt(5)) {
        case 0 -> damaged[at] = (byte) random.nextInt(256);
        case 1 -> damaged[at] = (byte) "0123456789abcdef<>()/[]% \n".charAt(random.nextInt(26));
        case 2 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> {
          int length = Math.min(1 + random.nextInt(40), damaged.length - at);
          int to = random.nextInt(damaged.length - length + 1);
          System.arraycopy(damaged, at, damaged, to, length);
        }
        default -> {
          byte[] longer = Arrays.copyOf(damaged, damaged.length + 1);
          System.arraycopy(damaged, at, longer, at + 1, damaged.length - at);
          damaged = longer;
        }
      }
    }
    return damaged;
  }
}
