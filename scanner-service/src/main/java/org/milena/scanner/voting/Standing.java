package org.milena.scanner.voting;

import java.util.List;

/**
 * How a vote stands after some voices; their order changes nothing.
 *
 * <p>Row: how it stood. Column: the next voice.
 *
 * <pre>
 *              CLEAN    INFECTED  UNSCANNABLE  SILENT
 * OPEN         CLEAN    INFECTED  UNREADABLE   WAITING
 * CLEAN        CLEAN    INFECTED  DOUBTED      WAITING
 * INFECTED     INFECTED INFECTED  INFECTED     INFECTED
 * UNREADABLE   DOUBTED  INFECTED  UNREADABLE   WAITING
 * DOUBTED      DOUBTED  INFECTED  DOUBTED      WAITING
 * WAITING      WAITING  INFECTED  WAITING      WAITING
 * </pre>
 */
enum Standing {
  /** Nobody has said anything. */
  OPEN,
  /** All read it and found nothing. */
  CLEAN,
  /** One positive suffices, whoever else says what. */
  INFECTED,
  /** Nobody could read all of it. */
  UNREADABLE,
  /** Some read it and found nothing, others could not read all of it. */
  DOUBTED,
  /** Somebody who is out may know better. */
  WAITING;

  private static final List<List<Standing>> TABLE =
      List.of(
          //      CLEAN     INFECTED  UNSCANNABLE SILENT
          List.of(CLEAN, INFECTED, UNREADABLE, WAITING), // OPEN
          List.of(CLEAN, INFECTED, DOUBTED, WAITING), // CLEAN
          List.of(INFECTED, INFECTED, INFECTED, INFECTED), // INFECTED
          List.of(DOUBTED, INFECTED, UNREADABLE, WAITING), // UNREADABLE
          List.of(DOUBTED, INFECTED, DOUBTED, WAITING), // DOUBTED
          List.of(WAITING, INFECTED, WAITING, WAITING)); // WAITING

  /** How it stands after one more voice. */
  Standing then(Voice voice) {
    return TABLE.get(ordinal()).get(voice.ordinal());
  }

  /** How it stands after all of these. */
  static Standing of(Iterable<Voice> voices) {
    Standing standing = OPEN;
    for (Voice voice : voices) {
      standing = standing.then(voice);
    }
    return standing;
  }
}
