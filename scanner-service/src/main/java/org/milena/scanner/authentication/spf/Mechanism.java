package org.milena.scanner.authentication.spf;

import java.util.Optional;

/** What a client is measured by (RFC 7208 section 5). */
sealed interface Mechanism {

  record All() implements Mechanism {}

  record Include(MacroText target) implements Mechanism {}

  record A(Optional<MacroText> target, Prefixes prefixes) implements Mechanism {}

  record Mx(Optional<MacroText> target, Prefixes prefixes) implements Mechanism {}

  record Ptr(Optional<MacroText> target) implements Mechanism {}

  /** {@code ip4} or {@code ip6}. */
  record Ip(Network network) implements Mechanism {}

  record Exists(MacroText target) implements Mechanism {}

  /**
   * How much of an address must agree (section 5.6).
   *
   * @param four bits of an IPv4 address
   * @param six bits of an IPv6 address
   */
  record Prefixes(int four, int six) {
    static final Prefixes WHOLE = new Prefixes(32, 128);
  }
}
