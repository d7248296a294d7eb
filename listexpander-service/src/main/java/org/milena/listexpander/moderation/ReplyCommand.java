package org.milena.listexpander.moderation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.milena.common.command.HeldChange.HeldDecision;

/** What a moderator's answer to a notice says: its first line decides, and what is quoted never. */
sealed interface ReplyCommand {
  /** Longest comment; the rest is left out. */
  int MAX_COMMENT = 10_000;

  /** So many lines of an answer are looked at. */
  int MAX_LINES = 1_000;

  /**
   * A decision.
   *
   * @param comment for the author of a rejected post; else empty
   * @param force whether an author is trusted who is not proven
   */
  record Decide(HeldDecision decision, String comment, boolean force) implements ReplyCommand {}

  /** The first line is empty, or quoted. */
  record Nothing() implements ReplyCommand {}

  /** The first word is none of ours. */
  record Unknown(String word) implements ReplyCommand {}

  /**
   * Reads an answer.
   *
   * @param text as it was typed, with what it quotes
   */
  static ReplyCommand parse(String text) {
    List<String> lines = text.lines().limit(MAX_LINES).toList();
    String first = lines.isEmpty() ? "" : lines.getFirst().strip();
    if (first.isEmpty() || first.startsWith(">")) {
      return new Nothing();
    }
    String[] words = first.split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    String word = words[0].toLowerCase(Locale.ROOT).replaceAll("[.,:;!*\"']+", "");
    return switch (word) {
      case "accept", "approve" -> new Decide(HeldDecision.ACCEPT, "", false);
      case "trust" ->
          new Decide(
              HeldDecision.ACCEPT_AND_TRUST, "", rest.toLowerCase(Locale.ROOT).startsWith("force"));
      case "reject" -> new Decide(HeldDecision.REJECT, comment(rest, lines), false);
      case "discard" -> new Decide(HeldDecision.DISCARD, "", false);
      default -> new Unknown(words[0].substring(0, Math.min(40, words[0].length())));
    };
  }

  /** What was typed: up to what is quoted, and the line above that says who wrote it. */
  private static String comment(String rest, List<String> lines) {
    List<String> typed = new ArrayList<>();
    typed.add(rest);
    boolean quotes = false;
    for (String line : lines.subList(1, lines.size())) {
      quotes = line.stripLeading().startsWith(">");
      if (quotes || endsTyped(line)) {
        break;
      }
      typed.add(line.stripTrailing());
    }
    trim(typed);
    if (quotes && typed.size() > 1 && typed.getLast().endsWith(":")) {
      int from = typed.subList(1, typed.size()).lastIndexOf("") + 2;
      typed.subList(Math.max(1, Math.max(from, typed.size() - 3)), typed.size()).clear();
      trim(typed);
    }
    String comment = String.join("\n", typed).strip();
    return comment.length() <= MAX_COMMENT ? comment : comment.substring(0, MAX_COMMENT);
  }

  private static boolean endsTyped(String line) {
    return line.stripTrailing().equals("--") // a signature (RFC 3676 section 4.3)
        || line.startsWith("-----Original")
        || line.startsWith("________");
  }

  private static void trim(List<String> lines) {
    while (lines.size() > 1 && lines.getLast().isBlank()) {
      lines.removeLast();
    }
  }
}
