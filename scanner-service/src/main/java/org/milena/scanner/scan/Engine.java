package org.milena.scanner.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that reads a whole message and says what it is. May be used by many threads at once.
 *
 * <p>A new vendor is one class that implements this and passes {@code EngineContract} and {@code
 * AntivirusContract} or {@code SpamFilterContract}; as a bean it is guarded, asked and counted like
 * the others.
 */
public interface Engine {

  /** What an engine judges. */
  enum Role {
    /** The checks that are always there; their clean is no vote, their objections are. */
    BUILTIN,
    /** Malware; these vote. */
    ANTIVIRUS,
    /** Spam; says nothing about malware, so its clean is no vote either. */
    SPAM
  }

  /** Names it in reports and metrics; lower case, one word. */
  String name();

  /** What it judges. */
  Role role();

  /**
   * Version of engine and database as far as it says; never fails, empty when not known. Another
   * version means that what it said before counts no more.
   */
  String version();

  /** When the database it judges by was made, as far as it says. */
  default Optional<Instant> databaseTime() {
    return Optional.empty();
  }

  /**
   * Reads a message.
   *
   * @throws NotScannedException when it gave no verdict, whatever the reason
   * @throws org.milena.common.failure.OutageException when it is known to be out and was not asked
   */
  EngineVerdict scan(Specimen specimen) throws NotScannedException;

  /** Whether it works at all: it answers, and it reads a message that is known to be clean. */
  EngineState probe();
}
