package org.milena.listexpander.command;

import java.util.ArrayList;
import java.util.List;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.incoming.FirstText;

/** The lines of a mail that may hold commands. */
final class CommandText {
  /** So many at most, empty ones not counted. */
  static final int MAX_LINES = 10;

  private static final int MAX_OCTETS = 16 * 1024;

  /** The first lines of the first text, plain or else HTML; none when there is no such text. */
  static List<String> of(RawMessage message) {
    List<String> lines = new ArrayList<>();
    for (String line : FirstText.plainOrHtml(message, MAX_OCTETS).orElse("").split("\\R", -1)) {
      if (!line.isBlank() && lines.size() < MAX_LINES) {
        lines.add(line.strip());
      }
    }
    return lines;
  }

  private CommandText() {}
}
