package org.milena.common.stage;

/** A pointer at another mail, or at nothing: a defect. What it points at is never sent. */
public class DeadPointerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence that says what was expected and what was found. */
  public DeadPointerException(String message) {
    super(message);
  }
}
