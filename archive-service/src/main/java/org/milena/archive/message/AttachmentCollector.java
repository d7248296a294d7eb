package org.milena.archive.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.extract.DocumentKind;
import org.milena.archive.extract.FileType;
import org.milena.archive.extract.ReadingOutcome;
import org.milena.archive.extract.ReadingOutcome.Read;
import org.milena.archive.extract.ReadingOutcome.Unread;
import org.milena.common.header.MailCharsets;
import org.milena.common.html.HtmlText;
import org.milena.common.mime.PartHeader;

/**
 * Notes the attachments of a message, and takes the text of those that have one. Content is read
 * once, and only what text is taken from is held.
 */
final class AttachmentCollector {
  /** Characters of all attachments of a message together. */
  static final int MAX_TEXT = 1 << 18;

  private static final int MAX_HTML = 4 << 20;

  /** Parts that are texts by their type, and say nothing that anybody looks for. */
  private static final Set<String> MACHINES =
      Set.of(
          "application/pgp-signature", "application/pgp-encrypted", "application/pkcs7-signature");

  /** Names that mean the same as what we call a type. */
  private static final Set<Set<String>> SAME =
      Set.of(
          Set.of("application/zip", "application/x-zip-compressed", "application/x-zip"),
          Set.of("application/gzip", "application/x-gzip"),
          Set.of("application/rtf", "text/rtf", "application/x-rtf"),
          Set.of("image/jpeg", "image/jpg", "image/pjpeg"),
          Set.of("image/png", "image/x-png"),
          Set.of("application/pdf", "application/x-pdf"),
          Set.of("application/x-bzip2", "application/bzip2"),
          Set.of("application/x-tar", "application/tar"),
          Set.of("application/vnd.rar", "application/x-rar-compressed", "application/x-rar"),
          Set.of("audio/wav", "audio/x-wav"),
          Set.of("video/mp4", "audio/mp4", "video/quicktime"));

  private final AttachmentReader reader;
  private final List<Attachment> attachments = new ArrayList<>();
  private final List<String> defects = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  AttachmentCollector(AttachmentReader reader) {
    this.reader = reader;
  }

  /** Takes the part; an empty one without a name is none. */
  void add(PartHeader header, InputStream content) throws IOException {
    MessageDigest digest = sha256();
    byte[] head = content.readNBytes(FileType.HEAD);
    digest.update(head);
    String claimed = CleanText.line(header.type(), 100);
    String name = FileName.of(header.claimedName(), header.type(), header.path());
    Optional<String> found = FileType.of(head, name);
    String taken = taken(claimed, found.orElse(""));
    int wanted = wanted(taken);
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    held.write(head, 0, Math.min(head.length, wanted));
    long size = head.length;
    byte[] buffer = new byte[16384];
    int count;
    while ((count = content.read(buffer)) >= 0) {
      digest.update(buffer, 0, count);
      size += count;
      held.write(buffer, 0, Math.min(count, wanted - held.size()));
    }
    if (size == 0 && header.claimedName().isEmpty() && claimed.equals("text/plain")) {
      return;
    }
    attachments.add(
        new Attachment(
            header.path(),
            name,
            claimed,
            taken.equals(claimed) ? null : taken,
            size,
            HexFormat.of().formatHex(digest.digest())));
    read(name, taken, header.charset(), held.toByteArray(), size);
  }

  /** What the part counts as: what its octets say, where they say more than it claims. */
  private static String taken(String claimed, String found) {
    boolean same =
        SAME.stream().anyMatch(names -> names.contains(claimed) && names.contains(found));
    if (found.isEmpty() || same) {
      return claimed;
    }
    if (!found.startsWith("text/")) {
      return refines(claimed, found) ? claimed : found;
    }
    boolean vague =
        claimed.equals("application/octet-stream")
            || claimed.startsWith("image/")
            || claimed.startsWith("audio/")
            || claimed.startsWith("video/")
            || claimed.startsWith("application/vnd.")
            || DocumentKind.of(claimed).isPresent()
            || claimed.equals("application/zip");
    boolean page = found.equals("text/html") && claimed.equals("text/plain");
    return (vague && !claimed.equals("image/svg+xml")) || page ? found : claimed;
  }

  /** Types of files whose outer form is of a more general kind. */
  private static boolean refines(String claimed, String found) {
    return switch (found) {
      case "application/zip" ->
          claimed.startsWith("application/vnd.")
              || claimed.endsWith("+zip")
              || claimed.contains("java");
      case "application/x-ole-storage" ->
          claimed.startsWith("application/vnd.ms-") || claimed.equals("application/msword");
      case "application/gzip" -> claimed.contains("tar") || claimed.contains("gz");
      case "application/postscript" -> claimed.contains("eps");
      default -> false;
    };
  }

  private int wanted(String type) {
    int room = MAX_TEXT - text.length();
    if (room <= 0) {
      return 0;
    }
    if (DocumentKind.of(type).isPresent()) {
      return reader.maxSize();
    }
    if (isHtml(type)) {
      return MAX_HTML;
    }
    // a character has four octets at most
    return isText(type) ? 4 * room : 0;
  }

  private static boolean isHtml(String type) {
    return type.equals("text/html") || type.equals("application/xhtml+xml");
  }

  private static boolean isText(String type) {
    return (type.startsWith("text/") && !type.equals("text/rtf"))
        || type.equals("application/json")
        || type.equals("application/xml")
        || type.equals("application/x-patch")
        || type.equals("application/x-diff")
        || (type.endsWith("+xml") && !type.startsWith("image/"));
  }

  private void read(String name, String type, String charset, byte[] held, long size) {
    if (held.length == 0 || MACHINES.contains(type)) {
      return;
    }
    Optional<DocumentKind> kind = DocumentKind.of(type);
    if (kind.isPresent()) {
      // where documents are not read, none was held
      if (size > held.length) {
        defects.add("its attachment " + name + " is too large to be read");
        return;
      }
      document(name, reader.read(kind.get(), held, MAX_TEXT - text.length()));
    } else {
      String decoded = MailCharsets.decode(held, 0, held.length, charset);
      append(isHtml(type) ? HtmlText.of(decoded) : decoded);
    }
  }

  private void document(String name, ReadingOutcome outcome) {
    switch (outcome) {
      case Read read -> append(read.text());
      case Unread unread ->
          defects.add("its attachment " + name + " could not be read: " + unread.reason());
    }
  }

  private void append(String more) {
    int room = MAX_TEXT - text.length() - 1;
    if (room > 0 && !more.isBlank()) {
      text.append(CleanText.lines(more, room)).append('\n');
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  String text() {
    return CleanText.lines(text.toString(), MAX_TEXT);
  }

  List<Attachment> attachments() {
    return attachments;
  }

  List<String> defects() {
    return defects;
  }
}
