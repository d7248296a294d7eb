package org.milena.archive.message;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Addresses as strangers see them: {@code a…@example.org} for {@code alice@example.org}. What
 * stands before an {@code @} that a domain follows is hidden, in running text too.
 */
public final class AddressMask {

  /** Characters from quote to quote. */
  private static final int LONGEST_QUOTED = 70;

  /** Letters between {@code &} and semicolon (HTML, section 13.5). */
  private static final int LONGEST_REFERENCE = 32;

  /** The text with all addresses in it masked. One pass. */
  public static String mask(String text) {
    return mask(text, "…");
  }

  /**
   * Masked within ASCII, for octets: {@code a...@example.org}. What is masked so already stays as
   * it is.
   */
  public static String ascii(String text) {
    return mask(text, "...");
  }

  /**
   * Whether {@link #ascii} changes these octets.
   *
   * @param length how many of them, from the first
   * @param charset UTF-8, which they are, or one of {@linkplain #isSingle one octet a character}
   */
  public static boolean holds(byte[] octets, int length, Charset charset) {
    Text text = text(octets, length, charset);
    boolean[] found = {false};
    Sink marks =
        new Sink() {
          @Override
          public void copy(int start, int end) {
            // only the marks count
          }

          @Override
          public void mark() {
            found[0] = true;
          }
        };
    try {
      mask(text, "...", marks);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written", e);
    }
    return found[0];
  }

  /**
   * Masked as by {@link #ascii(String)}, octet by octet: takes no memory.
   *
   * @param length how many of them, from the first
   * @param charset as above
   * @throws IOException when {@code out} refuses
   */
  public static void ascii(byte[] octets, int length, Charset charset, OutputStream out)
      throws IOException {
    byte[] mark = {'.', '.', '.'};
    mask(
        text(octets, length, charset),
        "...",
        new Sink() {
          @Override
          public void copy(int start, int end) throws IOException {
            out.write(octets, start, end - start);
          }

          @Override
          public void mark() throws IOException {
            out.write(mark);
          }
        });
  }

  /** Whether each octet is a character in it, and an {@code @} the one that it is in ASCII. */
  public static boolean isSingle(Charset charset) {
    return charset.canEncode()
        && charset.newEncoder().maxBytesPerChar() == 1
        && new String(new byte[] {'@'}, charset).equals("@");
  }

  /** Whether a character may stand before the {@code @}, or is not seen there. */
  public static boolean isOfName(int character) {
    return Character.isValidCodePoint(character) && isLocal(character);
  }

