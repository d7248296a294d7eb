package org.milena.ingress.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.mail.ReversePath;
import org.milena.common.status.SmtpReply;
import org.milena.ingress.session.Command.Parameter;

/**
 * Reads the arguments of MAIL and RCPT (RFC 5321 section 4.1.1.2 and 4.1.1.3).
 *
 * <p>A source route ({@code <@a,@b:user@c>}) is read and forgotten, as RFC 5321 appendix C asks. An
 * address never gets a domain it was not written with.
 */
final class PathCommands {

  static Command mail(String argument) {
    return read(
        argument,
        "FROM:",
        Replies.MAIL_SYNTAX,
        Replies::badSender,
        (path, ascii, parameters) ->
            path.isEmpty()
                ? new Command.Mail(new ReversePath.Null(), ascii, parameters)
                : address(
                    path,
                    Replies::badSender,
                    address ->
                        new Command.Mail(new ReversePath.Mailbox(address), ascii, parameters)));
  }

  static Command rcpt(String argument) {
    return read(
        argument,
        "TO:",
        Replies.RCPT_SYNTAX,
        Replies::badRecipient,
        (path, ascii, parameters) ->
            path.equalsIgnoreCase("postmaster")
                ? new Command.Rcpt(new ForwardPath.Postmaster(), ascii, parameters)
                : address(
                    path,
                    Replies::badRecipient,
                    address ->
                        new Command.Rcpt(new ForwardPath.Mailbox(address), ascii, parameters)));
  }

  private interface Build {
    Command of(String path, boolean ascii, List<Parameter> parameters);
  }

  private static Command read(
      String argument,
      String prefix,
      SmtpReply syntax,
      Function<String, SmtpReply> bad,
      Build build) {
    if (!argument.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return new Command.Refused(syntax);
    }
    int start = prefix.length();
    while (start < argument.length() && CommandParser.isSpace(argument.charAt(start))) {
      start++;
    }
    if (start == argument.length() || argument.charAt(start) != '<') {
      return new Command.Refused(syntax);
    }
    int end = closingBracket(argument, start + 1);
    if (end < 0) {
      return new Command.Refused(bad.apply("closing bracket missing"));
    }
    if (end + 1 < argument.length() && !CommandParser.isSpace(argument.charAt(end + 1))) {
      return new Command.Refused(bad.apply("something follows the closing bracket"));
    }
    String path = argument.substring(start + 1, end);
    boolean ascii = path.chars().allMatch(c -> c < 0x80);
    if (path.startsWith("@")) {
      int colon = endOfRoute(path);
      if (colon < 0) {
        return new Command.Refused(bad.apply("bad source route"));
      }
      path = path.substring(colon + 1);
      if (path.isEmpty()) {
        return new Command.Refused(bad.apply("nothing follows the source route"));
      }
    }
    var parameters = new ArrayList<Parameter>(3);
    SmtpReply fault = parameters(argument, end + 1, parameters);
    return fault.positive()
        ? build.of(path, ascii, List.copyOf(parameters))
        : new Command.Refused(fault);
  }

  private static Command address(
      String path, Function<String, SmtpReply> bad, Function<MailAddress, Command> build) {
    return switch (MailAddress.parse(path)) {
      case ParsedAddress.Valid(var address) -> build.apply(address);
      case ParsedAddress.Invalid(var reason) -> new Command.Refused(bad.apply(reason));
    };
  }

  /** The first {@code >} outside quotes, or -1. */
  private static int closingBracket(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  /** The colon after a source route of well-formed domains, or -1. */
  private static int endOfRoute(String path) {
    boolean literal = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '[' || c == ']') {
        literal = c == '[';
      } else if (c == ':' && !literal) {
        for (String hop : path.substring(0, i).split(",", -1)) {
          if (MailAddress.parse("x" + hop) instanceof ParsedAddress.Invalid) {
            return -1;
          }
        }
        return i;
      }
    }
    return -1;
  }

  /** Collects them; answers with what is wrong with them, or with something positive. */
  private static SmtpReply parameters(String argument, int from, List<Parameter> into) {
    var keywords = new HashSet<String>();
    int i = from;
    while (true) {
      while (i < argument.length() && CommandParser.isSpace(argument.charAt(i))) {
        i++;
      }
      if (i == argument.length()) {
        return Replies.OK;
      }
      int end = i;
      while (end < argument.length() && !CommandParser.isSpace(argument.charAt(end))) {
        end++;
      }
      String word = argument.substring(i, end);
      int equals = word.indexOf('=');
      String keyword = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
      String value = equals < 0 ? null : word.substring(equals + 1);
      if (!isKeyword(keyword) || (value != null && !isValue(value))) {
        return Replies.PARAMETER_SYNTAX;
      }
      if (!keywords.add(keyword)) {
        return Replies.PARAMETER_TWICE;
      }
      into.add(new Parameter(keyword, value));
      i = end;
    }
  }

  /** {@code esmtp-keyword}. */
  private static boolean isKeyword(String word) {
    return !word.isEmpty()
        && word.charAt(0) != '-'
        && word.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
  }

  /** {@code esmtp-value}, with what RFC 6531 adds. */
  private static boolean isValue(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != '=' && c != 0x7F);
  }

  private PathCommands() {}
}
