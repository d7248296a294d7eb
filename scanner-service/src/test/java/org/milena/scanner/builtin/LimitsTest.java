package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.scan.SampleMail.attachment;
import static org.milena.scanner.scan.SampleMail.base64;
import static org.milena.scanner.scan.SampleMail.bytes;
import static org.milena.scanner.scan.SampleMail.gzip;
import static org.milena.scanner.scan.SampleMail.mail;
import static org.milena.scanner.scan.SampleMail.zip;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.SampleMail;

@Timeout(30)
class LimitsTest {

  private final BuiltinEngine engine =
      new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @Test
  void multipartsInMultiparts() {
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
      assertThat(engine.scan(mail(nested + "\r\nhello\r\n")))
          .isInstanceOf(EngineVerdict.Unscannable.class);
    }
  }

  @Test
  void messagesInMessages() {
    String nested = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);
    assertThat(engine.scan(mail(nested))).isInstanceOf(EngineVerdict.Unscannable.class);
    String hidden =
        "Content-Type: message/global\r\nContent-Disposition: attachment\r\n\r\n".repeat(10_000);
    assertThat(engine.scan(mail(hidden))).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void aHundredThousandParts() {
    String parts =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(100_000);
    assertThat(engine.scan(mail(parts))).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void aHeaderWithoutEnd() {
    assertThat(engine.scan(mail("X-Long: " + "x".repeat(200_000) + "\r\n\r\n")))
        .isInstanceOf(EngineVerdict.Unscannable.class);
    assertThat(engine.scan(mail("X-Many: x\r\n".repeat(3_000) + "\r\n")))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void aBodyInOneLineIsNoTrouble() {
    assertThat(engine.scan(mail("\r\n" + "x".repeat(5_000_000))))
        .isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void aZipBomb() {
    byte[] zeros = zip("zeros", new byte[100 << 20]);
    assertThat(scanArchive(zeros)).isInstanceOf(EngineVerdict.Unscannable.class);
    assertThat(scanArchive(gzip(new byte[100 << 20])))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void aBombInSteps() {
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
  void aMatryoshka() {
    byte[] doll = bytes("hello");
    for (int level = 0; level < 40; level++) {
      doll = zip("doll.zip", doll);
    }
    assertThat(scanArchive(doll)).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void filesWithoutNumber() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 10_001; i++) {
      files.put(i + ".txt", new byte[0]);
    }
    assertThat(scanArchive(zip(files))).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void anArchiveThatIsCutOffIsNotClean() {
    byte[] whole = zip("a.txt", bytes("hello, this is a text of some length"));
    for (int length = 4; length < whole.length - 22; length += 7) {
      assertThat(scanArchive(Arrays.copyOf(whole, length)))
          .as("%d of %d", length, whole.length)
          .isInstanceOf(EngineVerdict.Unscannable.class);
    }
  }

  @Test
  void aDirectoryThatNamesHiddenFilesIsNotClean() {
    byte[] two = zip(ordered("a.txt", bytes("a"), "b.txt", bytes("b")));
    byte[] one = zip("a.txt", bytes("a"));
    int directoryOfTwo = indexOf(two, new byte[] {'P', 'K', 1, 2});
    int directoryOfOne = indexOf(one, new byte[] {'P', 'K', 1, 2});
    byte[] forged = Arrays.copyOf(one, directoryOfOne + two.length - directoryOfTwo);
    System.arraycopy(two, directoryOfTwo, forged, directoryOfOne, two.length - directoryOfTwo);
    assertThat(scanArchive(forged)).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void readsOnBehindAnInfectionOnlyIfItMust() {
    Map<String, byte[]> files = ordered("eicar", bytes(SampleMail.EICAR), "z", new byte[64 << 20]);
    assertThat(scanArchive(zip(files))).isInstanceOf(EngineVerdict.Infected.class);
  }

  @Test
  void stopsWhenInterrupted() {
    RawMessage bomb = attachment("a.zip", "base64", base64(zip("zeros", new byte[100 << 20])));
    Thread.currentThread().interrupt();
    try {
      assertThat(engine.scan(bomb)).isInstanceOf(EngineVerdict.Unscannable.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void settingsCanBeNarrower() {
    var narrow = new BuiltinEngine(AttachmentPolicy.DEFAULT, new ScanLimits(1, 1, 1, 1, 10, 1));
    assertThat(narrow.scan(mail("\r\nhello\r\n"))).isEqualTo(new EngineVerdict.Clean());
    assertThat(narrow.scan(attachment("a.txt", "7bit", "x")))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  private EngineVerdict scanArchive(byte[] archive) {
    return engine.scan(attachment("a.zip", "base64", base64(archive)));
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
