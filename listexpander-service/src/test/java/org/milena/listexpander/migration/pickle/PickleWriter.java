package org.milena.listexpander.migration.pickle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes pickles as Python 2 does, or word by word as nobody should. */
public final class PickleWriter {

  /** A text of characters; a plain {@code String} is a byte string of Latin-1. */
  public record Unicode(String text) {}

  /** A tuple. */
  public record Tuple(List<?> items) {
    public static Tuple of(Object... items) {
      return new Tuple(List.of(items));
    }
  }

  /** An old-style object of {@code Mailman.Bouncer._BounceInfo}. */
  public record BounceInfo(Map<String, ?> attributes) {}

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int protocol;

  public PickleWriter(int protocol) {
    this.protocol = protocol;
    if (protocol >= 2) {
      op(Opcode.PROTO).octet(protocol);
    }
  }

  /** A whole pickle of a value. */
  public static byte[] pickle(int protocol, @Nullable Object value) {
    return new PickleWriter(protocol).value(value).stop();
  }

  PickleWriter op(Opcode opcode) {
    return octet(opcode.code());
  }

  PickleWriter octet(int octet) {
    out.write(octet);
    return this;
  }

  PickleWriter octets(byte[] octets) {
    out.writeBytes(octets);
    return this;
  }

  PickleWriter line(String latin1) {
    return octets(latin1.getBytes(StandardCharsets.ISO_8859_1)).octet('\n');
  }

  PickleWriter i4(int number) {
    return octets(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }

  /** The end, and all of it. */
  public byte[] stop() {
    return op(Opcode.STOP).toByteArray();
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  /** A value as this protocol writes it. */
  public PickleWriter value(@Nullable Object value) {
    return switch (value) {
      case null -> op(Opcode.NONE);
      case Boolean truth when protocol < 2 -> op(Opcode.INT).line(truth ? "01" : "00");
      case Boolean truth -> op(truth ? Opcode.NEWTRUE : Opcode.NEWFALSE);
      case Integer number -> integer(number);
      case Long number -> integer(BigInteger.valueOf(number));
      case BigInteger number -> integer(number);
      case Double number -> real(number);
      case String latin1 -> text(latin1.getBytes(StandardCharsets.ISO_8859_1));
      case byte[] octets -> text(octets);
      case Unicode(var text) -> unicode(text);
      case Set<?> set ->
          op(Opcode.GLOBAL)
              .line("__builtin__")
              .line("set")
              .value(Tuple.of(List.copyOf(set)))
              .op(Opcode.REDUCE);
      case Collection<?> list -> list(list);
      case Tuple(var items) -> tuple(items);
      case Map<?, ?> map -> dictionary(map);
      case BounceInfo(var attributes) -> bounceInfo(attributes);
      default -> throw new IllegalArgumentException("cannot pickle " + value.getClass());
    };
  }

  private PickleWriter integer(int number) {
    if (protocol == 0) {
      return op(Opcode.INT).line(Integer.toString(number));
    }
    if (number >= 0 && number < 1 << 8) {
      return op(Opcode.BININT1).octet(number);
    }
    if (number >= 0 && number < 1 << 16) {
      return op(Opcode.BININT2).octet(number).octet(number >> 8);
    }
    return op(Opcode.BININT).i4(number);
  }

  private PickleWriter integer(BigInteger number) {
    if (protocol < 2) {
      return op(Opcode.LONG).line(number + "L");
    }
    byte[] octets = number.toByteArray();
    op(Opcode.LONG1).octet(octets.length);
    for (int i = octets.length - 1; i >= 0; i--) {
      octet(octets[i]);
    }
    return this;
  }

  private PickleWriter real(double number) {
    return protocol == 0
        ? op(Opcode.FLOAT).line(Double.toString(number))
        : op(Opcode.BINFLOAT).octets(ByteBuffer.allocate(8).putDouble(number).array());
  }

  private PickleWriter text(byte[] octets) {
    if (protocol == 0) {
      StringBuilder quoted = new StringBuilder("'");
      for (byte octet : octets) {
        boolean plain = octet >= ' ' && octet < 127 && octet != '\'' && octet != '\\';
        quoted.append(plain ? Character.toString(octet) : "\\x%02x".formatted(octet & 0xFF));
      }
      return op(Opcode.STRING).line(quoted.append('\'').toString());
    }
    return octets.length < 256
        ? op(Opcode.SHORT_BINSTRING).octet(octets.length).octets(octets)
        : op(Opcode.BINSTRING).i4(octets.length).octets(octets);
  }

  private PickleWriter unicode(String text) {
    if (protocol == 0) {
      StringBuilder escaped = new StringBuilder();
      text.codePoints()
          .forEach(c -> {
            if (c > 0xFFFF) {
              escaped.append("\\U%08x".formatted(c));
            } else if (c > 0xFF || c == '\\' || c == '\n') {
              escaped.append("\\u%04x".formatted(c));
            } else {
              escaped.append((char) c);
            }
          });
      return op(Opcode.UNICODE).line(escaped.toString());
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return op(Opcode.BINUNICODE).i4(utf8.length).octets(utf8);
  }

  private PickleWriter list(Collection<?> items) {
    if (protocol == 0) {
      op(Opcode.MARK).op(Opcode.LIST);
      items.forEach(item -> value(item).op(Opcode.APPEND));
      return this;
    }
    op(Opcode.EMPTY_LIST).op(Opcode.MARK);
    items.forEach(this::value);
    return op(Opcode.APPENDS);
  }

  private PickleWriter tuple(List<?> items) {
    if (protocol == 2 && !items.isEmpty() && items.size() <= 3) {
      items.forEach(this::value);
      return octet(Opcode.TUPLE1.code() + items.size() - 1);
    }
    op(Opcode.MARK);
    items.forEach(this::value);
    return op(Opcode.TUPLE);
  }

  private PickleWriter dictionary(Map<?, ?> map) {
    if (protocol == 0) {
      op(Opcode.MARK).op(Opcode.DICT);
      map.forEach((key, value) -> value(key).value(value).op(Opcode.SETITEM));
      return this;
    }
    op(Opcode.EMPTY_DICT).op(Opcode.MARK);
    map.forEach((key, value) -> value(key).value(value));
    return op(Opcode.SETITEMS);
  }

  /** INST in protocol 0, OBJ in the others: the class is of the old style. */
  private PickleWriter bounceInfo(Map<String, ?> attributes) {
    op(Opcode.MARK).op(protocol == 0 ? Opcode.INST : Opcode.GLOBAL);
    line("Mailman.Bouncer").line("_BounceInfo");
    if (protocol > 0) {
      op(Opcode.OBJ);
    }
    return dictionary(attributes).op(Opcode.BUILD);
  }
}
