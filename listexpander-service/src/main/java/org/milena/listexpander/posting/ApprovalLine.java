package org.milena.listexpander.posting;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.MailCharsets;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.posting.Parts.Part;

/**
 * The moderators' password in a post, as Mailman knows it: in a field {@code Approved}, {@code
 * Approve}, {@code X-Approved} or {@code X-Approve}, or so named on the first line with anything on
 * it of the first plain text.
 *
 * <p>Whoever posts with it must not publish it, so it is taken out of every text of the post, the
 * HTML that repeats the plain text among them. Never shows the password in a string.
 */
public final class ApprovalLine {
  private static final List<String> NAMES =
      List.of("Approve", "Approved", "X-Approve", "X-Approved");

  private static final String NAME = "(?:x-)?approved?";

  private static final Pattern LINE =
      Pattern.compile("\\s*" + NAME + "[ \\t]*:[ \\t]*(\\S.*?)\\s*", Pattern.CASE_INSENSITIVE);

  /** What may stand between name and password in HTML. */
  private static final String GAP = "(?:\\s|&nbsp;|&#160;|<[^<>]{0,100}>)*";

  private static final int MAX_PARTS = 10_000;
  private static final int MAX_PASSWORD = 200;
  private static final int MAX_LINE = 1_000;

  private final RawMessage message;
  private final Parts parts;
  private final Optional<Line> line;

  /** A password in a field, or {@code line}'s; fields first. */
  private final List<String> passwords;

  /**
   * Where it stands.
   *
   * @param from where the line begins, in the decoded octets of the part
   * @param to where the next one does
   */
  private record Line(Part part, int from, int to) {}

  private ApprovalLine(RawMessage message) {
    this.message = message;
    this.parts = Parts.of(message, MAX_PARTS);
    Set<String> found = new LinkedHashSet<>();
    HeaderBlock header = parts.all().getFirst().header();
    NAMES.stream()
        .flatMap(name -> header.all(name).stream())
        .limit(NAMES.size())
        .forEach(field -> found.add(shortened(field.value())));
    this.line =
        parts.all().stream()
            .filter(part -> part.type().equals("text/plain"))
            .findFirst()
            .flatMap(part -> line(part, found));
    found.remove("");
    this.passwords = List.copyOf(found);
  }

  /** Looks for it. */
  public static ApprovalLine in(RawMessage message) {
    return new ApprovalLine(message);
  }

  /** The password: that of a field before that of a line. One that is too long is cut. */
  public Optional<String> password() {
    return passwords.stream().findFirst();
  }

  /** Whether {@link #removed} takes it out of all there is. */
  public boolean removable() {
    return parts.complete();
  }

  /** The message without fields and line, and without what repeats them; itself without any. */
  public RawMessage removed() {
    HeaderBlock header = parts.all().getFirst().header();
    if (line.isEmpty() && NAMES.stream().noneMatch(header::has)) {
      return message;
    }
    HeaderEditor editor = HeaderEditor.of(withoutLines());
    NAMES.forEach(editor::remove);
    return editor.toMessage();
  }

  private RawMessage withoutLines() {
    byte[] octets = message.unsafeBytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
    int at = 0;
    for (Part part : parts.all()) {
      if (part.to() > part.from() && part.type().startsWith("text/")) {
        byte[] body = TransferEncoding.decode(octets, part);
        byte[] left = cleaned(part, body);
        if (!Arrays.equals(left, body)) {
          out.write(octets, at, part.from() - at);
          out.writeBytes(TransferEncoding.encode(left, part));
          at = part.to();
        }
      }
    }
    out.write(octets, at, octets.length - at);
    return RawMessage.wrap(out.toByteArray());
  }

  private byte[] cleaned(Part part, byte[] body) {
    byte[] left = body;
    if (line.isPresent() && line.get().part().equals(part)) {
      Line gone = line.get();
      left = Arrays.copyOf(body, body.length - (gone.to() - gone.from()));
      System.arraycopy(body, gone.to(), left, gone.from(), body.length - gone.to());
    }
    Charset view = view(part);
    String text = new String(left, view);
    String cleaned = text;
    for (String password : passwords) {
      for (String spelling : spellings(password)) {
        String seen =
            view.equals(StandardCharsets.ISO_8859_1)
                ? new String(spelling.getBytes(charset(part)), view)
                : spelling;
        String sought = NAME + GAP + ":" + GAP + Pattern.quote(seen) + "(\\W|$)";
        cleaned =
            Pattern.compile(sought, Pattern.CASE_INSENSITIVE).matcher(cleaned).replaceAll("$1");
      }
    }
    return cleaned.equals(text) ? left : cleaned.getBytes(view);
  }

  /** As it is, and as HTML has it. */
  private static Set<String> spellings(String password) {
    String escaped = password.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return new LinkedHashSet<>(List.of(password, escaped, escaped.replace("\"", "&quot;")));
  }

  /** Finds the line in the first text, and adds its password to those found. */
  private Optional<Line> line(Part part, Set<String> found) {
    byte[] body = TransferEncoding.decode(message.unsafeBytes(), part);
    Charset view = view(part);
    boolean wide = !view.equals(StandardCharsets.ISO_8859_1);
    String text = new String(body, view);
    int from = 0;
    while (from < text.length()) {
      int feed = text.indexOf('\n', from);
      int to = feed < 0 ? text.length() : feed + 1;
      String first = text.substring(from, to);
      if (!first.isBlank()) {
        Matcher matcher = LINE.matcher(first.length() > MAX_LINE ? "" : first);
        if (!matcher.matches()) {
          return Optional.empty();
        }
        String password = matcher.group(1);
        byte[] octets = password.getBytes(view);
        found.add(
            shortened(
                wide ? password : MailCharsets.decode(octets, 0, octets.length, part.charset())));
        return Optional.of(
            wide
                ? new Line(part, bytes(text, from, view, body), bytes(text, to, view, body))
                : new Line(part, from, to));
      }
      from = to;
    }
    return Optional.empty();
  }

  /** How many octets stand before a character; one that stands first stays with what follows. */
  private static int bytes(String text, int end, Charset wide, byte[] body) {
    int rest = text.substring(end).getBytes(wide.name().equals("UTF-16") ? WIDE : wide).length;
    return Math.max(0, body.length - rest);
  }

  /** {@code UTF-16} writes a mark of order first; this does not, and has the same length. */
  private static final Charset WIDE = StandardCharsets.UTF_16BE;

  /** Octets as characters, one each, where ASCII is ASCII: nothing is lost by looking. */
  private static Charset view(Part part) {
    String name = part.charset().toLowerCase(Locale.ROOT);
    return name.startsWith("utf-16") || name.startsWith("utf-32") || name.startsWith("ucs-")
        ? charset(part)
        : StandardCharsets.ISO_8859_1;
  }

  private static Charset charset(Part part) {
    return MailCharsets.find(part.charset())
        .filter(Charset::canEncode)
        .orElse(StandardCharsets.UTF_8);
  }

  private static String shortened(String password) {
    String text = password.strip();
    return text.length() <= MAX_PASSWORD ? text : text.substring(0, MAX_PASSWORD);
  }
}
