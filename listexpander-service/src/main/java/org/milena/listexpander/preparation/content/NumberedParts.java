package org.milena.listexpander.preparation.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.MimeWalker;
import org.milena.common.mime.PartHeader;
import org.milena.common.mime.PartVisitor;

/** The parts of a message as the archive numbers and decodes them. */
final class NumberedParts implements PartVisitor {
  private static final int MAX_HTML = 1 << 20;

  private final Map<String, Leaf> leaves = new HashMap<>();
  private final StringBuilder html = new StringBuilder();
  private boolean htmlCut;

  /**
   * A part, how many octets it has and which.
   *
   * @param sha256 of its content, in hex
   */
  record Leaf(PartHeader header, long size, String sha256) {

    /** Whether the archive gives these octets under its number. */
    boolean holds(byte[] content) {
      return content.length == size && RawMessage.wrap(content).sha256().equals(sha256);
    }
  }

  private NumberedParts() {}

  static NumberedParts of(RawMessage message) {
    NumberedParts parts = new NumberedParts();
    // what it could not read has no number, and so no link
    var unused = new MimeWalker(parts).walk(message);
    return parts;
  }

  @Override
  public boolean part(PartHeader header, InputStream content) throws IOException {
    MessageDigest digest = newDigest();
    boolean page = header.type().equals("text/html");
    byte[] buffer = new byte[16_384];
    long size = 0;
    int count;
    while ((count = content.read(buffer)) >= 0) {
      digest.update(buffer, 0, count);
      size += count;
      if (page && html.length() + count <= MAX_HTML) {
        html.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      } else {
        htmlCut |= page;
      }
    }
    leaves.put(header.path(), new Leaf(header, size, HexFormat.of().formatHex(digest.digest())));
    return true;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Optional<Leaf> leaf(String number) {
    return Optional.ofNullable(leaves.get(number));
  }

  /** Whether HTML of the message may show the part with this Content-ID (RFC 2392). */
  boolean shows(String contentId) {
    String page = html.toString().toLowerCase(Locale.ROOT).replace("%40", "@");
    return htmlCut || page.contains("cid:" + contentId.toLowerCase(Locale.ROOT));
  }
}
