package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads cpio archives in their portable forms: POSIX {@code odc}, SVR4 {@code newc} and crc. */
final class CpioReader {

  private static final byte[] ODC = "070707".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEWC = "070701".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CRC = "070702".getBytes(StandardCharsets.US_ASCII);
  private static final int ODC_HEADER = 76;
  private static final int NEWC_HEADER = 110;

  private final OctetReader in;

  CpioReader(InputStream in) {
    this.in = new OctetReader(in);
  }

  static boolean is(byte[] head, int length) {
    if (Magic.startsWith(head, length, ODC)) {
      return length >= ODC_HEADER && areDigits(head, ODC_HEADER);
    }
    return (Magic.startsWith(head, length, NEWC) || Magic.startsWith(head, length, CRC))
        && length >= NEWC_HEADER
        && areDigits(head, NEWC_HEADER);
  }

  private static boolean areDigits(byte[] head, int end) {
    for (int i = 0; i < end; i++) {
      if (Character.digit(head[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  void read(ArchiveVisitor visitor) throws IOException {
    while (!visitor.enough()) {
      byte[] magic = in.exactly(ODC.length);
      boolean odc = Magic.startsWith(magic, magic.length, ODC);
      if (!odc
          && !Magic.startsWith(magic, magic.length, NEWC)
          && !Magic.startsWith(magic, magic.length, CRC)) {
        throw new IOException("no cpio header where one must be");
      }
      int length = (odc ? ODC_HEADER : NEWC_HEADER) - magic.length;
      byte[] header = in.exactly(length);
      long nameLength =
          odc ? OctetReader.number(header, 53, 6, 8) : OctetReader.number(header, 88, 8, 16);
      long size =
          odc ? OctetReader.number(header, 59, 11, 8) : OctetReader.number(header, 48, 8, 16);
      byte[] octets = in.name(nameLength);
      String name = OctetReader.text(octets, 0, octets.length);
      if (!odc) {
        align();
      }
      if (name.equals("TRAILER!!!")) {
        return;
      }
      OctetReader.Part content = in.part(size);
      visitor.file(ArchiveEntry.readable(name, content));
      content.skipRest();
      if (!odc) {
        align();
      }
    }
  }

  private void align() throws IOException {
    in.skip((4 - in.position() % 4) % 4);
  }
}
