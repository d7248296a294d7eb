package org.milena.egress.outcome;

/** Where in a session something was said or went wrong (RFC 5321 section 4.3.2). */
public enum Phase {
  CONNECT("connecting"),
  GREETING("the greeting"),
  HELO("EHLO"),
  STARTTLS("STARTTLS"),
  MAIL("MAIL"),
  RCPT("RCPT"),
  DATA("DATA"),
  /** From the first octet of the content to the reply after the dot. */
  CONTENT("the end of the content");

  private final String words;

  Phase(String words) {
    this.words = words;
  }

  /** For a sentence. */
  public String words() {
    return words;
  }

  /** Before any transaction: what is said here is meant for all mail to the host. */
  public boolean concernsTheHost() {
    return compareTo(MAIL) < 0;
  }
}
