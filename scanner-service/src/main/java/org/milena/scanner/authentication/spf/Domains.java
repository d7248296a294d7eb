package org.milena.scanner.authentication.spf;

/** What counts as a domain name that can have a policy (RFC 7208 section 4.3). */
final class Domains {
  private static final int MAX_LABEL = 63;
  static final int MAX_NAME = 253;

  private Domains() {}

  /**
   * Whether it is of two labels at least, none of them empty or too long, the last not a number.
   * Anything visible may stand in a label, since targets in policies may hold it.
   */
  static boolean isAskable(String domain) {
    String plain = withoutLastDot(domain);
    if (plain.length() > MAX_NAME || plain.startsWith("[")) {
      return false;
    }
    if (!plain.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return false;
    }
    String[] labels = plain.split("\\.", -1);
    for (String label : labels) {
      if (label.isEmpty() || label.length() > MAX_LABEL) {
        return false;
      }
    }
    return labels.length > 1 && !isNumber(labels[labels.length - 1]);
  }

  private static boolean isNumber(String label) {
    return label.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  static String withoutLastDot(String domain) {
    return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
  }

  /** Without labels on the left until it fits (section 7.3). */
  static String fitted(String domain) {
    if (domain.length() <= MAX_NAME) {
      return domain;
    }
    int dot = domain.indexOf('.', domain.length() - MAX_NAME - 1);
    return domain.substring((dot < 0 ? domain.lastIndexOf('.') : dot) + 1);
  }
}
