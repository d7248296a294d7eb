package org.milena.common.failure;

/**
 * Something we depend on is away. Waiting may help; it is never the mail's fault, and never leads
 * to a dead letter.
 */
public class OutageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence that names what is away. */
  public OutageException(String message) {
    super(message);
  }

  /** With its cause. */
  public OutageException(String message, Throwable cause) {
    super(message, cause);
  }
}
