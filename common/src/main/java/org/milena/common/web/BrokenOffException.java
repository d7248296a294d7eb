package org.milena.common.web;

/**
 * An answer ends behind its beginning: nobody may take a part of it for the whole, so whoever gets
 * this lets the connection break.
 */
public final class BrokenOffException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** For a reason of ours. */
  public BrokenOffException(Throwable cause) {
    super(cause);
  }

  /** For a reason of the reader's. */
  public BrokenOffException(String message) {
    super(message);
  }
}
