package org.milena.standalone.cli;

/**
 * What the doctor found at one place.
 *
 * @param place what was looked at
 * @param text what is there, and what to do when it is not well
 */
record Finding(Level level, String place, String text) {

  /** How well it is. */
  enum Level {
    OK("ok  "),
    NOTE("note"),
    BAD("BAD ");

    private final String sign;

    Level(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  static Finding ok(String place, String text) {
    return new Finding(Level.OK, place, text);
  }

  static Finding note(String place, String text) {
    return new Finding(Level.NOTE, place, text);
  }

  static Finding bad(String place, String text) {
    return new Finding(Level.BAD, place, text);
  }
}
