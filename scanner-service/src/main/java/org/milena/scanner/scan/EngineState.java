package org.milena.scanner.scan;

/** Whether an engine works. */
public sealed interface EngineState {

  /** It passed its probe. */
  record Ready() implements EngineState {}

  /**
   * It did not; waiting may help.
   *
   * @param reason a few words for the operator
   */
  record Out(String reason) implements EngineState {}
}
