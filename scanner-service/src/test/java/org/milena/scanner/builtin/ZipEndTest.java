package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.scan.SampleMail.EICAR;
import static org.milena.scanner.scan.SampleMail.attachment;
import static org.milena.scanner.scan.SampleMail.base64;
import static org.milena.scanner.scan.SampleMail.bytes;
import static org.milena.scanner.scan.SampleMail.zip;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;

/** What stands behind the directory of a ZIP. */
class ZipEndTest {

  private static final int END = 22;
  private static final byte[] HARMLESS = zip("a.txt", bytes("hello"));
  private static final byte[] HARMFUL = zip("b.txt", bytes(EICAR));
  private static final byte[] EMPTY = Arrays.copyOf(bytes("PK\u0005\u0006"), END);

  private final BuiltinEngine engine =
      new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @Test
  void anArchiveBehindAnArchiveIsNotClean() throws NotScannedException {
    assertUnscannable("end", joined(HARMLESS, HARMFUL));
    assertUnscannable("end", joined(HARMLESS, bytes("0123456789"), HARMFUL));
    assertUnscannable("end", joined(HARMLESS, new byte[100], HARMFUL));
    assertUnscannable("end", joined(EMPTY, HARMFUL));
    assertUnscannable("end", joined(zip64End(HARMLESS), HARMFUL));
  }

  @Test
  void anArchiveInTheCommentIsNotClean() throws NotScannedException {
    assertUnscannable("comment", withComment(HARMLESS, HARMFUL));
    assertUnscannable("comment", withComment(EMPTY, HARMFUL));
  }

  @Test
  void anEndThatPointsToAnotherDirectoryIsNotClean() throws NotScannedException {
    byte[] forged = HARMLESS.clone();
    forged[forged.length - 6]--;
    assertUnscannable("directory", forged);
  }

  @Test
  void anEndThatIsCutOffIsNotClean() throws NotScannedException {
    for (int cut = 1; cut < END; cut++) {
      assertThat(scan(Arrays.copyOf(HARMLESS, HARMLESS.length - cut)))
          .as("%d octets less", cut)
          .isInstanceOf(EngineVerdict.Unscannable.class);
    }
  }

  @Test
  void anArchiveExtraRecordHidesNothing() throws NotScannedException {
    byte[] local = Arrays.copyOf(HARMLESS, HARMLESS.length - END - directoryLength());
    byte[] extra = joined(bytes("PK\u0006\u0008\u0064\0\0\0"), new byte[100]);
    assertThat(scan(joined(local, extra, HARMFUL))).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void commentsAndNumbersOfSixtyFourBitsAreFine() throws NotScannedException {
    for (byte[] archive :
        new byte[][] {
          HARMLESS,
          EMPTY,
          withComment(HARMLESS, bytes("with love")),
          withComment(EMPTY, bytes("with love")),
          zip64End(HARMLESS),
          joined(HARMLESS, new byte[512]),
          joined(HARMLESS, bytes("\r\n"))
        }) {
      assertThat(scan(archive)).isEqualTo(new EngineVerdict.Clean());
    }
  }

  private void assertUnscannable(String word, byte[] archive) throws NotScannedException {
    assertThat(scan(archive))
        .isInstanceOfSatisfying(
            EngineVerdict.Unscannable.class,
            verdict -> assertThat(verdict.reason()).contains(word));
  }

  private EngineVerdict scan(byte[] archive) throws NotScannedException {
    return engine.scan(Specimen.probe(attachment("a.zip", "base64", base64(archive))));
  }

  private static int directoryLength() {
    return SampleArchives.little(END).put(HARMLESS, HARMLESS.length - END, END).getInt(12);
  }

  /** With a record of 64 bits and its locator, and the numbers of the old end in it. */
  private static byte[] zip64End(byte[] archive) {
    int directory = archive.length - END - directoryLength();
    ByteBuffer end = SampleArchives.little(200);
    end.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
    end.putInt(0).putInt(0).putLong(1).putLong(1);
    end.putLong(directoryLength()).putLong(directory);
    end.putInt(0x07064b50).putInt(0).putLong(archive.length - END).putInt(1);
    end.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
    return joined(Arrays.copyOf(archive, archive.length - END), SampleArchives.written(end));
  }

  private static byte[] withComment(byte[] archive, byte[] comment) {
    byte[] commented = joined(archive, comment);
    commented[archive.length - 2] = (byte) comment.length;
    commented[archive.length - 1] = (byte) (comment.length >> 8);
    return commented;
  }

  private static byte[] joined(byte[]... pieces) {
    ByteBuffer all = SampleArchives.little(Arrays.stream(pieces).mapToInt(p -> p.length).sum());
    for (byte[] piece : pieces) {
      all.put(piece);
    }
    return SampleArchives.written(all);
  }
}
