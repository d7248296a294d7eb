package org.milena.common.header;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.milena.common.mail.RawMessage;

/**
 * The header of a message as it lies in its octets (RFC 5322 section 2.2), read once from front to
 * end.
 *
 * <h2>What ends the header</h2>
 *
 * An empty line; or a line that is neither field nor folded line. Such a line is the body's first
 * (as Postfix and Python read it), with one exception: when a known field follows within three
 * lines, it is taken for a folded line whose indent got lost, and belongs to the field above it.
 *
 * <h2>What is forgiven</h2>
 *
 * Lines may end in CRLF, LF, or CR CR LF, mixed. Names may have white space before their colon, or
 * be empty. A {@code From } line of an mbox file, also quoted, may stand before everything, or
 * among the fields as one without a name; folded lines that belong to nothing may stand on top. NUL
 * and 8-bit octets are octets like others.
 */
public final class HeaderBlock {

  private final int prologueEnd;
  private final List<HeaderField> fields;
  private final int end;
  private final int bodyOffset;
  private final boolean bareLineFeeds;

  private HeaderBlock(HeaderScanner scanner) {
    this.prologueEnd = scanner.prologueEnd;
    this.fields = Collections.unmodifiableList(new ArrayList<>(scanner.fields));
    this.end = scanner.headerEnd;
    this.bodyOffset = scanner.bodyOffset;
    this.bareLineFeeds = scanner.onlyBareLineFeeds();
  }

  /** The header of this message. */
  public static HeaderBlock of(RawMessage message) {
    return of(message.unsafeBytes(), message.size());
  }

  /**
   * The header of the message in the first octets of an array, which must not change afterwards.
   *
   * @param length how many octets
   */
  public static HeaderBlock of(byte[] bytes, int length) {
    return new HeaderBlock(new HeaderScanner(bytes, length).scan());
  }

  /**
   * The header of what lies in some octets of an array, which must not change afterwards: all
   * places in it are those of the array. Empty when it has more fields than that, each of which
   * takes memory, however short it is.
   *
   * @param from first octet
   * @param to after the last
   */
  public static Optional<HeaderBlock> of(byte[] bytes, int from, int to, int mostFields) {
    HeaderScanner scanner = new HeaderScanner(bytes, from, to, mostFields).scan();
    return scanner.tooMany ? Optional.empty() : Optional.of(new HeaderBlock(scanner));
  }

  /** All fields, in their order. */
  public List<HeaderField> fields() {
    return fields;
  }

  /** The uppermost field of this name, in any case. */
  public Optional<HeaderField> first(String name) {
    for (HeaderField field : fields) {
      if (field.isNamed(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** All fields of this name, in any case, from top to bottom. */
  public List<HeaderField> all(String name) {
    return fields.stream().filter(field -> field.isNamed(name)).toList();
  }

  /** Whether there is a field of this name, in any case. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** Where the body begins, after the empty line; the size of the message if it has none. */
  public int bodyOffset() {
    return bodyOffset;
  }

  /** Where new fields may be put on top: after an mbox line. */
  int prologueEnd() {
    return prologueEnd;
  }

  /** After the last field, before the empty line if there is one. */
  int end() {
    return end;
  }

  /** Whether an empty line stands between header and body. */
  boolean separated() {
    return bodyOffset > end;
  }

  /** Whether every line of the header ends in LF alone. */
  boolean bareLineFeeds() {
    return bareLineFeeds;
  }
}
