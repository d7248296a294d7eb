package org.milena.archive.post;

/** Two instances changed one post at the same time; whoever gets this looks again and repeats. */
public class PostConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence that names the post. */
  public PostConflictException(String message) {
    super(message);
  }
}
