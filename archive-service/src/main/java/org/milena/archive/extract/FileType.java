package org.milena.archive.extract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file is by its first octets. A name decides only between kinds that begin alike: a ZIP
 * that is called {@code .docx} is taken for one.
 */
public final class FileType {

  /** As many octets are looked at. */
  public static final int HEAD = 1 << 16;

  private record Magic(int offset, String octets, String type) {}

  private static final List<Magic> MAGICS =
      List.of(
          new Magic(0, "%PDF-", "application/pdf"),
          new Magic(0, "{\\rtf", "application/rtf"),
          new Magic(0, "\u0089PNG\r\n\u001a\n", "image/png"),
          new Magic(0, "\u00ff\u00d8\u00ff", "image/jpeg"),
          new Magic(0, "GIF87a", "image/gif"),
          new Magic(0, "GIF89a", "image/gif"),
          new Magic(8, "WEBP", "image/webp"),
          new Magic(0, "II*\0", "image/tiff"),
          new Magic(0, "MM\0*", "image/tiff"),
          new Magic(
              0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "application/x-ole-storage"),
          new Magic(0, "\u001f\u008b", "application/gzip"),
          new Magic(0, "BZh", "application/x-bzip2"),
          new Magic(0, "\u00fd7zXZ\0", "application/x-xz"),
          new Magic(0, "(\u00b5/\u00fd", "application/zstd"),
          new Magic(0, "7z\u00bc\u00af'\u001c", "application/x-7z-compressed"),
          new Magic(0, "Rar!\u001a\u0007", "application/vnd.rar"),
          new Magic(257, "ustar", "application/x-tar"),
          new Magic(0, "\u007fELF", "application/x-elf"),
          new Magic(0, "MZ", "application/vnd.microsoft.portable-executable"),
          new Magic(0, "\u00ca\u00fe\u00ba\u00be", "application/java-vm"),
          new Magic(0, "OggS", "application/ogg"),
          new Magic(0, "fLaC", "audio/flac"),
          new Magic(0, "ID3", "audio/mpeg"),
          new Magic(8, "WAVE", "audio/wav"),
          new Magic(4, "ftyp", "video/mp4"),
          new Magic(0, "\u001aE\u00df\u00a3", "video/x-matroska"),
          new Magic(0, "SQLite format 3\0", "application/vnd.sqlite3"),
          new Magic(0, "%!PS", "application/postscript"));

  private static final String OOXML = "application/vnd.openxmlformats-officedocument.";
  private static final String ODF = "application/vnd.oasis.opendocument.";
  private static final Pattern ODF_ENTRY =
      Pattern.compile("mimetype(application/vnd\\.oasis\\.opendocument\\.[a-z-]{1,40})PK");
  private static final Pattern HTML =
      Pattern.compile("(?i)\\s*(?:<!doctype html|<html)[\\s>].*", Pattern.DOTALL);

  /**
   * The media type; empty where the octets do not tell.
   *
   * @param head the first octets, {@link #HEAD} of them if there are as many
   * @param name the file's name; may be empty
   */
  public static Optional<String> of(byte[] head, String name) {
    String text = new String(head, 0, Math.min(head.length, HEAD), StandardCharsets.ISO_8859_1);
    if (text.startsWith("PK\u0003\u0004")) {
      return Optional.of(zip(text, name.toLowerCase(Locale.ROOT)));
    }
    for (Magic magic : MAGICS) {
      if (text.startsWith(magic.octets(), magic.offset())) {
        return Optional.of(magic.type());
      }
    }
    if (HTML.matcher(text.substring(0, Math.min(text.length(), 1000))).matches()) {
      return Optional.of("text/html");
    }
    return !text.isEmpty() && text.chars().noneMatch(FileType::isBinary)
        ? Optional.of("text/plain")
        : Optional.empty();
  }

  private static String zip(String text, String name) {
    Matcher odf = ODF_ENTRY.matcher(text.substring(0, Math.min(text.length(), 200)));
    if (odf.find()) {
      return odf.group(1);
    }
    boolean parts = text.contains("[Content_Types].xml") || text.contains("_rels/.rels");
    if ((parts && text.contains("word/")) || name.endsWith(".docx")) {
      return OOXML + "wordprocessingml.document";
    }
    if ((parts && text.contains("xl/")) || name.endsWith(".xlsx")) {
      return OOXML + "spreadsheetml.sheet";
    }
    if ((parts && text.contains("ppt/")) || name.endsWith(".pptx")) {
      return OOXML + "presentationml.presentation";
    }
    if (name.endsWith(".odt")) {
      return ODF + "text";
    }
    if (name.endsWith(".ods")) {
      return ODF + "spreadsheet";
    }
    if (name.endsWith(".odp")) {
      return ODF + "presentation";
    }
    return "application/zip";
  }

  private static boolean isBinary(int c) {
    return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b;
  }

  private FileType() {}
}
