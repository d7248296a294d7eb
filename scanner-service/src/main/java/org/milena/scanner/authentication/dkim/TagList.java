package org.milena.scanner.authentication.dkim;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A list of {@code name=value} pairs between semicolons (RFC 6376 section 3.2), of a signature or a
 * key record. Names are case sensitive; a name that occurs twice makes the whole list invalid.
 *
 * <p>Text is read as ISO 8859-1, so that a place in it is an octet's place. Octets above 127 may
 * stand in values (RFC 8616 section 5).
 */
public final class TagList {

  /**
   * One pair.
   *
   * @param value without white space around it; folds inside are still there
   * @param valueStart where the place for the value begins in the text: just after the {@code =}
   * @param valueEnd where it ends: at the semicolon, or at the end of the text
   */
  public record Tag(String name, String value, int valueStart, int valueEnd) {}

  private final Map<String, Tag> tags;

  private TagList(Map<String, Tag> tags) {
    this.tags = Collections.unmodifiableMap(tags);
  }

  /** The list; empty when the text is none. */
  public static Optional<TagList> parse(String text) {
    Map<String, Tag> tags = new LinkedHashMap<>();
    int pos = 0;
    while (pos < text.length()) {
      int semicolon = text.indexOf(';', pos);
      int end = semicolon < 0 ? text.length() : semicolon;
      int start = afterSpace(text, pos, end);
      if (start == end) {
        // only a last semicolon may be followed by nothing
        return semicolon < 0 && !tags.isEmpty() ? Optional.of(new TagList(tags)) : Optional.empty();
      }
      Optional<Tag> tag = tag(text, start, end);
      if (tag.isEmpty() || tags.putIfAbsent(tag.get().name(), tag.get()) != null) {
        return Optional.empty();
      }
      pos = end + 1;
    }
    return tags.isEmpty() ? Optional.empty() : Optional.of(new TagList(tags));
  }

  private static Optional<Tag> tag(String text, int start, int end) {
    int nameEnd = start;
    while (nameEnd < end && isNameCharacter(text.charAt(nameEnd), nameEnd == start)) {
      nameEnd++;
    }
    int equals = afterSpace(text, nameEnd, end);
    if (nameEnd == start || equals == end || text.charAt(equals) != '=') {
      return Optional.empty();
    }
    int from = afterSpace(text, equals + 1, end);
    int to = end;
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < ' ' && !isSpace(c)) || c == 0x7F) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Tag(text.substring(start, nameEnd), text.substring(from, to), equals + 1, end));
  }

  private static int afterSpace(String text, int pos, int end) {
    int i = pos;
    while (i < end && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isNameCharacter(char c, boolean first) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (!first && (c == '_' || (c >= '0' && c <= '9')));
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** The pair of this name. */
  public Optional<Tag> tag(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  /** The value of this name, which may be the empty string. */
  public Optional<String> value(String name) {
    return tag(name).map(Tag::value);
  }

  /** All pairs, in their order. */
  public Collection<Tag> tags() {
    return tags.values();
  }
}
