package org.milena.archive.redaction;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.milena.archive.rewriting.Octets;
import org.milena.archive.rewriting.Rewriting;
import org.milena.archive.rewriting.TextParts;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.EncodedWords;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MailCharsets;
import org.milena.common.html.HtmlText;

/** Takes passages and parts out of a message. */
final class PassageRewriting implements Rewriting {

  /** What stands instead of a part. */
  static final String REMOVED_NAME = "removed.txt";

  static final String REMOVED = "This attachment was removed from the archive.";

  private static final List<String> ADDRESSES =
      List.of("From", "Sender", "To", "Cc", "Bcc", "Reply-To");

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
  public @Nullable Octets line(byte[] octets) {
    byte[] left = exact(octets);
    return Arrays.equals(left, octets) ? null : Octets.of(left);
  }

  /** Whatever the octets mean, those that do not change come back. */
  private byte[] exact(byte[] octets) {
    Charset charset =
        TextParts.isUtf8(octets) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String text = new String(octets, charset);
    String left = passages.takeOut(text);
    return left.equals(text) ? octets : left.getBytes(charset);
  }

  /** Whether an octet below 128 is always a whole ASCII character in it. */
  private static boolean isPlain(String charset) {
    String name = charset.strip().toLowerCase(Locale.ROOT);
    return name.isEmpty()
        || Stream.of("utf-8", "us-ascii", "ascii", "iso-8859-", "windows-125", "koi8")
            .anyMatch(name::startsWith);
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
    HeaderField read = HeaderBlock.of(left, left.length).first(field.name()).orElse(field);
    if (!passages.isIn(read.decoded())) {
      return left;
    }
    // it was inside encoded words: the field is written anew
    String end = text.endsWith("\r\n") ? "\r\n" : text.endsWith("\n") ? "\n" : "";
    String anew =
        ADDRESSES.stream().anyMatch(field::isNamed)
            ? addresses(read)
            : EncodedWords.encode(passages.takeOut(read.decoded().replaceAll("\\s+", " ")));
    return (field.name() + ": " + anew + end).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Each mailbox by itself: a name without its quotes or code would swallow its neighbours. */
  private String addresses(HeaderField field) {
    return AddressListParser.parse(field.value()).stream()
        .map(one -> new HeaderMailbox(passages.takeOut(one.displayName()), one.address()))
        .map(HeaderMailbox::toString)
        .collect(Collectors.joining(", "));
  }

  @Override
  public @Nullable Content text(byte[] content, String charset, boolean html) {
    if (passages.isEmpty()) {
      return null;
    }
    byte[] exact = isPlain(charset) ? exact(content) : content;
    String text = MailCharsets.decode(exact, 0, exact.length, charset);
    String left = html ? html(text) : passages.takeOut(text);
    if (left.equals(text)) {
      return Arrays.equals(exact, content) ? null : new Content(Octets.of(exact), null);
    }
    Optional<Charset> same =
        MailCharsets.find(charset.isEmpty() ? "us-ascii" : charset)
            .filter(set -> set.canEncode() && set.newEncoder().canEncode(left));
    return same.isPresent()
        ? new Content(Octets.of(left.getBytes(same.get())), null)
        : new Content(Octets.of(left.getBytes(StandardCharsets.UTF_8)), "utf-8");
  }

  /** Where markup or entities divide a passage, the whole page becomes text. */
  private String html(String html) {
    String left = passages.takeOut(html);
    if (isClean(left)) {
      return left;
    }
    String text = passages.takeOut(HtmlText.of(left));
    // with its links and bullets written out, what stands side by side for a reader does not
    String seen = Jsoup.parse(left).text();
    Document page = Document.createShell("");
    page.body()
        .appendChild(new Element("pre").text(passages.isIn(seen) ? passages.takeOut(seen) : text));
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
            REMOVED);
    return Optional.of(instead.getBytes(StandardCharsets.US_ASCII));
  }
}
