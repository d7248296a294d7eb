package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads ar archives: libraries and Debian packages, with the long names of BSD and of GNU. */
final class ArReader {

  private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 60;

  private final OctetReader in;
  private String longNames = "";

  ArReader(InputStream in) {
    this.in = new OctetReader(in);
  }

  static boolean is(byte[] head, int length) {
    return Magic.startsWith(head, length, MAGIC);
  }

  void read(ArchiveVisitor visitor) throws IOException {
    in.skip(MAGIC.length);
    byte[] header = in.upTo(HEADER);
    while (header.length == HEADER && !visitor.enough()) {
      if (header[58] != '`' || header[59] != '\n') {
        throw new IOException("no ar header where one must be");
      }
      long size = OctetReader.number(header, 48, 10, 10);
      String name = OctetReader.text(header, 0, 16).stripTrailing();
      long left = size;
      if (name.equals("//")) {
        byte[] names = in.name(size);
        longNames = OctetReader.text(names, 0, names.length);
        left = 0;
      } else if (name.startsWith("#1/")) {
        long length = OctetReader.number(header, 3, 13, 10);
        byte[] octets = in.name(Math.min(length, size));
        name = OctetReader.text(octets, 0, octets.length);
        left = size - octets.length;
      } else if (name.length() > 1 && name.charAt(0) == '/' && Character.isDigit(name.charAt(1))) {
        name = longName(name);
      }
      OctetReader.Part content = in.part(left);
      if (!name.equals("//")) {
        visitor.file(ArchiveEntry.readable(withoutSlash(name), content));
      }
      content.skipRest();
      if (size % 2 == 1) {
        in.read(); // the last file may lack its padding
      }
      header = in.upTo(HEADER);
    }
    if (header.length > 0 && header.length < HEADER) {
      throw new IOException("cut off");
    }
  }

  private String longName(String reference) {
    try {
      int from = Integer.parseInt(reference.substring(1));
      int end = longNames.indexOf('\n', Math.min(from, longNames.length()));
      return longNames.substring(from, end < 0 ? longNames.length() : end);
    } catch (NumberFormatException | IndexOutOfBoundsException _) {
      return reference;
    }
  }

  private static String withoutSlash(String name) {
    return name.length() > 1 && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }
}
