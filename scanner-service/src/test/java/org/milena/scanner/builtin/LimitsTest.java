package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.scan.SampleMail.attachment;
import static org.milena.scanner.scan.SampleMail.base64;
import static org.milena.scanner.scan.SampleMail.bytes;
import static org.milena.scanner.scan.SampleMail.gzip;
import static org.milena.scanner.scan.SampleMail.mail;
import static org.milena.scanner.scan.SampleMail.zip;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.Specimen;

@Timeout(30)
class LimitsTest {

  private final BuiltinEngine engine =
      new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @Test
  void multipartsInMultiparts() throws NotScannedException {
    for (int levels : new int[] {100, 5_000, 20_000}) {
      var nested = new StringBuilder();
      for (int i = 0; i < levels; i++) {
        nested
            .append("Content-Type: multipart/mixed; boundary=b")
            .append(i)
            .append("\r\n\r\n--b")
            .append(i)
            .append("\r\n");
      }
      assertThat(engine.scan(Specimen.probe(mail(nested + "\r\nhello\r\n"))))
          .isInstanceOf(EngineVerdict.Unscannable.class);
    }
  }

  @Test
  void messagesInMessages() throws NotScannedException {
    String nested = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);
    assertThat(engine.scan(Specimen.probe(mail(nested))))
        .isInstanceOf(EngineVerdict.Unscannable.class);
    String hidden =
        "Content-Type: message/global\r\nContent-Disposition: attachment\r\n\r\n".repeat(10_000);
    assertThat(engine.scan(Specimen.probe(mail(hidden))))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void aHundredThousandParts() throws NotScannedException {
    String parts =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(100_000);
    assertThat(engine.scan(Specimen.probe(mail(parts))))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void aHeaderWithoutEnd() throws NotScannedException {
    assertThat(engine.scan(Specimen.probe(mail("X-Long: " + "x".repeat(200_000) + "\r\n\r\n"))))
        .isInstanceOf(EngineVerdict.Unscannable.class);
    assertThat(engine.scan(Specimen.probe(mail("X-Many: x\r\n".repeat(3_000) + "\r\n"))))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void aBodyInOneLineIsNoTrouble() throws NotScannedException {
    assertThat(engine.scan(Specimen.probe(mail("\r\n" + "x".repeat(5_000_000)))))
        .isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void aZipBomb() throws NotScannedException {
    byte[] zeros = zip("zeros", new byte[100 << 20]);
    assertThat(scanArchive(zeros)).isInstanceOf(EngineVerdict.Unscannable.class);
    assertThat(scanArchive(gzip(new byte[100 << 20])))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void aBombInSteps() throws NotScannedException {
    byte[] bomb = zip("zeros", new byte[4 << 20]);
    for (int level = 0; level < 4; level++) {
      Map<String, byte[]> copies = new LinkedHashMap<>();
      for (int i = 0; i < 16; i++) {
        copies.put(i + ".zip", bomb);
      }
      bomb = zip(copies);
    }
    assertThat(scanArchive(bomb)).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void aMatryoshka() throws NotScannedException {
    byte[] doll = bytes("hello");
    for (int level = 0; level < 40; level++) {
      doll = zip("doll.zip", doll);
    }
    assertThat(scanArchive(doll)).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void filesWithoutNumber() throws NotScannedException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 10_001; i++) {
      files.put(i + ".txt", new byte[0]);
    }
    assertThat(scanArchive(zip(files))).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void anArchiveThatIsCutOffIsNotClean() throws NotScannedException {
    byte[] whole = zip("a.txt", bytes("hello, this is a text of some length"));
    for (int length = 4; length < whole.length - 22; length += 7) {
      assertThat(scanArchive(Arrays.copyOf(whole, length)))
          .as("%d of %d", length, whole.length)
          .isInstanceOf(EngineVerdict.Unscannable.class);
    }
  }

  @Test
  void aDirectoryThatNamesHiddenFilesIsNotClean() throws NotScannedException {
    byte[] two = zip(ordered("a.txt", bytes("a"), "b.txt", bytes("b")));
    byte[] one = zip("a.txt", bytes("a"));
    int directoryOfTwo = indexOf(two, new byte[] {'P', 'K', 1, 2});
    int directoryOfOne = indexOf(one, new byte[] {'P', 'K', 1, 2});
    byte[] forged = Arrays.copyOf(one, directoryOfOne + two.length - directoryOfTwo);
    System.arraycopy(two, directoryOfTwo, forged, directoryOfOne, two.length - directoryOfTwo);
    assertThat(scanArchive(forged)).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void readsOnBehindAnInfectionOnlyIfItMust() throws NotScannedException {
    Map<String, byte[]> files = ordered("eicar", bytes(SampleMail.EICAR), "z", new byte[64 << 20]);
    assertThat(scanArchive(zip(files))).isInstanceOf(EngineVerdict.Infected.class);
  }

  @Test
  void namesWithoutNumberOrEnd() throws NotScannedException {
    for (String name :
        new String[] {
          "\"" + "a".repeat(90_000) + ".txt\"",
          "\"" + "\\\\".repeat(40_000) + ".txt\"",
          " ".repeat(90_000) + "x.txt",
          "\"a" + " ".repeat(90_000) + "x.txt\"",
          "a" + ". ".repeat(40_000) + "x.txt",
        }) {
      RawMessage message =
          attachment(
              "text/x-thing", "Content-Disposition: a; filename=" + name + "\r\n", "7bit", "x");
      assertThat(engine.scan(Specimen.probe(message))).isEqualTo(new EngineVerdict.Clean());
    }
    var many = new StringBuilder("Content-Disposition: attachment");
    for (int i = 0; i < 5_000; i++) {
      many.append(";name=").append(i);
    }
    assertThat(engine.scan(Specimen.probe(attachment("text/x-thing", many + "\r\n", "7bit", "x"))))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void beingInterruptedIsNoVerdict() {
    RawMessage bomb = attachment("a.zip", "base64", base64(zip("zeros", new byte[100 << 20])));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> engine.scan(Specimen.probe(bomb)))
          .isInstanceOf(NotScannedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void settingsCanBeNarrower() throws NotScannedException {
    var narrow =
        new BuiltinEngine(
            AttachmentPolicy.DEFAULT, new ScanLimits(1, 1, 1, 1, 10, 1, 1, Duration.ofSeconds(5)));
    assertThat(narrow.scan(Specimen.probe(mail("\r\nhello\r\n"))))
        .isEqualTo(new EngineVerdict.Clean());
    assertThat(narrow.scan(Specimen.probe(attachment("a.txt", "7bit", "x"))))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  private EngineVerdict scanArchive(byte[] archive) throws NotScannedException {
    return engine.scan(Specimen.probe(attachment("a.zip", "base64", base64(archive))));
  }

  private static Map<String, byte[]> ordered(String a, byte[] first, String b, byte[] second) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(a, first);
    files.put(b, second);
    return files;
  }

  private static int indexOf(byte[] octets, byte[] wanted) {
    for (int i = 0; i + wanted.length <= octets.length; i++) {
      if (Arrays.equals(octets, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }
}
