package org.milena.standalone.cli;

/** A command could not do what was asked. The message is the sentence a person reads. */
class CliFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The site answered, and does not want this one thing; another one may go well. */
  static final class Refused extends CliFailure {
    private static final long serialVersionUID = 1;

    Refused(String sentence) {
      super(sentence);
    }
  }

  /** The site cannot do it at the moment; the same again may go well. */
  static final class Unavailable extends CliFailure {
    private static final long serialVersionUID = 1;

    Unavailable(String sentence) {
      super(sentence);
    }
  }

  CliFailure(String sentence) {
    super(sentence);
  }

  CliFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
