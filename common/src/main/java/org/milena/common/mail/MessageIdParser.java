package org.milena.common.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds message ids in header values as they really come; one pass, whatever the input. */
final class MessageIdParser {

  private final String text;
  private final Set<MessageId> bracketed = new LinkedHashSet<>();
  private final StringBuilder outside = new StringBuilder();
  private boolean unclosedComment;

  private MessageIdParser(String text) {
    this.text = text;
  }

  static boolean isValue(String value) {
    if (value.isEmpty() || value.length() > MessageId.MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == 0x7F || c == '<' || c == '>') {
        return false;
      }
    }
    return true;
  }

  static Optional<MessageId> first(String headerValue) {
    var parser = new MessageIdParser(headerValue);
    parser.scan(1);
    if (!parser.bracketed.isEmpty()) {
      return Optional.of(parser.bracketed.iterator().next());
    }
    return parser.words().stream().flatMap(word -> clean(word).stream()).findFirst();
  }

  static List<MessageId> all(String headerValue) {
    var parser = new MessageIdParser(headerValue);
    parser.scan(Integer.MAX_VALUE);
    if (!parser.bracketed.isEmpty()) {
      return List.copyOf(parser.bracketed);
    }
    List<String> words = parser.words();
    if (words.size() > 1 && !words.stream().allMatch(word -> word.indexOf('@') > 0)) {
      return List.of();
    }
    return words.stream().flatMap(word -> clean(word).stream()).distinct().toList();
  }

  private List<String> words() {
    var words = new ArrayList<String>();
    for (String word : outside.toString().split("[\\s,;]+", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private void scan(int limit) {
    int i = 0;
    while (i < text.length() && bracketed.size() < limit) {
      char c = text.charAt(i);
      int end =
          switch (c) {
            case '<' -> bracket(i);
            case '"' -> text.indexOf('"', i + 1);
            case '(' -> comment(i);
            default -> -1;
          };
      if (end >= 0) {
        outside.append(' ');
        i = end + 1;
      } else {
        // an opening one that nothing closes is a character like others
        outside.append(c == '<' || c == '"' || c == '(' || c == '>' ? ' ' : c);
        i++;
      }
    }
  }

  /** Takes the id that begins here; the index of its closing bracket, or -1 without one. */
  private int bracket(int open) {
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '<') {
        return i - 1; // <<id>> and <junk <id>>: the innermost counts
      }
      if (c == '>') {
        clean(text.substring(open + 1, i)).ifPresent(bracketed::add);
        return i;
      }
    }
    return -1;
  }

  /** The index where the comment at {@code open} closes, or -1 if nothing closes it. */
  private int comment(int open) {
    if (unclosedComment) {
      return -1;
    }
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i;
      }
    }
    unclosedComment = true;
    return -1;
  }

  private static Optional<MessageId> clean(String raw) {
    String text = raw;
    if (text.indexOf('@') < 0 && text.contains(" () ")) {
      // marc.info hides addresses so, and people reply from its pages: id () host ! org
      text = text.replace(" () ", "@").replace(" ! ", ".");
    }
    var value = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c != 0x7F) {
        value.append(c);
      }
    }
    String cleaned = value.toString();
    if (cleaned.length() > MessageId.MAX_LENGTH) {
      cleaned = digest(cleaned) + "@long-message-id.invalid";
    }
    return isValue(cleaned) ? Optional.of(new MessageId(cleaned)) : Optional.empty();
  }

  private static String digest(String id) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
