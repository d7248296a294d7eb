package org.milena.common.mail;

/** Angle brackets around a path. */
final class Brackets {

  private Brackets() {}

  /** Without them, if both are there. */
  static String strip(String text) {
    return text.length() >= 2 && text.startsWith("<") && text.endsWith(">")
        ? text.substring(1, text.length() - 1)
        : text;
  }
}
