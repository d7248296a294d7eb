package org.milena.scanner.scan;

/**
 * An engine was asked and gave no verdict: it closed the connection, answered an error or something
 * unknown, or took too long. Says nothing about the message.
 */
public class NotScannedException extends Exception {

  private static final long serialVersionUID = 1;

  /** With a few words that say what the engine did instead. */
  public NotScannedException(String message) {
    super(message);
  }

  /** With its cause. */
  public NotScannedException(String message, Throwable cause) {
    super(message, cause);
  }
}
