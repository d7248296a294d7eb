package org.milena.standalone.cli;

/** A command could not do what was asked. The message is the sentence a person reads. */
final class CliFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  CliFailure(String sentence) {
    super(sentence);
  }

  CliFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
