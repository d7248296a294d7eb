package org.milena.ingress.session;

/** What a port is for. */
public enum PortRole {
  /** Mail from other hosts. STARTTLS if the client likes; no login. */
  SMTP,
  /** Mail from its author (RFC 6409): STARTTLS, then a login, then mail. */
  SUBMISSION,
  /** The same inside TLS from the first octet (RFC 8314 section 3.3). */
  SUBMISSIONS;

  /** Whether mail must come from somebody who logged in. */
  public boolean isForSubmission() {
    return this != SMTP;
  }
}
