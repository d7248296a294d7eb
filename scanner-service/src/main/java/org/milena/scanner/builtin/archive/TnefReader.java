package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads Outlook's winmail.dat (MS-OXTNEF): the attachments in it, with both their names. The text
 * of the message, which stands there once more, is none of them.
 */
final class TnefReader {

  private static final int[] MARK = {0x78, 0x9f, 0x3e, 0x22};
  private static final int ATTACHMENT_LEVEL = 2;
  private static final int MESSAGE_LEVEL = 1;
  private static final int TITLE = 0x8010;
  private static final int DATA = 0x800F;
  private static final int PROPERTIES = 0x9005;
  private static final int CHECKSUM = 2;

  private final OctetReader in;
  private String title = "";

  TnefReader(InputStream in) {
    this.in = new OctetReader(in);
  }

  static boolean is(byte[] head, int length) {
    return Magic.startsWith(head, length, MARK);
  }

  void read(ArchiveVisitor visitor) throws IOException {
    in.skip(MARK.length + 2L); // and its key
    for (int level = in.read(); level >= 0 && !visitor.enough(); level = in.read()) {
      if (level != MESSAGE_LEVEL && level != ATTACHMENT_LEVEL) {
        return; // programs forgive what stands behind the last attribute
      }
      int id = (int) in.u32() & 0xFFFF;
      long length = in.u32();
      if (level == ATTACHMENT_LEVEL && id == TITLE) {
        byte[] octets = in.name(length);
        title = OctetReader.text(octets, 0, octets.length);
        visitor.alsoNamed(title);
      } else {
        OctetReader.Part value = in.part(length);
        if (level == ATTACHMENT_LEVEL && id == DATA) {
          visitor.file(ArchiveEntry.readable(title, value));
        } else if (level == ATTACHMENT_LEVEL && id == PROPERTIES) {
          new Properties(new OctetReader(value)).read(visitor);
        }
        value.skipRest();
      }
      in.skip(CHECKSUM);
    }
  }

  /** MAPI properties of an attachment. */
  private static final class Properties {

    private static final int MULTIPLE = 0x1000;
    private static final int STRING8 = 0x1E;
    private static final int UNICODE = 0x1F;
    private static final int OBJECT = 0x0D;
    private static final int BINARY = 0x102;
    private static final int DATA_OBJECT = 0x3701;
    private static final int FILE_NAME = 0x3704;
    private static final int LONG_FILE_NAME = 0x3707;
    private static final int INTERFACE_ID = 16;

    private final OctetReader in;

    Properties(OctetReader in) {
      this.in = in;
    }

    void read(ArchiveVisitor visitor) throws IOException {
      long count = in.u32();
      for (long i = 0; i < count && !visitor.enough(); i++) {
        int type = in.u16();
        int id = in.u16();
        if (id >= 0x8000) {
          skipNameOfProperty();
        }
        int plain = type & ~MULTIPLE;
        boolean variable =
            plain == STRING8 || plain == UNICODE || plain == OBJECT || plain == BINARY;
        long values = variable || (type & MULTIPLE) != 0 ? in.u32() : 1;
        for (long v = 0; variable && v < values; v++) {
          variable(id, plain, visitor);
        }
        in.skip(variable ? 0 : values * fixedLength(plain));
      }
    }

    private void skipNameOfProperty() throws IOException {
      in.skip(INTERFACE_ID);
      if (in.u32() == 0) {
        in.skip(4);
      } else {
        in.skip(padded(in.u32()));
      }
    }

    private void variable(int id, int type, ArchiveVisitor visitor) throws IOException {
      long length = in.u32();
      if (id == FILE_NAME || id == LONG_FILE_NAME) {
        byte[] octets = in.name(length);
        String name =
            type == UNICODE
                ? new String(octets, StandardCharsets.UTF_16LE)
                : OctetReader.text(octets, 0, octets.length);
        visitor.alsoNamed(name.indexOf('\0') < 0 ? name : name.substring(0, name.indexOf('\0')));
        in.skip(padded(length) - length);
        return;
      }
      long left = length;
      if (id == DATA_OBJECT && type == OBJECT && length > INTERFACE_ID) {
        in.skip(INTERFACE_ID);
        left -= INTERFACE_ID;
      }
      OctetReader.Part value = in.part(left);
      if (id == DATA_OBJECT) {
        visitor.file(ArchiveEntry.readable("", value));
      }
      value.skipRest();
      in.skip(padded(length) - length);
    }

    private static long padded(long length) {
      return (length + 3) & ~3L;
    }

    private static int fixedLength(int type) throws IOException {
      return switch (type) {
        case 0, 1 -> 0;
        case 2, 3, 4, 0x0A, 0x0B -> 4;
        case 5, 6, 7, 0x14, 0x40 -> 8;
        case 0x48 -> 16;
        default -> throw new IOException("a property of unknown type " + type);
      };
    }
  }
}
