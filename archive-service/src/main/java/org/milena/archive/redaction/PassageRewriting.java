package org.milena.archive.redaction;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.milena.archive.rewriting.Rewriting;
import org.milena.common.header.EncodedWords;
import org.milena.common.header.HeaderField;
import org.milena.common.header.MailCharsets;
import org.milena.common.html.HtmlText;

/** Takes passages and parts out of a message. */
final class PassageRewriting implements Rewriting {

  /** What stands instead of a part. */
  static final String REMOVED_NAME = "removed.txt";

  /** What holds threads and parts together, and what addresses of pages are made of. */
  private static final List<String> STRUCTURE =
      List.of(
          "Message-ID",
          "References",
          "In-Reply-To",
          "Date",
          "List-Id",
          "Archived-At",
          "MIME-Version",
          "Content-Type",
          "Content-Transfer-Encoding",
          "Content-Disposition",
          "Content-ID");

  private final Passages passages;
  private final Set<String> parts;

  PassageRewriting(Passages passages, Set<String> parts) {
    this.passages = passages;
    this.parts = parts;
  }

  /** Whether the field stays as it is. */
  static boolean isStructure(HeaderField field) {
    return STRUCTURE.stream().anyMatch(field::isNamed);
  }

  @Override
  public byte[] line(byte[] octets) {
    return exact(octets);
  }

  /** Whatever the octets mean, those that do not change come back. */
  private byte[] exact(byte[] octets) {
    Charset charset = lossless(octets, "");
    String text = new String(octets, charset);
    String left = passages.takeOut(text);
    return left.equals(text) ? octets : left.getBytes(charset);
  }

  private static Charset lossless(byte[] octets, String name) {
    return Stream.concat(Stream.of(StandardCharsets.UTF_8), MailCharsets.find(name).stream())
        .filter(Charset::canEncode)
        .filter(charset -> Arrays.equals(new String(octets, charset).getBytes(charset), octets))
        .findFirst()
        .orElse(StandardCharsets.ISO_8859_1);
  }

  @Override
  public byte[] field(HeaderField field) {
    if (isStructure(field)) {
      return field.toByteArray();
    }
    byte[] octets = field.toByteArray();
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(':') + 1;
    byte[] value = exact(Arrays.copyOfRange(octets, colon, octets.length));
    byte[] left = Arrays.copyOf(Arrays.copyOf(octets, colon), colon + value.length);
    System.arraycopy(value, 0, left, colon, value.length);
    String decoded = EncodedWords.decode(new String(value, StandardCharsets.UTF_8)).strip();
    if (!passages.isIn(decoded)) {
      return left;
    }
    // it was inside encoded words: the field is written anew
    String end = text.endsWith("\r\n") ? "\r\n" : text.endsWith("\n") ? "\n" : "";
    return (field.name() + ": " + EncodedWords.encode(passages.takeOut(decoded)) + end)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public Content text(byte[] content, String charset, boolean html) {
    String text = MailCharsets.decode(content, 0, content.length, charset);
    String left = html ? html(text) : passages.takeOut(text);
    if (left.equals(text)) {
      return new Content(content, null);
    }
    Optional<Charset> same =
        MailCharsets.find(charset.isEmpty() ? "us-ascii" : charset)
            .filter(set -> set.canEncode() && set.newEncoder().canEncode(left));
    return same.isPresent()
        ? new Content(left.getBytes(same.get()), null)
        : new Content(left.getBytes(StandardCharsets.UTF_8), "utf-8");
  }

  /** Where markup or entities divide a passage, the whole page becomes text. */
  private String html(String html) {
    String left = passages.takeOut(html);
    if (isClean(left)) {
      return left;
    }
    Document page = Document.createShell("");
    page.body().appendChild(new Element("pre").text(passages.takeOut(HtmlText.of(left))));
    return page.outerHtml();
  }

  /** Whether neither its text nor anything written in it has a passage. */
  private boolean isClean(String html) {
    return !passages.isIn(html)
        && !passages.isIn(Parser.unescapeEntities(html, true))
        && !passages.isIn(HtmlText.of(html))
        && !passages.isIn(Jsoup.parse(html).text());
  }

  @Override
  public Optional<byte[]> part(String path, String lineEnd) {
    if (!parts.contains(path)) {
      return Optional.empty();
    }
    String instead =
        String.join(
            lineEnd,
            "Content-Type: text/plain; charset=us-ascii",
            "Content-Disposition: attachment; filename=" + REMOVED_NAME,
            "",
            "This attachment was removed from the archive.");
    return Optional.of(instead.getBytes(StandardCharsets.US_ASCII));
  }
}
