package org.milena.scanner.scan;

/** What one engine has to say of a mail. */
public sealed interface Word {

  /** The engine's name. */
  String engine();

  /** What the engine judges. */
  Engine.Role role();

  /**
   * It read the mail.
   *
   * @param version of engine and database, as far as it says
   */
  record Said(String engine, Engine.Role role, String version, EngineVerdict verdict)
      implements Word {}

  /**
   * It is out, and nothing is known of the mail.
   *
   * @param reason a sentence for the operator
   */
  record Silent(String engine, Engine.Role role, String reason) implements Word {}
}
