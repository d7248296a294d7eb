package org.milena.listexpander.bounce.reading;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;

/** Addresses as reports write them. */
final class ReportAddresses {
  /** An address in prose; its length is bounded, so that the search stays linear. */
  static final String ADDRESS =
      "[^\\s<>()\\[\\],;:\"'`@|*\\\\][^\\s<>()\\[\\],;:\"@|\\\\]{0,63}"
          + "@[^\\s<>()\\[\\],;:\"'`@/?!|*\\\\]{1,255}";

  private static final int MAX_LENGTH = 600;
  private static final Pattern BARE = Pattern.compile(ADDRESS);
  private static final Pattern HEX = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})}");

  /**
   * The address in a field that has a type in front ({@code rfc822; user@host}, RFC 3464 section
   * 2.3.1; {@code utf-8; ...}, RFC 6533 section 3).
   */
  static Optional<MailAddress> typed(String value) {
    if (value.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int semicolon = value.indexOf(';');
    String type = semicolon < 0 ? "" : value.substring(0, semicolon).strip();
    String text = type.contains("@") ? value : value.substring(semicolon + 1);
    return first(type.toLowerCase(Locale.ROOT).startsWith("utf-8") ? withoutEscapes(text) : text);
  }

  /** The first address in a text that should be one. */
  static Optional<MailAddress> first(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String plain = text.strip();
    // an X.400 name or a host that the address was sent through stands before the last slash
    boolean routed = plain.startsWith("/") || plain.indexOf('@') != plain.lastIndexOf('@');
    if (routed && plain.indexOf('<') < 0 && plain.indexOf('"') < 0 && plain.indexOf('/') >= 0) {
      plain = plain.substring(plain.lastIndexOf('/') + 1);
    }
    return AddressListParser.first(plain).map(HeaderMailbox::address).or(() -> inProse(text));
  }

  private static Optional<MailAddress> inProse(String text) {
    Matcher bare = BARE.matcher(text);
    return bare.find()
        ? AddressListParser.first(bare.group()).map(HeaderMailbox::address)
        : Optional.empty();
  }

  /** The text with a space for each address, so that its words can be looked at. */
  static String without(String text) {
    return BARE.matcher(text).replaceAll(" ");
  }

  private static String withoutEscapes(String text) {
    return HEX.matcher(text)
        .replaceAll(found -> {
          int c = Integer.parseInt(found.group(1), 16);
          return Character.isValidCodePoint(c) && !Character.isISOControl(c)
              ? Matcher.quoteReplacement(Character.toString(c))
              : "?";
        });
  }

  private ReportAddresses() {}
}
