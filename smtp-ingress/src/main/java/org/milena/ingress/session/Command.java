package org.milena.ingress.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ReversePath;
import org.milena.common.status.SmtpReply;

/** A command line, read (RFC 5321 section 4.1). */
sealed interface Command {

  /** EHLO, or HELO when not extended. */
  record Hello(String name, boolean extended) implements Command {}

  /**
   * MAIL.
   *
   * @param ascii whether the path as it was written is; a domain in U-labels is not
   */
  record Mail(ReversePath path, boolean ascii, List<Parameter> parameters) implements Command {}

  /** RCPT. */
  record Rcpt(ForwardPath path, boolean ascii, List<Parameter> parameters) implements Command {}

  /** DATA. */
  record Data() implements Command {}

  /** RSET. */
  record Reset() implements Command {}

  /** NOOP, whatever follows it. */
  record Noop() implements Command {}

  /** QUIT. */
  record Quit() implements Command {}

  /** VRFY; whom, does not matter. */
  record Verify() implements Command {}

  /** HELP. */
  record Help() implements Command {}

  /** STARTTLS. */
  record StartTls() implements Command {}

  /**
   * AUTH.
   *
   * @param mechanism in upper case
   * @param initial the initial response as it was written, if there was one
   */
  record Auth(String mechanism, @Nullable String initial) implements Command {}

  /** A line that is refused for what it is, whatever the state. */
  record Refused(SmtpReply reply) implements Command {}

  /**
   * A line after which nothing more must be read: it is no SMTP, or we can't know where it ends.
   */
  record Fatal(SmtpReply reply) implements Command {}

  /**
   * A parameter of MAIL or RCPT (RFC 5321 section 4.1.2).
   *
   * @param keyword in upper case
   * @param value null without an equals sign
   */
  record Parameter(String keyword, @Nullable String value) {}

  /**
   * Whether a client that keeps the rules may have sent more behind this command. After HELO
   * nothing may follow anything, since pipelining was not offered; but what follows QUIT or a line
   * that is refused can do no harm.
   *
   * @param extended whether EHLO was said
   */
  default boolean mayBeFollowed(boolean extended) {
    return switch (this) {
      case Hello _, Data _, StartTls _, Auth _ -> false;
      case Quit _, Refused _, Fatal _ -> true;
      case Mail _, Rcpt _, Reset _, Noop _, Verify _, Help _ -> extended;
    };
  }
}
