package org.milena.listexpander.command;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of a command mail. The words of Mailman, mlmmj and Sympa are understood. */
sealed interface MailCommand {

  /** Join with the address one writes from. */
  record Subscribe() implements MailCommand {}

  /** Leave with the address one writes from. */
  record Unsubscribe() implements MailCommand {}

  /** Answer a confirmation. */
  record Confirm(String token) implements MailCommand {}

  /** Ask how it works. */
  record Help() implements MailCommand {}

  /** Nothing below is a command. */
  record End() implements MailCommand {}

  /**
   * Not done, and why.
   *
   * @param reason a sentence
   */
  record Refused(String reason) implements MailCommand {}

  /** Another person's address as an argument: {@code address=ann@example.org}, or bare. */
  Pattern SOMEBODY = Pattern.compile("(?i)(address=)?\\S*@\\S*");

  /** What programs put before the subject they answer. */
  Pattern REPLY = Pattern.compile("(?i)^(re|aw|sv|vs|antw|ref|rif|odp|fwd?)(\\[\\d+])?\\s*:\\s*");

  /** The command on a line; empty when its first word is none. */
  static Optional<MailCommand> parse(String line) {
    String[] words = line.strip().split("\\s+", 3);
    String argument = words.length > 1 ? words[1] : "";
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "subscribe", "join", "sub" -> Optional.of(forOneself(argument, new Subscribe()));
      case "unsubscribe", "leave", "unsub", "signoff", "remove" ->
          Optional.of(forOneself(argument, new Unsubscribe()));
      case "confirm" ->
          Optional.of(
              argument.isEmpty()
                  ? new Refused("confirm needs the token that you were sent")
                  : new Confirm(argument));
      case "help", "info", "?" -> Optional.of(new Help());
      case "end", "stop", "quit", "--" -> Optional.of(new End());
      default -> Optional.empty();
    };
  }

  /** The command in a subject, behind whatever marks it as an answer. */
  static Optional<MailCommand> parseSubject(String subject) {
    String rest = subject;
    for (int i = 0; i < 5; i++) {
      Matcher reply = REPLY.matcher(rest);
      if (!reply.find()) {
        break;
      }
      rest = rest.substring(reply.end());
    }
    return parse(rest);
  }

  private static MailCommand forOneself(String argument, MailCommand command) {
    return SOMEBODY.matcher(argument).matches()
        ? new Refused("only the address itself can ask for that: write from it")
        : command;
  }
}
