package org.milena.scanner.builtin.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What stands in an OLE2 file (MS-CFB): old Office documents, encrypted new ones, installers.
 *
 * <p>Read without its allocation tables: every directory entry has 128 octets and lies on a
 * multiple of that, whatever the size of the sectors, and every stream of some size begins on a
 * multiple of 512. Excel 4 macro sheets are not looked for: the record that tells them can stand
 * anywhere.
 *
 * @param macros whether it has a VBA project (MS-OVBA)
 * @param encrypted whether a password is needed to read it
 * @param installer whether it is a Windows installer package
 */
public record Ole2Document(boolean macros, boolean encrypted, boolean installer) {

  private static final int ENTRY = 128;
  private static final int SECTOR = 512;
  private static final int STORAGE = 1;
  private static final int STREAM = 2;
  private static final int ROOT = 5;

  /** {000C1084-0000-0000-C000-000000000046} */
  private static final byte[] INSTALLER_CLASS = {
    (byte) 0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, (byte) 0xc0, 0, 0, 0, 0, 0, 0, 0x46
  };

  private static final Set<String> STORAGES_OF_MACROS = Set.of("VBA", "_VBA_PROJECT_CUR");
  private static final Set<String> ENCRYPTED_STREAMS =
      Set.of("EncryptedPackage", "EncryptedSummary");
  private static final Set<String> KNOWN_STREAMS =
      Set.of(
          "EncryptedPackage",
          "EncryptedSummary",
          "WordDocument",
          "Workbook",
          "Book",
          "_VBA_PROJECT");

  /** Reads the file to its end. */
  public static Ole2Document read(InputStream in) throws IOException {
    var reading = new Reading();
    byte[] block = new byte[ENTRY];
    long place = 0;
    while (in.readNBytes(block, 0, ENTRY) == ENTRY) {
      reading.entry(block);
      if (place % SECTOR == 0) {
        reading.beginning(block);
      }
      place += ENTRY;
    }
    return reading.result();
  }

  private static int u16(byte[] octets, int at) {
    return (octets[at] & 0xFF) | ((octets[at + 1] & 0xFF) << 8);
  }

  private static final class Reading {

    private final Set<String> streams = new HashSet<>();
    private boolean macros;
    private boolean installer;
    private boolean encryptedWord;
    private boolean encryptedExcel;

    void entry(byte[] block) {
      int length = u16(block, 64);
      int type = block[66];
      boolean isEntry =
          (type == STORAGE || type == STREAM || type == ROOT)
              && block[67] >= 0
              && block[67] <= 1
              && length >= 4
              && length <= 64
              && length % 2 == 0
              && u16(block, length - 2) == 0
              && block[1] == 0; // none of the names that matter has another letter first
      if (!isEntry) {
        return;
      }
      if (type == ROOT) {
        installer |= Arrays.equals(block, 80, 96, INSTALLER_CLASS, 0, INSTALLER_CLASS.length);
        return;
      }
      String name = new String(block, 0, length - 2, StandardCharsets.UTF_16LE);
      macros |= type == STORAGE && STORAGES_OF_MACROS.contains(name);
      if (type == STREAM && KNOWN_STREAMS.contains(name)) {
        streams.add(name);
      }
    }

    /** The first octets of a stream, perhaps. */
    void beginning(byte[] block) {
      int mark = u16(block, 0);
      if (mark == 0xA5EC || mark == 0xA5DC) { // FibBase of Word (MS-DOC 2.5.2)
        int version = u16(block, 2);
        encryptedWord |= version >= 0x65 && version <= 0x112 && (u16(block, 10) & 0x100) != 0;
      } else if (mark == 0x0809) { // BOF of Excel (MS-XLS 2.4.21)
        encryptedExcel |= hasFilePass(block);
      }
    }

    /** FilePass follows close behind the beginning of the workbook. */
    private static boolean hasFilePass(byte[] block) {
      int at = 0;
      while (at + 4 <= block.length) {
        int record = u16(block, at);
        if (record == 0x002F) {
          return true;
        }
        boolean goesBefore = record == 0x0809 || record == 0x0086;
        if (!goesBefore) {
          return false;
        }
        at += 4 + u16(block, at + 2);
      }
      return false;
    }

    Ole2Document result() {
      boolean encrypted =
          streams.stream().anyMatch(ENCRYPTED_STREAMS::contains)
              || (encryptedWord && streams.contains("WordDocument"))
              || (encryptedExcel && (streams.contains("Workbook") || streams.contains("Book")));
      return new Ole2Document(macros || streams.contains("_VBA_PROJECT"), encrypted, installer);
    }
  }
}
