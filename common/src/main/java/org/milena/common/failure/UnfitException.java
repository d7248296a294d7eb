package org.milena.common.failure;

/**
 * We must not start like this: a setting, a topic, a key, a certificate. The message is one
 * sentence for the operator that names what is wrong and what would be lost.
 */
public class UnfitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With that sentence. */
  public UnfitException(String message) {
    super(message);
  }

  /** With that sentence and its cause. */
  public UnfitException(String message, Throwable cause) {
    super(message, cause);
  }
}
