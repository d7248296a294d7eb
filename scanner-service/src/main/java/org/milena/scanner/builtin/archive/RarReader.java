package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lists RAR archives of both forms (1.5 to 4, and 5): names, and whether they are encrypted. Their
 * compression is not ours to undo, by its licence; what is stored is shown, the rest is left to the
 * antivirus engines.
 */
final class RarReader {

  private static final int[] MARK_4 = {'R', 'a', 'r', '!', 0x1a, 7, 0};
  private static final int[] MARK_5 = {'R', 'a', 'r', '!', 0x1a, 7, 1, 0};
  private static final int STORED_4 = 0x30;
  private static final int MAIN_4 = 0x73;
  private static final int FILE_4 = 0x74;
  private static final int END_4 = 0x7b;
  private static final int FILE_5 = 2;
  private static final int ENCRYPTION_5 = 4;
  private static final int END_5 = 5;
  private static final int EXTRA_ENCRYPTION = 1;

  private final OctetReader in;

  RarReader(InputStream in) {
    this.in = new OctetReader(in);
  }

  static boolean is(byte[] head, int length) {
    return Magic.startsWith(head, length, MARK_4) || Magic.startsWith(head, length, MARK_5);
  }

  void read(ArchiveVisitor visitor) throws IOException {
    byte[] mark = in.exactly(MARK_4.length);
    if (mark[6] == 0) {
      read4(visitor);
    } else {
      in.octet();
      read5(visitor);
    }
  }

  private void read4(ArchiveVisitor visitor) throws IOException {
    while (!visitor.enough()) {
      byte[] fixed = in.upTo(7);
      if (fixed.length == 0) {
        return; // old archives have no block at their end
      }
      if (fixed.length < 7) {
        throw new IOException("cut off");
      }
      int type = fixed[2] & 0xFF;
      int flags = OctetReader.u16(fixed, 3);
      int size = OctetReader.u16(fixed, 5);
      if (type == END_4) {
        return;
      }
      if (type < 0x72 || type > END_4 || size < 7) {
        throw new IOException("no rar header where one must be");
      }
      byte[] header = in.exactly(size - 7);
      if (type == MAIN_4 && (flags & 0x80) != 0) {
        visitor.file(ArchiveEntry.closed("", ArchiveEntry.Kind.ENCRYPTED)); // its list, too
        return;
      }
      if (type == FILE_4) {
        file4(header, flags, visitor);
      } else if ((flags & 0x8000) != 0) {
        in.skip(header.length < 4 ? 0 : OctetReader.u32(header, 0));
      }
    }
  }

  private void file4(byte[] header, int flags, ArchiveVisitor visitor) throws IOException {
    boolean large = (flags & 0x100) != 0;
    int nameAt = large ? 33 : 25;
    if (header.length < nameAt) {
      throw new IOException("a rar header too short");
    }
    long size = OctetReader.u32(header, 0);
    if (large) {
      size |= OctetReader.u32(header, 25) << 32;
    }
    int nameLength = Math.min(OctetReader.u16(header, 19), header.length - nameAt);
    // what follows a NUL is the same name once more, in a Unicode of its own
    String name = OctetReader.text(header, nameAt, nameLength);
    entry(name, (flags & 4) != 0, header[18] == STORED_4, size, visitor);
  }

  private void read5(ArchiveVisitor visitor) throws IOException {
    while (!visitor.enough()) {
      byte[] crc = in.upTo(4);
      if (crc.length == 0) {
        return;
      }
      long size = number();
      if (size <= 0 || size > 2L << 20) {
        throw new IOException("no rar header where one must be");
      }
      var header = new OctetReader(in.part(size));
      long type = number(header);
      long flags = number(header);
      long extra = (flags & 1) != 0 ? number(header) : 0;
      long data = (flags & 2) != 0 ? number(header) : 0;
      if (type == END_5) {
        return;
      }
      if (type == ENCRYPTION_5) {
        visitor.file(ArchiveEntry.closed("", ArchiveEntry.Kind.ENCRYPTED)); // all that follows
        return;
      }
      if (type == FILE_5) {
        file5(header, size, extra, data, visitor);
      } else {
        header.skip(size - header.position());
        in.part(data).skipRest();
      }
    }
  }

  private void file5(OctetReader header, long size, long extra, long data, ArchiveVisitor visitor)
      throws IOException {
    long flags = number(header);
    number(header); // unpacked size
    number(header); // attributes
    header.skip(((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0));
    long compression = number(header);
    number(header); // operating system
    byte[] octets = header.name(number(header));
    boolean encrypted = false;
    long extraFrom = size - extra;
    if (extra > 0 && extraFrom >= header.position()) {
      header.skip(extraFrom - header.position());
      while (header.position() < size) {
        long length = number(header);
        long before = header.position();
        encrypted |= length > 0 && number(header) == EXTRA_ENCRYPTION;
        header.skip(Math.max(0, Math.min(size, before + length) - header.position()));
      }
    }
    header.skip(Math.max(0, size - header.position()));
    boolean stored = ((compression >> 7) & 7) == 0;
    entry(new String(octets, StandardCharsets.UTF_8), encrypted, stored, data, visitor);
  }

  private void entry(
      String name, boolean encrypted, boolean stored, long size, ArchiveVisitor visitor)
      throws IOException {
    OctetReader.Part content = in.part(size);
    if (encrypted) {
      visitor.file(ArchiveEntry.closed(name, ArchiveEntry.Kind.ENCRYPTED));
    } else if (stored) {
      visitor.file(ArchiveEntry.readable(name, content));
    } else {
      visitor.file(ArchiveEntry.closed(name, ArchiveEntry.Kind.LISTED));
    }
    content.skipRest();
  }

  private long number() throws IOException {
    return number(in);
  }

  /** Seven bits an octet, the lowest first. */
  private static long number(OctetReader from) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int octet = from.octet();
      value |= (long) (octet & 0x7F) << shift;
      if ((octet & 0x80) == 0) {
        return value;
      }
    }
    throw new IOException("a number without end");
  }
}
