package org.milena.listexpander.preparation;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.MailCharsets;

/**
 * Writes a subject, in the character set of the encoded words that it had (RFC 2047), as long as
 * that can hold it: programs of people who use such a set show nothing else.
 */
final class SubjectWords {
  private static final String NAME = "Subject";
  private static final Pattern WORD =
      Pattern.compile("=\\?([A-Za-z0-9._:+-]{1,40})(?:\\*[^?\\s]{0,20})?\\?[bBqQ]\\?");

  /** Longest encoded word (RFC 2047 section 2). */
  private static final int MAX_WORD = 75;

  /** A word of ASCII that is longer cannot stand on a line (RFC 5322 section 2.1.1). */
  private static final Pattern TOO_LONG = Pattern.compile("[^ ]{700,}");

  /**
   * Writes it.
   *
   * @param subject on one line
   * @param before the field's value as it was
   */
  static void write(HeaderEditor editor, String subject, String before) {
    boolean lookAlike = subject.contains("=?") || TOO_LONG.matcher(subject).find();
    boolean ascii = subject.chars().allMatch(c -> c >= ' ' && c <= '~');
    Matcher word = WORD.matcher(before);
    String label = word.find() ? word.group(1) : "UTF-8";
    Optional<Charset> charset = ascii ? Optional.empty() : holding(label, subject);
    if (charset.isPresent() && !charset.get().equals(StandardCharsets.UTF_8)) {
      editor.replaceRaw(NAME, encoded(subject, label, charset.get()));
    } else if (lookAlike) {
      editor.replaceRaw(NAME, encoded(subject, "UTF-8", StandardCharsets.UTF_8));
    } else {
      editor.replace(NAME, subject);
    }
  }

  /** The set of this name, if it holds the text and is read back as the text. */
  private static Optional<Charset> holding(String label, String text) {
    try {
      Charset charset = Charset.forName(label);
      boolean wide =
          charset.canEncode() && "a".getBytes(charset).length > 1; // UTF-16: a mark a word
      if (wide || !charset.canEncode() || !charset.newEncoder().canEncode(text)) {
        return Optional.empty();
      }
      byte[] octets = text.getBytes(charset);
      return MailCharsets.decode(octets, 0, octets.length, label).equals(text)
          ? Optional.of(charset)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** All of it in words of whole characters, one a line. */
  private static String encoded(String text, String label, Charset charset) {
    int room = (MAX_WORD - label.length() - 7) / 4 * 3;
    List<String> words = new ArrayList<>();
    int start = 0;
    int limit = room - 9; // "Subject: " stands before the first
    for (int i = 0; i < text.length(); ) {
      int next = i + Character.charCount(text.codePointAt(i));
      if (i > start && text.substring(start, next).getBytes(charset).length > limit) {
        words.add(word(text.substring(start, i), label, charset));
        start = i;
        limit = room;
      }
      i = next;
    }
    words.add(word(text.substring(start), label, charset));
    return String.join("\r\n ", words);
  }

  private static String word(String text, String label, Charset charset) {
    String digits = Base64.getEncoder().encodeToString(text.getBytes(charset));
    return "=?" + label + "?B?" + digits + "?=";
  }

  private SubjectWords() {}
}
