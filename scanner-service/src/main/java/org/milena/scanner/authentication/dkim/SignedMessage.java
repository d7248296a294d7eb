package org.milena.scanner.authentication.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;

/**
 * A message as those who sign and verify see it: fields by name, and the hashes of its body, each
 * computed once. For one thread.
 */
public final class SignedMessage {

  /** A signature field larger than this is not read, in octets. */
  static final int MAX_SIGNATURE = 65_536;

  /** Nor is a signature in a header larger than this; Postfix takes a tenth of it. */
  private static final int MAX_HEADER = 1 << 20;

  private record BodyKey(Canonicalization form, long limit) {}

  private final byte[] octets;
  private final HeaderBlock header;
  private final Map<String, List<HeaderField>> fields = new HashMap<>();
  private final Map<BodyKey, BodyHash> bodies = new HashMap<>();

  /** Reads the header; the body waits until it is asked for. */
  public SignedMessage(RawMessage message) {
    this.octets = message.unsafeBytes();
    this.header = HeaderBlock.of(message);
    for (HeaderField field : header.fields()) {
      fields
          .computeIfAbsent(field.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(field);
    }
  }

  /** The fields of a name in lower case, from top to bottom. */
  public List<HeaderField> fields(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /**
   * The octets of a field after its colon, read as ISO 8859-1: the text of a {@link TagList}. Empty
   * when there are too many.
   */
  public Optional<String> value(HeaderField field) {
    if (field.end() - field.start() > MAX_SIGNATURE) {
      return Optional.empty();
    }
    int value = afterColon(field);
    return Optional.of(new String(octets, value, field.end() - value, StandardCharsets.ISO_8859_1));
  }

  private int afterColon(HeaderField field) {
    int i = field.start();
    while (octets[i] != ':') {
      i++;
    }
    return i + 1;
  }

  /** Why no signature over its header is to be trusted, whatever it covers. */
  public Optional<String> doubt() {
    if (header.bodyOffset() > MAX_HEADER) {
      return Optional.of("the header is larger than " + MAX_HEADER + " octets");
    }
    return readsOneWayOnly()
        ? Optional.empty()
        : Optional.of("the header can be read in more than one way");
  }

  /**
   * Whether everybody finds the same fields and the same body in it: fields and folded lines only,
   * each ending in CR LF, then an empty line. Readers differ over anything else, so a signature
   * over what we see would say nothing of what others are shown.
   */
  private boolean readsOneWayOnly() {
    int pos = 0;
    for (HeaderField field : header.fields()) {
      if (field.start() != pos || field.name().isEmpty() || !isWellFolded(field)) {
        return false;
      }
      pos = field.end();
    }
    return pos == octets.length
        || (header.bodyOffset() == pos + 2 && Canonicalization.isCrlf(octets, pos, octets.length));
  }

  private boolean isWellFolded(HeaderField field) {
    for (int i = field.start(); i < field.end(); i++) {
      boolean crlf = octets[i] == '\r' && Canonicalization.isCrlf(octets, i, field.end());
      if (crlf) {
        i++;
        if (i + 1 < field.end() && octets[i + 1] != ' ' && octets[i + 1] != '\t') {
          return false;
        }
      } else if (octets[i] == '\r' || octets[i] == '\n') {
        return false;
      }
    }
    return true;
  }

  /**
   * What a signature covers of the header (RFC 6376 section 3.7): the fields it names, each time
   * the next from the bottom, nothing for those that are not there (section 5.4.2), and last the
   * field it stands in, which is never one of those it names.
   */
  public byte[] signedFields(SignatureTags tags, HeaderField own) {
    var out = new ByteArrayOutputStream(2048);
    Map<String, Integer> next = new HashMap<>();
    for (String name : tags.fields()) {
      List<HeaderField> candidates = fields(name);
      int index = next.getOrDefault(name, candidates.size() - 1);
      if (index >= 0 && candidates.get(index) == own) {
        index--;
      }
      if (index >= 0) {
        addField(tags.headerForm(), candidates.get(index), out);
      }
      next.put(name, index - 1);
    }
    addOwn(tags, own, out);
    return out.toByteArray();
  }

  /** Adds a field in its canonical form. */
  public void addField(Canonicalization form, HeaderField field, ByteArrayOutputStream out) {
    form.field(octets, field.start(), field.end(), out::write);
  }

  /** Adds the field of a signature as it was before it was signed, without its last line end. */
  public void addOwn(SignatureTags tags, HeaderField own, ByteArrayOutputStream out) {
    int value = afterColon(own);
    var unsigned = new ByteArrayOutputStream(own.end() - own.start());
    int from = value + tags.signatureTag().valueStart();
    int to = value + tags.signatureTag().valueEnd();
    unsigned.write(octets, own.start(), from - own.start());
    unsigned.write(octets, to, own.end() - to);
    byte[] plain = unsigned.toByteArray();
    var canonical = new ByteArrayOutputStream(plain.length);
    tags.headerForm().field(plain, 0, plain.length, canonical::write);
    byte[] field = canonical.toByteArray();
    int end = field.length;
    if (end >= 2 && Canonicalization.isCrlf(field, end - 2, end)) {
      end -= 2;
    }
    out.write(field, 0, end);
  }

  /** The hash of the body that a signature speaks of. */
  BodyHash bodyHash(SignatureTags tags) {
    long limit = tags.limit().orElse(Long.MAX_VALUE);
    return bodies.computeIfAbsent(
        new BodyKey(tags.bodyForm(), limit),
        key -> {
          var hash = new BodyHash(limit);
          key.form().body(octets, header.bodyOffset(), octets.length, hash);
          return hash.end();
        });
  }
}
