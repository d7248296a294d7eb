package org.milena.scanner.scan;

import org.milena.common.mail.RawMessage;

/**
 * Something that reads a whole message and says whether it is harmful. May be used by many threads
 * at once.
 */
public interface Engine {

  /** Names it in reports and metrics; lower case, one word. */
  String name();

  /** Version of engine and database as far as it says; never fails, empty when not known. */
  String version();

  /**
   * Reads a message.
   *
   * @throws NotScannedException when it gave no verdict, whatever the reason
   * @throws org.milena.common.failure.OutageException when it is known to be out and was not asked
   */
  EngineVerdict scan(RawMessage message) throws NotScannedException;

  /** Whether it works at all: it answers, and it reads a message that is known to be clean. */
  EngineState probe();
}
