package org.milena.common.mail;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A mailbox: who is meant by {@code user@example.org} (RFC 5321 section 4.1.2, RFC 6531 section
 * 3.3).
 *
 * <p>Two addresses are equal when they are written alike after the domain was made canonical; the
 * local part keeps its case, since only its own host may read it. Where one person must be found
 * however the case is written, use {@link #key()}.
 *
 * @param localPart the content left of the {@code @}, without quotes and backslashes; may be empty
 *     ({@code ""@example.org} is legal), never holds control characters, {@code <} or {@code >}
 * @param domain A-labels in lower case (IDNA 2008), or a literal in brackets: {@code [192.0.2.1]},
 *     {@code [IPv6:2001:db8::1]}
 */
public record MailAddress(String localPart, String domain) {
  /** A million members are at some thousands of domains. */
  private static final Pool<String> DOMAINS = new Pool<>(1 << 14);

  /**
   * Makes the domain canonical and checks both parts.
   *
   * @throws IllegalArgumentException when a part is not legal or too long (64 octets for the local
   *     part as written on the wire, 255 for the domain, 256 for the path with its brackets: RFC
   *     5321 section 4.5.3.1)
   */
  public MailAddress {
    AddressSyntax.checkLocalPart(localPart);
    domain = DOMAINS.same(AddressSyntax.canonicalDomain(domain));
    AddressSyntax.checkLengths(localPart, domain);
  }

  /** Reads one mailbox from outside, strictly: no brackets, route, comment or space around it. */
  public static ParsedAddress parse(String text) {
    try {
      return new ParsedAddress.Valid(AddressSyntax.mailbox(text));
    } catch (AddressSyntax.Refused refused) {
      return new ParsedAddress.Invalid(refused.reason());
    }
  }

  /**
   * The address we wrote ourselves.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static MailAddress of(String text) {
    return AddressSyntax.mailbox(text);
  }

  /** The same domain under another local part: {@code users} becomes {@code users-bounces}. */
  public MailAddress withLocalPart(String otherLocalPart) {
    return new MailAddress(otherLocalPart, domain);
  }

  /**
   * What to look this address up by: local part in lower case and composed form (NFC), {@code @},
   * domain. Letters that only look alike stay apart. Not for sending: use {@link #toString()}.
   */
  public String key() {
    String local = localPart.toLowerCase(Locale.ROOT);
    return (AddressSyntax.isAscii(local) ? local : Normalizer.normalize(local, Normalizer.Form.NFC))
        + '@'
        + domain;
  }

  /** Whether it can be sent to a host without SMTPUTF8 (RFC 6531); the domain always can. */
  public boolean isAscii() {
    return AddressSyntax.isAscii(localPart);
  }

  /** As it stands in a command or a header field, the local part quoted when it must be. */
  @Override
  public String toString() {
    return AddressSyntax.quoteIfNeeded(localPart) + '@' + domain;
  }
}
