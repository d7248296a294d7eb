package org.milena.listexpander.migration.pickle;

/** Ends the reading of a pickle from within; never leaves this package. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  Refusal(String reason, int offset) {
    super(reason, null, false, false);
    this.offset = offset;
  }

  PickleResult.Refused asResult() {
    return new PickleResult.Refused(String.valueOf(getMessage()), offset);
  }
}
