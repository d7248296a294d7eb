package org.milena.ingress.session;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads command lines. Verbs in any case, white space at the end, tabs between words and a space
 * before the path of MAIL and RCPT are forgiven; nothing else is.
 */
final class CommandParser {

  /** Longest name in EHLO: a domain (RFC 5321 section 4.5.3.1.2). */
  private static final int MAX_HELO = 255;

  static Command parse(String line) {
    int length = line.length();
    for (int i = 0; i < length; i++) {
      char c = line.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7F) {
        return new Command.Refused(Replies.NOT_TEXT);
      }
    }
    int end = 0;
    while (end < length && !isSpace(line.charAt(end))) {
      end++;
    }
    String verb = line.substring(0, end).toUpperCase(Locale.ROOT);
    String argument = strip(line, end);
    return switch (verb) {
      case "EHLO" -> hello(argument, true);
      case "HELO" -> hello(argument, false);
      case "MAIL" -> PathCommands.mail(argument);
      case "RCPT" -> PathCommands.rcpt(argument);
      case "DATA" -> without(argument, new Command.Data());
      case "RSET" -> without(argument, new Command.Reset());
      case "NOOP" -> new Command.Noop();
      case "QUIT" -> without(argument, new Command.Quit());
      case "STARTTLS" -> without(argument, new Command.StartTls());
      case "VRFY" -> verify(argument);
      case "HELP" -> new Command.Help();
      case "AUTH" -> auth(argument);
      case "EXPN",
          "TURN",
          "ETRN",
          "ATRN",
          "SEND",
          "SOML",
          "SAML",
          "XCLIENT",
          "XFORWARD",
          "XADR",
          "BURL" ->
          new Command.Refused(Replies.NOT_IMPLEMENTED);
      case "BDAT" -> new Command.Fatal(Replies.NO_CHUNKING);
      case "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PRI" ->
          new Command.Fatal(Replies.NOT_SMTP);
      default ->
          // "Host: example.org" is the header of something else
          verb.endsWith(":")
              ? new Command.Fatal(Replies.NOT_SMTP)
              : new Command.Refused(Replies.UNKNOWN_COMMAND);
    };
  }

  private static Command hello(String name, boolean extended) {
    boolean isName = !name.isEmpty() && name.length() <= MAX_HELO && isPrintable(name);
    return isName ? new Command.Hello(name, extended) : new Command.Refused(Replies.HELO_NAME);
  }

  private static boolean isPrintable(String name) {
    return name.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static Command verify(String argument) {
    if (argument.isEmpty()) {
      return new Command.Refused(Replies.ARGUMENT_MISSING);
    }
    // RFC 6531 section 3.7.4.2
    boolean ascii = argument.chars().allMatch(c -> c < 0x80);
    return ascii || argument.toUpperCase(Locale.ROOT).endsWith(" SMTPUTF8")
        ? new Command.Verify()
        : new Command.Refused(Replies.NEEDS_SMTPUTF8);
  }

  private static Command auth(String argument) {
    int space = 0;
    while (space < argument.length() && !isSpace(argument.charAt(space))) {
      space++;
    }
    String mechanism = argument.substring(0, space).toUpperCase(Locale.ROOT);
    if (mechanism.isEmpty()) {
      return new Command.Refused(Replies.ARGUMENT_MISSING);
    }
    String rest = strip(argument, space);
    @Nullable String initial = rest.isEmpty() ? null : rest;
    return new Command.Auth(mechanism, initial);
  }

  private static Command without(String argument, Command command) {
    return argument.isEmpty() ? command : new Command.Refused(Replies.NO_ARGUMENT);
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** What follows from here on, without white space around it. */
  static String strip(String text, int from) {
    int start = from;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Whether the line, however long, begins an AUTH command: those may be longer than others. */
  static boolean isAuth(String line) {
    return line.regionMatches(true, 0, "AUTH ", 0, 5);
  }

  private CommandParser() {}
}
