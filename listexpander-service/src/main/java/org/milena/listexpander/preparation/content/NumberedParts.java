package org.milena.listexpander.preparation.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
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

  /** The HTML as it stands there, and with what is written in another way there undone. */
  private List<String> pages = List.of();

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
    String page = parts.html.toString().toLowerCase(Locale.ROOT);
    parts.html.setLength(0);
    parts.pages = List.of(page, decoded(page.replace("&amp;", "&")));
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
    String link = "cid:" + contentId.toLowerCase(Locale.ROOT);
    return htmlCut || pages.stream().anyMatch(page -> page.contains(link));
  }

  /** With each percent and two digits undone (RFC 3986, section 2.1), whatever stands before. */
  private static String decoded(String page) {
    StringBuilder text = new StringBuilder(page.length());
    for (int i = 0; i < page.length(); i++) {
      char c = page.charAt(i);
      boolean escape =
          c == '%'
              && i + 2 < page.length()
              && HexFormat.isHexDigit(page.charAt(i + 1))
              && HexFormat.isHexDigit(page.charAt(i + 2));
      if (escape) {
        c = (char) HexFormat.fromHexDigits(page, i + 1, i + 3);
        i += 2;
      }
      text.append(Character.toLowerCase(c));
    }
    return text.toString();
  }
}
