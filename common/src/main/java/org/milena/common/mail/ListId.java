package org.milena.common.mail;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The lasting name of a list (RFC 2919), and the key of everything we keep about it: {@code
 * users.lists.example.org}.
 *
 * @param value in lower case, since case does not count (RFC 2919 section 6): labels of {@code
 *     atext} with single dots between, at least two of them, at most 255 octets
 */
public record ListId(String value) {

  private static final int MAX_LENGTH = 255;

  /**
   * Makes the value lower case and checks it.
   *
   * @throws IllegalArgumentException when it is no list id
   */
  public ListId {
    value = value.toLowerCase(Locale.ROOT);
    if (!isListId(value)) {
      throw new IllegalArgumentException("not a list id (RFC 2919)");
    }
  }

  /**
   * The id we wrote ourselves.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ListId of(String value) {
    return new ListId(value);
  }

  /**
   * The id in a {@code List-Id} field, {@code Users of X <users.lists.example.org>}, or bare; empty
   * when there is none.
   */
  public static Optional<ListId> parse(String text) {
    int close = text.lastIndexOf('>');
    int open = close < 0 ? text.lastIndexOf('<') : text.lastIndexOf('<', close);
    String candidate =
        open < 0 ? text : text.substring(open + 1, close > open ? close : text.length());
    String value = candidate.strip().toLowerCase(Locale.ROOT);
    return isListId(value) ? Optional.of(new ListId(value)) : Optional.empty();
  }

  /**
   * The id of a list that is made under this address: local part, dot, domain.
   *
   * <p>Case is lost, and every character but letters, digits and {@code . - _ +} is written as
   * {@code =} and two hex digits of its UTF-8 octets. So different lists have different ids, and an
   * id is harmless in a path or a file name.
   *
   * @throws IllegalArgumentException when the escapes make it longer than 255 octets
   */
  public static ListId forAddress(MailAddress listAddress) {
    return new ListId(idOf(listAddress));
  }

  /** Whether a list at this address could have an id: {@link #forAddress} does not throw. */
  public static boolean canBe(MailAddress listAddress) {
    return isListId(idOf(listAddress));
  }

  private static String idOf(MailAddress listAddress) {
    String key = listAddress.key();
    int at = key.lastIndexOf('@');
    return escape(key.substring(0, at)) + '.' + escape(key.substring(at + 1));
  }

  private static String escape(String part) {
    var escaped = new StringBuilder();
    byte[] octets = part.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < octets.length; i++) {
      char c = (char) (octets[i] & 0xFF);
      boolean innerDot = c == '.' && i > 0 && i + 1 < octets.length && octets[i - 1] != '.';
      if (innerDot || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_+".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('=').append(HexFormat.of().toHexDigits(octets[i]));
      }
    }
    return escaped.isEmpty() ? "=" : escaped.toString();
  }

  private static boolean isListId(String value) {
    if (value.length() > MAX_LENGTH || value.indexOf('.') < 0) {
      return false;
    }
    boolean afterDot = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '.' ? afterDot : c > 0x7F || !AddressSyntax.isAtext(c)) {
        return false;
      }
      afterDot = c == '.';
    }
    return !afterDot;
  }

  @Override
  public String toString() {
    return value;
  }
}
