package org.milena.scanner.builtin.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Types that matter, told by their first octets. */
public enum FileType {
  WINDOWS_PROGRAM("a Windows program", "exe"),
  SHORTCUT("a Windows shortcut", "lnk"),
  DISC_IMAGE("an image of a disc", "iso"),
  VIRTUAL_DISK("a virtual disk", "vhd"),
  ONE_NOTE("a OneNote section", "one"),
  HELP_FILE("a compiled help file", "chm"),
  INSTALLER("a Windows installer", "msi"),
  /** For Linux and its like; runs only when somebody makes it executable. */
  UNIX_PROGRAM("a Unix program", ""),
  MAC_PROGRAM("a macOS program", ""),
  JAVA_CLASS("a Java class", ""),
  /** The container of old Office documents, mails and installers. */
  OLE2("an OLE2 file", ""),
  PDF("a PDF document", "");

  /** What must be seen of a file to tell its type, but for a disc image. */
  public static final int LOOK_AHEAD = 1024;

  /** What must be seen to tell a disc image: its first descriptor stands behind 16 sectors. */
  public static final int FAR_LOOK_AHEAD = 16 * 2048 + 6;

  private static final byte[] LINK = {
    0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, (byte) 0xc0, 0, 0, 0, 0, 0, 0, 0x46
  };
  private static final byte[] NOTE = {
    (byte) 0xe4, 0x52, 0x5c, 0x7b, (byte) 0x8c, (byte) 0xd8, (byte) 0xa7, 0x4d
  };
  private static final byte[] COMPOUND = {
    (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
  };
  private static final byte[] PDF_MARK = ascii("%PDF-");

  /** A fat Mach-O holds a few programs, and a Java class a version above this. */
  private static final int MOST_ARCHITECTURES = 30;

  private final String text;
  private final String extension;

  FileType(String text, String extension) {
    this.text = text;
    this.extension = extension;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** The extension under which such a file is opened; empty when that alone is no harm. */
  public String extension() {
    return extension;
  }

  /**
   * The type of a file that begins so.
   *
   * @param length how many octets of the head count
   */
  public static Optional<FileType> of(byte[] head, int length) {
    if (length < 8) {
      return Optional.empty();
    }
    return switch (head[0]) {
      case 'M' -> when(isWindowsProgram(head, length), WINDOWS_PROGRAM);
      case 0x7f -> when(starts(head, length, ascii("\u007fELF")), UNIX_PROGRAM);
      case 0x4c -> when(starts(head, length, LINK), SHORTCUT);
      case 'c' -> when(starts(head, length, ascii("conectix")), VIRTUAL_DISK);
      case 'v' -> when(starts(head, length, ascii("vhdxfile")), VIRTUAL_DISK);
      case (byte) 0xe4 -> when(starts(head, length, NOTE), ONE_NOTE);
      case 'I' -> when(starts(head, length, ascii("ITSF")) && head[4] == 3, HELP_FILE);
      case (byte) 0xd0 -> when(starts(head, length, COMPOUND), OLE2);
      case '%' -> when(starts(head, length, PDF_MARK), PDF);
      case (byte) 0xca -> fat(head);
      case (byte) 0xfe ->
          when(i32(head, 0) == 0xFEEDFACE || i32(head, 0) == 0xFEEDFACF, MAC_PROGRAM);
      case (byte) 0xce, (byte) 0xcf ->
          when(i32(head, 0) == 0xCEFAEDFE || i32(head, 0) == 0xCFFAEDFE, MAC_PROGRAM);
      default -> Optional.empty();
    };
  }

  /** Programs read a PDF that begins somewhere in its first KiB. */
  public static boolean holdsPdf(byte[] head, int length) {
    for (int i = 0; i + PDF_MARK.length <= length; i++) {
      if (Arrays.equals(head, i, i + PDF_MARK.length, PDF_MARK, 0, PDF_MARK.length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a file with these first octets, up to {@link #FAR_LOOK_AHEAD}, is one (ECMA-119). */
  public static boolean isDiscImage(byte[] head, int length) {
    if (length < FAR_LOOK_AHEAD) {
      return false;
    }
    String mark = new String(head, FAR_LOOK_AHEAD - 5, 5, StandardCharsets.ISO_8859_1);
    return mark.equals("CD001") || mark.equals("BEA01") || mark.equals("NSR02");
  }

  private static Optional<FileType> fat(byte[] head) {
    if (i32(head, 0) != 0xCAFEBABE) {
      return Optional.empty();
    }
    int count = i32(head, 4);
    return Optional.of(count > 0 && count < MOST_ARCHITECTURES ? MAC_PROGRAM : JAVA_CLASS);
  }

  /** With the header that Windows looks for, or one that cannot be text. */
  private static boolean isWindowsProgram(byte[] head, int length) {
    if (length < 64 || head[1] != 'Z') {
      return false;
    }
    long at = Integer.toUnsignedLong(Integer.reverseBytes(i32(head, 60)));
    if (at + 4 <= length) {
      char first = (char) head[(int) at];
      char second = (char) head[(int) at + 1];
      return (first == 'P' && second == 'E')
          || (first == 'N' && second == 'E')
          || (first == 'L' && (second == 'E' || second == 'X'));
    }
    return at < 1 << 24 && head[3] <= 1 && head[3] >= 0; // octets in the last page: below 512
  }

  private static Optional<FileType> when(boolean is, FileType type) {
    return is ? Optional.of(type) : Optional.empty();
  }

  private static boolean starts(byte[] head, int length, byte[] mark) {
    return length >= mark.length && Arrays.equals(head, 0, mark.length, mark, 0, mark.length);
  }

  private static int i32(byte[] octets, int at) {
    return ((octets[at] & 0xFF) << 24)
        | ((octets[at + 1] & 0xFF) << 16)
        | ((octets[at + 2] & 0xFF) << 8)
        | (octets[at + 3] & 0xFF);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
