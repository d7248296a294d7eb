package org.milena.scanner.authentication.lookup;

/** Told of what came of look-ups; for meters. Must be quick and must not throw. */
@FunctionalInterface
public interface LookupListener {

  /** What came of a look-up. */
  enum Ending {
    /** What there is, or that there is nothing. */
    ANSWERED,
    /** A server could not say, or none answered in time. */
    TROUBLE,
    /** No server has answered for a while, so none was asked. */
    NOT_ASKED
  }

  /** A look-up ended. */
  void lookedUp(Ending ending);

  /** Hears nothing. */
  LookupListener NONE = _ -> {};
}