  private static String mask(String text, String mark) {
    if (text.indexOf('@') < 0) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    try {
      mask(
          new StringText(text),
          mark,
          new Sink() {
            @Override
            public void copy(int start, int end) {
              masked.append(text, start, end);
            }

            @Override
            public void mark() {
              masked.append(mark);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("memory refuses nothing", e);
    }
    return masked.toString();
  }

  /** Text whose places are counted in what it is made of. */
  private interface Text {
    int length();

    /** The next {@code @} from there; -1 behind the last. */
    int nextAt(int from);

    /** Where the character begins that ends there. */
    int startBefore(int end);

    /** The character that begins there. */
    int character(int start);

    /** Where that one ends. */
    int endOf(int start);

    /** Whether it goes on with this from there. */
    boolean continues(int from, String with);
  }

  /** Where it goes, with marks in the place of what is hidden. */
  private interface Sink {
    void copy(int start, int end) throws IOException;

    void mark() throws IOException;
  }

  private static void mask(Text text, String mark, Sink masked) throws IOException {
    int done = 0;
    for (int at = text.nextAt(0); at >= 0; at = text.nextAt(at + 1)) {
      int start = localStart(text, at, done);
      boolean quoted = start == at && at > done && text.character(text.startBefore(at)) == '"';
      if (quoted) {
        start = localStart(text, quoteStart(text, at, done), done);
      }
      if (!quoted) {
        start = seen(text, start, at);
      }
      boolean domain = domainFollows(text, at + 1);
      if (start < at && domain && !quoted && isMasked(text, start, mark)) {
        masked.copy(done, at);
        done = at;
      } else if (start < at && domain) {
        masked.copy(done, quoted ? start : text.endOf(start));
        masked.mark();
        done = at;
      }
    }
    masked.copy(done, text.length());
  }

  /** Behind what is not seen at the beginning. */
  private static int seen(Text text, int start, int at) {
    int first = start;
    while (first < at && isCombined(text.character(first))) {
      first = text.endOf(first);
    }
    return first;
  }

  /** Also one whose first letter is written as a reference, or percent-encoded. */
  private static boolean domainFollows(Text text, int from) {
    int start = seen(text, from, text.length());
    if (start >= text.length()) {
      return false;
    }
    int first = text.character(start);
    return isDomainStart(first)
        || (first == '&' && isReference(text, start + 1))
        || (first == '%' && digit(text, start + 1) >= 8 && digit(text, start + 2) >= 0);
  }

  private static boolean isReference(Text text, int from) {
    int at = from;
    while (at < text.length() && at - from < LONGEST_REFERENCE && isInReference(text, at)) {
      at++;
    }
    return at > from && at < text.length() && text.character(at) == ';';
  }

  private static boolean isInReference(Text text, int at) {
    int c = text.character(at);
    return c == '#' || (c < 0x80 && Character.isLetterOrDigit(c));
  }

  private static int digit(Text text, int at) {
    return at < text.length() ? Character.digit(text.character(at), 16) : -1;
  }

  private static int localStart(Text text, int from, int done) {
    int start = from;
    while (start > done && isLocal(text.character(text.startBefore(start)))) {
      start = text.startBefore(start);
    }
    return start;
  }

  /**
   * The quote that opens what the one before {@code at} closes; {@code at} where none is near. In a
   * text that was cut behind it, where its last word begins.
   */
  private static int quoteStart(Text text, int at, int done) {
    int open = text.startBefore(at);
    int characters = 1;
    while (open > done) {
      open = text.startBefore(open);
      characters += Character.charCount(text.character(open));
      if (characters > LONGEST_QUOTED) {
        return at;
      }
      if (text.character(open) == '"') {
        return open;
      }
    }
    int word = text.startBefore(at);
    boolean closes = word > 0 && Character.isLetterOrDigit(text.character(text.startBefore(word)));
    if (done > 0 || !closes) {
      return at;
    }
    while (word > 0 && !Character.isWhitespace(text.character(text.startBefore(word)))) {
      word = text.startBefore(word);
    }
    return word;
  }

  /** At most one character before the mark. */
  private static boolean isMasked(Text text, int start, String mark) {
    return text.continues(start, mark + "@") || text.continues(text.endOf(start), mark + "@");
  }

  private record StringText(String text) implements Text {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public int nextAt(int from) {
      return text.indexOf('@', from);
    }

    @Override
    public int startBefore(int end) {
      return text.offsetByCodePoints(end, -1);
    }

    @Override
    public int character(int start) {
      return text.codePointAt(start);
    }

    @Override
    public int endOf(int start) {
      return start + Character.charCount(text.codePointAt(start));
    }

    @Override
    public boolean continues(int from, String with) {
      return text.startsWith(with, from);
    }
  }

  private static Text text(byte[] octets, int length, Charset charset) {
    return charset.equals(StandardCharsets.UTF_8)
        ? new Utf8Text(octets, length)
        : new SingleText(octets, length, charset);
  }

  private abstract static class OctetText implements Text {
    final byte[] octets;
    private final int length;

    OctetText(byte[] octets, int length) {
      this.octets = octets;
      this.length = length;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public int nextAt(int from) {
      for (int i = from; i < length; i++) {
        if (octets[i] == '@') {
          return i;
        }
      }
      return -1;
    }

    @Override
    public boolean continues(int from, String with) {
      if (from + with.length() > length) {
        return false;
      }
      for (int i = 0; i < with.length(); i++) {
        if (octets[from + i] != with.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final class SingleText extends OctetText {
    private static final String ALL_OCTETS;

    static {
      StringBuilder all = new StringBuilder();
      for (char octet = 0; octet < 256; octet++) {
        all.append(octet);
      }
      ALL_OCTETS = all.toString();
    }

    private final String characters;

    SingleText(byte[] octets, int length, Charset charset) {
      super(octets, length);
      this.characters = new String(ALL_OCTETS.getBytes(StandardCharsets.ISO_8859_1), charset);
      if (characters.length() != ALL_OCTETS.length()) {
        throw new IllegalArgumentException(charset + " has characters of more than an octet");
      }
    }

    @Override
    public int startBefore(int end) {
      return end - 1;
    }

    @Override
    public int character(int start) {
      return characters.charAt(octets[start] & 0xff);
    }

    @Override
    public int endOf(int start) {
      return start + 1;
    }
  }

  private static final class Utf8Text extends OctetText {
    Utf8Text(byte[] octets, int length) {
      super(octets, length);
    }

    @Override
    public int startBefore(int end) {
      int start = end - 1;
      while ((octets[start] & 0xc0) == 0x80) {
        start--;
      }
      return start;
    }

    @Override
    public int character(int start) {
      int first = octets[start];
      if (first >= 0) {
        return first;
      }
      int length = endOf(start) - start;
      int character = first & (0x7f >> length);
      for (int i = 1; i < length; i++) {
        character = character << 6 | (octets[start + i] & 0x3f);
      }
      return character;
    }

    @Override
    public int endOf(int start) {
      int first = octets[start] & 0xff;
      return start + (first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
    }
  }

  private static boolean isLocal(int character) {
    return Character.isSupplementaryCodePoint(character) || isLocal((char) character);
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || isCombined(c)
        // no letters here, but in windows-1252, and octets may be read either way
        || (c >= 0x80 && c < 0xA0)
        || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
  }

  /**
   * Accents of their own, vowel signs, and what joins or parts letters unseen, as a soft hyphen
   * does: part of the letter before.
   */
  private static boolean isCombined(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }

  private static boolean isDomainStart(int character) {
    if (Character.isSupplementaryCodePoint(character)) {
      return true;
    }
    char c = (char) character;
    return Character.isLetterOrDigit(c) || c == '[' || Character.isSurrogate(c);
  }

  private AddressMask() {}
}
