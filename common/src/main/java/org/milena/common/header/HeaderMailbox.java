package org.milena.common.header;

import org.milena.common.mail.MailAddress;

/**
 * One mailbox of an address field: {@code Ann Example <ann@example.org>} (RFC 5322 section 3.4).
 *
 * @param displayName for people: decoded, on one line; empty when there is none
 */
public record HeaderMailbox(String displayName, MailAddress address) {

  /** Makes the name {@linkplain OneLine one line}, with nothing in it that turns the rest. */
  public HeaderMailbox {
    displayName = OneLine.of(displayName, Integer.MAX_VALUE);
  }

  /**
   * As it stands in a field: the name quoted or encoded when it must be. All ASCII, unless the
   * local part is not.
   */
  @Override
  public String toString() {
    return displayName.isEmpty() ? address.toString() : phrase() + " <" + address + ">";
  }

  private String phrase() {
    boolean atoms = true;
    for (int i = 0; i < displayName.length(); i++) {
      char c = displayName.charAt(i);
      if (c > '~') {
        return EncodedWords.encodePhrase(displayName);
      }
      atoms &= c == ' ' || Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }
    if (displayName.contains("=?")) {
      return EncodedWords.encodePhrase(displayName);
    }
    return atoms
        ? displayName
        : '"' + displayName.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
