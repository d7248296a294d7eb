package org.milena.scanner.authentication.dkim;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Optional;

/** Domains and selectors as the DNS knows them (RFC 8616 section 5). */
final class DomainNames {

  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;

  private DomainNames() {}

  /** A-labels in lower case; empty when this is no name. Underscores occur in selectors. */
  static Optional<String> toAscii(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return Optional.empty();
    }
    if (name.chars().allMatch(c -> c < 0x80)) {
      return checked(name.toLowerCase(Locale.ROOT));
    }
    var info = new IDNA.Info();
    var ascii = Idna.UTS46.nameToASCII(name, new StringBuilder(), info);
    return info.hasErrors() ? Optional.empty() : checked(ascii.toString());
  }

  private static Optional<String> checked(String name) {
    int label = 0;
    for (int i = 0; i <= name.length(); i++) {
      char c = i < name.length() ? name.charAt(i) : '.';
      if (c == '.') {
        if (i == label || i - label > MAX_LABEL || name.charAt(label) == '-') {
          return Optional.empty();
        }
        label = i + 1;
      } else if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_') {
        return Optional.empty();
      }
    }
    return name.length() > MAX_NAME ? Optional.empty() : Optional.of(name);
  }

  /** Whether it is the domain, or below it. */
  static boolean isWithin(String name, String domain) {
    return name.equals(domain) || name.endsWith("." + domain);
  }

  /** Loaded at the first name outside ASCII, with the tables of ICU. */
  private static final class Idna {
    private static final IDNA UTS46 =
        IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);
  }
}
