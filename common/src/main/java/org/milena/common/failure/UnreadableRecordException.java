package org.milena.common.failure;

/** A record that this version cannot read: a defect, ours or its writer's. */
public class UnreadableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence that says what is wrong with it. */
  public UnreadableRecordException(String message) {
    super(message);
  }

  /** With its cause. */
  public UnreadableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
