package org.milena.archive.rendering;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.AddressMask;
import org.milena.archive.rewriting.MessageRewriter;
import org.milena.archive.rewriting.Octets;
import org.milena.archive.rewriting.TextParts;
import org.milena.archive.rewriting.Unclosed;
import org.milena.common.header.MailCharsets;

/**
 * The content of a part without addresses, in the charset it was in. It is masked as the octets
 * that it is, and written as it goes: as text it would take many times as much memory.
 */
final class MaskedContent {
  private static final int LONGEST_UTF_7 = 1 << 20;

  /** Octets that text may have more in UTF-8, besides half of what it has: letters take three. */
  private static final int MORE = 1 << 20;

  /** Whether its text can be written in the charset it is read in. */
  static boolean keepsCharset(String charset) {
    return !TextParts.isNoAscii(charset)
        || MailCharsets.find(charset).map(Charset::canEncode).orElse(false);
  }

  /**
   * Octets above 127 stay as they are where the charset is one with ASCII in it, however the rest
   * of it is meant; null where it holds no address.
   *
   * @param content is changed
   * @throws MessageRewriter.UnwritableException when it would take too much memory
   */
  static @Nullable Octets of(byte[] content, String charset, boolean html) {
    if (!TextParts.isNoAscii(charset)) {
      return masked(content, html);
    }
    if (isTooLong(content.length, charset)) {
      throw new MessageRewriter.UnwritableException("too much is UTF-7");
    }
    byte[] utf8 = inUtf8(content, content.length, charset);
    Octets masked = masked(utf8, html);
    if (masked == null) {
      return null;
    }
    Charset target =
        MailCharsets.find(charset).filter(Charset::canEncode).orElse(StandardCharsets.UTF_8);
    return out -> {
      try (OutputStream recoded = new RecodedOutput(out, target)) {
        masked.writeTo(recoded);
      }
    };
  }

  /** Octets of which those below 128 are ASCII; they are changed. */
  private static @Nullable Octets masked(byte[] content, boolean html) {
    int length = withoutNul(content, content.length);
    return hidden(content, html ? WrittenAddress.writeOut(content, length, true) : length);
  }

  /**
   * Leaves NUL out, in place: how many octets there are then. Text has none (RFC 2045 section 2.7);
   * readers pass over it, and text that is UTF-16 and says something else is half of it.
   */
  private static int withoutNul(byte[] content, int length) {
    int size = 0;
    for (int i = 0; i < length; i++) {
      if (content[i] != 0) {
        content[size++] = content[i];
      }
    }
    return size;
  }

  /**
   * Octets without addresses, also percent-encoded ones; null where they hold none.
   *
   * @param content is changed: a second array of its size is not counted as memory
   */
  static @Nullable Octets line(byte[] content) {
    return hidden(content, WrittenAddress.writeOut(content, content.length, false));
  }

  private static @Nullable Octets hidden(byte[] content, int length) {
    Charset exact =
        MailCharsets.isUtf8(content, 0, length)
            ? StandardCharsets.UTF_8
            : StandardCharsets.ISO_8859_1;
    return AddressMask.holds(content, length, exact)
        ? out -> AddressMask.ascii(content, length, exact, out)
        : null;
  }

  /**
   * Whether text holds an address, or is too large for that to be found out.
   *
   * @param text is changed
   * @param length of it in octets, from the first
   */
  static boolean holdsAddress(byte[] text, int length, String charset) {
    if (!TextParts.isNoAscii(charset)) {
      Charset used = MailCharsets.used(text, 0, length, charset);
      int left = withoutNul(text, length);
      boolean utf8 = used.equals(StandardCharsets.UTF_8) && MailCharsets.isUtf8(text, 0, left);
      if (utf8 || AddressMask.isSingle(used)) {
        return AddressMask.holds(text, left, used);
      }
      return holdsInUtf8(text, left, charset);
    }
    return holdsInUtf8(text, length, charset);
  }

  private static boolean holdsInUtf8(byte[] text, int length, String charset) {
    if (isTooLong(length, charset)) {
      return true;
    }
    try {
      byte[] utf8 = inUtf8(text, length, charset);
      return AddressMask.holds(utf8, withoutNul(utf8, utf8.length), StandardCharsets.UTF_8);
    } catch (MessageRewriter.UnwritableException _) {
      return true; // nobody can tell
    }
  }

  /** UTF-7 is read as a whole, and so much of it nobody writes. */
  private static boolean isTooLong(int length, String charset) {
    return length > LONGEST_UTF_7 && MailCharsets.isUtf7(charset);
  }

  /**
   * The text in UTF-8.
   *
   * @throws MessageRewriter.UnwritableException when that takes more memory than is counted for it
   */
  private static byte[] inUtf8(byte[] content, int length, String charset) {
    String utf7 =
        MailCharsets.isUtf7(charset) ? MailCharsets.decode(content, 0, length, charset) : null;
    Charset used = MailCharsets.used(content, 0, length, charset);
    Octets utf8 =
        out -> {
          try (Reader reader =
                  utf7 != null
                      ? new StringReader(utf7)
                      : new InputStreamReader(new ByteArrayInputStream(content, 0, length), used);
              Writer writer = new OutputStreamWriter(new Unclosed(out), StandardCharsets.UTF_8)) {
            reader.transferTo(writer);
          }
        };
    long count = utf8.count();
    if (count > length + length / 2L + MORE) {
      throw new MessageRewriter.UnwritableException("it is too long in UTF-8");
    }
    return utf8.toByteArray(count);
  }

  private MaskedContent() {}
}
