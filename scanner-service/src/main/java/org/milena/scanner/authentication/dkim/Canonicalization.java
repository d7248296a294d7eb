package org.milena.scanner.authentication.dkim;

import java.util.Locale;
import java.util.Optional;

/**
 * The form of a header field, and of a body, that is signed (RFC 6376 section 3.4).
 *
 * <p>A line ends in CR LF and nothing else: a bare CR or LF is an octet like others. RFC 6376
 * section 5.3 leaves it to whoever signs to have none, and our ingress refuses mail that has; so
 * one that is there was put in on the way, and must not be mended into a match.
 */
public enum Canonicalization {
  /** As it came, but for the empty lines at the end of a body (sections 3.4.1 and 3.4.3). */
  SIMPLE {
    @Override
    public void field(byte[] octets, int start, int end, OctetSink out) {
      out.write(octets, start, end - start);
    }

    @Override
    public void body(byte[] octets, int start, int end, OctetSink out) {
      int last = end;
      while (last - 2 >= start && isCrlf(octets, last - 2, end)) {
        last -= 2;
      }
      if (last > start) {
        out.write(octets, start, last - start);
      }
      out.write(CRLF, 0, 2);
    }
  },

  /** Names in lower case, folds undone, white space collapsed (sections 3.4.2 and 3.4.4). */
  RELAXED {
    @Override
    public void field(byte[] octets, int start, int end, OctetSink out) {
      RelaxedForm form = new RelaxedForm(octets, out);
      form.field(start, end);
    }

    @Override
    public void body(byte[] octets, int start, int end, OctetSink out) {
      RelaxedForm form = new RelaxedForm(octets, out);
      form.body(start, end);
    }
  };

  static final byte[] CRLF = {'\r', '\n'};

  /** By its name in {@code c=}. */
  public static Optional<Canonicalization> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "simple" -> Optional.of(SIMPLE);
      case "relaxed" -> Optional.of(RELAXED);
      default -> Optional.empty();
    };
  }

  /** Writes the field that lies there, from its name to its line end. */
  public abstract void field(byte[] octets, int start, int end, OctetSink out);

  /** Writes the body that lies there. */
  public abstract void body(byte[] octets, int start, int end, OctetSink out);

  static boolean isCrlf(byte[] octets, int pos, int end) {
    return pos + 1 < end && octets[pos] == '\r' && octets[pos + 1] == '\n';
  }
}
