package org.milena.scanner.authentication.spf;

/** An error in a policy; without a stack trace, since hostile zones make many of them. */
final class SyntaxFault extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  SyntaxFault(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
