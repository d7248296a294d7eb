package org.milena.common.header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.milena.common.mail.RawMessage;

/**
 * Adds, replaces and removes fields of a message and touches nothing else.
 *
 * <p>Every octet that belongs to no changed field comes out as it went in, at the same place among
 * its neighbours: odd line ends, an mbox line on top, fields no one understands, the body. With no
 * change at all the result is the same message.
 *
 * <p>One addition is made where it must be: when the message has a body but no empty line before
 * it, and something is changed, an empty line is put between. Otherwise new fields and a body that
 * begins with {@code Note: …} would run together.
 *
 * <p>New fields are folded at 78 columns where they have spaces (RFC 5322 section 2.1.1) and end in
 * CRLF, unless every line of the header ends in LF. Names are checked, values may not bring line
 * breaks: nothing can be smuggled in.
 *
 * <p>Edits follow one another: each sees the result of those before. Not for use by several
 * threads.
 */
public final class HeaderEditor {

  private final RawMessage original;
  private final HeaderBlock block;
  private final String lineEnd;

  // fields on top, the uppermost last; below them, in order, what is left of the original and more
  private final List<HeaderField> top = new ArrayList<>();
  private final List<HeaderField> rest;
  private boolean changed;

  private HeaderEditor(RawMessage message) {
    this.original = message;
    this.block = HeaderBlock.of(message);
    this.rest = new ArrayList<>(block.fields());
    this.lineEnd = block.bareLineFeeds() ? "\n" : "\r\n";
  }

  /** An editor of this message, which itself stays as it is. */
  public static HeaderEditor of(RawMessage message) {
    return new HeaderEditor(message);
  }

  /**
   * Puts a field on top, above those put there before. What is outside ASCII becomes encoded words
   * (RFC 2047).
   *
   * @throws IllegalArgumentException when the name is none, or the value holds CR, LF or NUL
   */
  public HeaderEditor prepend(String name, String value) {
    return putOnTop(NewField.folded(name, value, lineEnd));
  }

  /**
   * Puts a field on top exactly as given: in UTF-8, neither folded nor encoded. For signatures and
   * for addresses of RFC 6531.
   *
   * @param value may be folded already; each CRLF in it must be followed by a space or a tab
   * @throws IllegalArgumentException when the name is none, or the value holds NUL or a line break
   *     that is no fold
   */
  public HeaderEditor prependRaw(String name, String value) {
    return putOnTop(NewField.raw(name, value, lineEnd));
  }

  private HeaderEditor putOnTop(HeaderField field) {
    top.add(field);
    changed = true;
    return this;
  }

  /**
   * Puts a field below all others; otherwise like {@link #prepend}.
   *
   * @throws IllegalArgumentException when the name is none, or the value holds CR, LF or NUL
   */
  public HeaderEditor append(String name, String value) {
    rest.add(NewField.folded(name, value, lineEnd));
    changed = true;
    return this;
  }

  /**
   * Puts a field in the place of the uppermost one of this name and removes the others of this
   * name; without one, appends it.
   *
   * @throws IllegalArgumentException when the name is none, or the value holds CR, LF or NUL
   */
  public HeaderEditor replace(String name, String value) {
    return replaceWith(name, NewField.folded(name, value, lineEnd));
  }

  /**
   * Like {@link #replace}, with the value exactly as given; see {@link #prependRaw}.
   *
   * @throws IllegalArgumentException when the name is none, or the value holds NUL or a line break
   *     that is no fold
   */
  public HeaderEditor replaceRaw(String name, String value) {
    return replaceWith(name, NewField.raw(name, value, lineEnd));
  }

  private HeaderEditor replaceWith(String name, HeaderField field) {
    int inTop = indexOf(top.reversed(), name);
    if (inTop >= 0) {
      top.set(top.size() - 1 - inTop, field);
    } else {
      int inRest = indexOf(rest, name);
      if (inRest >= 0) {
        rest.set(inRest, field);
      } else {
        rest.add(field);
      }
    }
    changed = true;
    return removeIf(other -> other != field && other.isNamed(name));
  }

  private static int indexOf(List<HeaderField> fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).isNamed(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Removes all fields of this name, in any case. */
  public HeaderEditor remove(String name) {
    return removeIf(field -> field.isNamed(name));
  }

  /** Removes the fields that match, among them those this editor added. */
  public HeaderEditor removeIf(Predicate<HeaderField> condition) {
    changed |= top.removeIf(condition);
    changed |= rest.removeIf(condition);
    return this;
  }

  /** The message with all edits so far. */
  public RawMessage toMessage() {
    if (!changed) {
      return original;
    }
    byte[] source = original.unsafeBytes();
    byte[] eol = lineEnd.getBytes(StandardCharsets.US_ASCII);
    var out = new Splice(2 * (top.size() + rest.size()) + 4, eol);
    out.add(source, 0, block.prologueEnd());
    for (HeaderField field : top.reversed()) {
      out.addLines(field.array(), field.start(), field.end());
    }
    for (HeaderField field : rest) {
      out.addLines(field.array(), field.start(), field.end());
    }
    boolean hasBody = block.end() < source.length;
    if (hasBody && !block.separated()) {
      out.addLines(eol, 0, eol.length);
    }
    if (hasBody) {
      out.addLines(source, block.end(), source.length);
    }
    return RawMessage.wrap(out.toByteArray());
  }
}
