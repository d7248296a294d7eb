package org.milena.archive.search;

import java.util.Optional;

/** What may stand before a colon. */
enum Prefix {
  SUBJECT,
  FROM,
  TO,
  BODY,
  FILE,
  DATE,
  AFTER,
  BEFORE,
  LIST,
  MESSAGE_ID,
  HAS;

  /** By its short or long name, in lower case. */
  static Optional<Prefix> find(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "s", "subject" -> SUBJECT;
          case "f", "from" -> FROM;
          case "t", "to", "c", "cc" -> TO;
          case "b", "body" -> BODY;
          case "n", "filename", "file" -> FILE;
          case "d", "date" -> DATE;
          case "after", "since" -> AFTER;
          case "before", "until" -> BEFORE;
          case "l", "list" -> LIST;
          case "m", "mid" -> MESSAGE_ID;
          case "has" -> HAS;
          default -> null;
        });
  }
}
