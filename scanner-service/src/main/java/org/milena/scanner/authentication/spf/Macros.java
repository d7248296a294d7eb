package org.milena.scanner.authentication.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.milena.scanner.authentication.spf.MacroText.Piece;

/** Fills macros in (RFC 7208 section 7). */
final class Macros {
  private static final String HEX = "0123456789ABCDEF";

  /** More of an explanation is not shown. */
  private static final int MAX_TEXT = 1_000;

  private final Sender sender;
  private final InetAddress client;
  private final Function<String, String> validatedName;

  /**
   * @param validatedName of the client, the nearest to a domain; asked for {@code %{p}} only
   */
  Macros(Sender sender, InetAddress client, Function<String, String> validatedName) {
    this.sender = sender;
    this.client = client;
    this.validatedName = validatedName;
  }

  /**
   * The name a domain-spec means; empty when it matches nothing: a local part that is not ASCII
   * stands in no name (RFC 8616 section 4).
   *
   * @param domain whose policy is evaluated
   */
  Optional<String> name(MacroText text, String domain) {
    for (Piece piece : text.pieces()) {
      if (piece instanceof Piece.Macro macro
          && (macro.letter() == 's' || macro.letter() == 'l')
          && !isAscii(sender.localPart())) {
        return Optional.empty();
      }
    }
    return Optional.of(Domains.fitted(Domains.withoutLastDot(end(text, domain))));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** So much of a name, from its end, as decides what is left of it once it is cut to fit. */
  private String end(MacroText text, String domain) {
    Deque<String> parts = new ArrayDeque<>();
    int length = 0;
    for (Piece piece : text.pieces().reversed()) {
      if (length > Domains.MAX_NAME + 1) {
        break;
      }
      String part = filled(piece, domain);
      parts.addFirst(part);
      length += part.length();
    }
    return String.join("", parts);
  }

  /** A text with everything filled in; of a long one its beginning. */
  String filled(MacroText text, String domain) {
    var filled = new StringBuilder();
    for (Piece piece : text.pieces()) {
      if (filled.length() > MAX_TEXT) {
        break;
      }
      filled.append(filled(piece, domain));
    }
    return filled.toString();
  }

  private String filled(Piece piece, String domain) {
    return switch (piece) {
      case Piece.Literal(String literal) -> literal;
      case Piece.Macro macro -> {
        String value = transformed(value(macro.letter(), domain), macro);
        yield macro.escaped() ? escaped(value) : value;
      }
    };
  }

  private String value(char letter, String domain) {
    return switch (letter) {
      case 's' -> sender.localPart() + '@' + sender.domain();
      case 'l' -> sender.localPart();
      case 'o' -> sender.domain();
      case 'd' -> domain;
      case 'i' -> dotted(client);
      case 'p' -> validatedName.apply(domain);
      case 'v' -> client instanceof Inet4Address ? "in-addr" : "ip6";
      case 'h' -> sender.helo();
      case 'c' -> Network.text(client);
      case 'r' -> sender.ourName().isEmpty() ? "unknown" : sender.ourName();
      case 't' -> String.valueOf(sender.time().getEpochSecond());
      default -> throw new IllegalStateException("a macro that was read and is unknown: " + letter);
    };
  }

  /** An IPv6 address nibble by nibble. */
  private static String dotted(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    var text = new StringBuilder();
    for (byte octet : address.getAddress()) {
      text.append(text.isEmpty() ? "" : ".")
          .append(HEX.charAt((octet >> 4) & 0xF))
          .append('.')
          .append(HEX.charAt(octet & 0xF));
    }
    return text.toString();
  }

  private static String transformed(String value, Piece.Macro macro) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i == value.length() || macro.delimiters().indexOf(value.charAt(i)) >= 0) {
        parts.add(value.substring(from, i));
        from = i + 1;
      }
    }
    if (macro.reversed()) {
      Collections.reverse(parts);
    }
    int taken = macro.parts() == 0 ? parts.size() : Math.min(macro.parts(), parts.size());
    return String.join(".", parts.subList(parts.size() - taken, parts.size()));
  }

  /** All but the unreserved characters of RFC 3986 section 2.3. */
  private static String escaped(String value) {
    var text = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      boolean unreserved =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (unreserved) {
        text.append(c);
      } else {
        text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      }
    }
    return text.toString();
  }
}
