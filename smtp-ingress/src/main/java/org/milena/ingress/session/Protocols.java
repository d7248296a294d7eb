package org.milena.ingress.session;

/** Names of what was spoken, as the Received field has them (RFC 3848, RFC 6531 section 4.3). */
final class Protocols {

  static String name(boolean extended, boolean smtpUtf8, boolean tls, boolean authenticated) {
    if (!extended) {
      return "SMTP";
    }
    return (smtpUtf8 ? "UTF8SMTP" : "ESMTP") + (tls ? "S" : "") + (authenticated ? "A" : "");
  }

  private Protocols() {}
}
