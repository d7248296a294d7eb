package org.milena.ingress.session;

import java.util.List;
import org.milena.common.mail.MailId;
import org.milena.common.status.SmtpReply;

/**
 * Every reply this service gives, except the greeting and the answer to EHLO: one place to see
 * which situation has which code. Texts are for people and say nothing about our inside.
 */
public final class Replies {

  // going on
  static final SmtpReply BYE = SmtpReply.of(221, "2.0.0", "Bye");
  static final SmtpReply OK = SmtpReply.of(250, "2.0.0", "Ok");
  static final SmtpReply SENDER_OK = SmtpReply.of(250, "2.1.0", "Ok");
  static final SmtpReply RECIPIENT_OK = SmtpReply.of(250, "2.1.5", "Ok");
  static final SmtpReply READY_FOR_TLS = SmtpReply.of(220, "2.0.0", "Ready to start TLS");
  static final SmtpReply LOGGED_IN = SmtpReply.of(235, "2.7.0", "Authentication succeeded");
  static final SmtpReply GO_AHEAD = SmtpReply.plain(354, "End data with <CR><LF>.<CR><LF>");
  static final SmtpReply ASK_USERNAME = SmtpReply.plain(334, "VXNlcm5hbWU6");
  static final SmtpReply ASK_PASSWORD = SmtpReply.plain(334, "UGFzc3dvcmQ6");
  static final SmtpReply ASK_INITIAL = SmtpReply.plain(334, "");
  // the same for every argument: who is here is nobody's business (RFC 5321 section 7.3)
  static final SmtpReply CANNOT_VERIFY =
      SmtpReply.of(252, "2.0.0", "Send some mail, and we will try to deliver it");
  static final SmtpReply HELP =
      SmtpReply.of(
          214,
          "2.0.0",
          "EHLO HELO MAIL RCPT DATA RSET NOOP VRFY QUIT HELP STARTTLS AUTH; see RFC 5321");

  // words we don't know
  static final SmtpReply UNKNOWN_COMMAND = SmtpReply.of(500, "5.5.2", "Command not recognized");
  static final SmtpReply LINE_TOO_LONG = SmtpReply.of(500, "5.5.2", "Line too long");
  static final SmtpReply AUTH_LINE_TOO_LONG = SmtpReply.of(500, "5.5.6", "Line too long");
  static final SmtpReply NOT_TEXT = SmtpReply.of(500, "5.5.2", "Line holds what is no text");
  static final SmtpReply NOT_IMPLEMENTED = SmtpReply.of(502, "5.5.1", "Command not implemented");
  static final SmtpReply NO_CHUNKING =
      SmtpReply.of(
          502, "5.5.1", "CHUNKING is not offered here; closing, lest chunks be read as commands");
  static final SmtpReply NOT_SMTP = SmtpReply.of(502, "5.7.0", "This is an SMTP server");
  static final SmtpReply NO_ARGUMENT = SmtpReply.of(501, "5.5.4", "This command takes no argument");
  static final SmtpReply ARGUMENT_MISSING = SmtpReply.of(501, "5.5.4", "Argument missing");
  // replies to EHLO and HELO have no enhanced code (RFC 2034 section 4)
  static final SmtpReply HELO_NAME = SmtpReply.plain(501, "Syntax: EHLO hostname");
  static final SmtpReply MAIL_SYNTAX = SmtpReply.of(501, "5.5.4", "Syntax: MAIL FROM:<address>");
  static final SmtpReply RCPT_SYNTAX = SmtpReply.of(501, "5.5.4", "Syntax: RCPT TO:<address>");
  static final SmtpReply BARE_LINE_END =
      SmtpReply.of(550, "5.5.2", "Lines must end in CR LF; a bare CR or LF was received");
  static final SmtpReply NOT_YOUR_TURN =
      SmtpReply.of(554, "5.5.0", "SMTP protocol synchronization: you spoke before our reply");

  // out of order
  static final SmtpReply HELLO_FIRST = SmtpReply.of(503, "5.5.1", "Say EHLO first");
  static final SmtpReply MAIL_FIRST = SmtpReply.of(503, "5.5.1", "Need MAIL first");
  static final SmtpReply RCPT_FIRST = SmtpReply.of(503, "5.5.1", "Need RCPT first");
  static final SmtpReply NESTED_MAIL = SmtpReply.of(503, "5.5.1", "There is a sender already");
  static final SmtpReply IN_TRANSACTION = SmtpReply.of(503, "5.5.1", "Not in a mail transaction");
  static final SmtpReply NO_VALID_RECIPIENTS = SmtpReply.of(554, "5.5.1", "No valid recipients");
  static final SmtpReply TLS_ALREADY = SmtpReply.of(503, "5.5.1", "TLS is on already");
  static final SmtpReply LOGGED_IN_ALREADY =
      SmtpReply.of(503, "5.5.1", "You are logged in already");

  // parameters
  static final SmtpReply PARAMETER_UNKNOWN = SmtpReply.of(555, "5.5.4", "Parameter not supported");
  static final SmtpReply PARAMETER_TWICE = SmtpReply.of(501, "5.5.4", "Parameter given twice");
  static final SmtpReply PARAMETER_SYNTAX = SmtpReply.of(501, "5.5.4", "Bad parameter syntax");
  static final SmtpReply PARAMETER_VALUE = SmtpReply.of(501, "5.5.4", "Bad parameter value");
  static final SmtpReply NEEDS_SMTPUTF8 =
      SmtpReply.of(553, "5.6.7", "This address needs SMTPUTF8 in MAIL");

  // TLS and login
  static final SmtpReply TLS_FIRST = SmtpReply.of(530, "5.7.0", "Say STARTTLS first");
  static final SmtpReply LOGIN_FIRST = SmtpReply.of(530, "5.7.0", "Authentication required");
  static final SmtpReply TLS_BEFORE_LOGIN =
      SmtpReply.of(538, "5.7.11", "Encryption required for authentication");
  static final SmtpReply NO_LOGIN_HERE =
      SmtpReply.of(502, "5.5.1", "No authentication on this port");
  static final SmtpReply MECHANISM_UNKNOWN = SmtpReply.of(504, "5.5.4", "Mechanism not supported");
  static final SmtpReply LOGIN_CANCELLED = SmtpReply.of(501, "5.7.0", "Authentication cancelled");
  static final SmtpReply NOT_BASE64 = SmtpReply.of(501, "5.5.2", "Not Base64");
  static final SmtpReply LOGIN_FAILED = SmtpReply.of(535, "5.7.8", "Authentication failed");
  static final SmtpReply LOGIN_LATER =
      SmtpReply.of(454, "4.7.0", "Temporary authentication failure");

  // senders and recipients
  static final SmtpReply SENDER_NOT_YOURS =
      SmtpReply.of(550, "5.7.1", "You may send as the address of your account only");
  static final SmtpReply UNKNOWN_RECIPIENT =
      SmtpReply.of(550, "5.1.1", "No such list or address here");
  static final SmtpReply RELAY_DENIED = SmtpReply.of(550, "5.7.1", "Relaying denied");
  static final SmtpReply NULL_SENDER =
      SmtpReply.of(550, "5.7.1", "Reports with the sender <> are not posted to lists");
  static final SmtpReply TOO_MANY_RECIPIENTS =
      SmtpReply.of(452, "4.5.3", "Too many recipients, send the rest in another transaction");

  // messages
  static final SmtpReply TOO_LARGE = SmtpReply.of(552, "5.3.4", "Message too large");
  static final SmtpReply HEADER_TOO_LONG = SmtpReply.of(554, "5.6.0", "Too many header fields");
  static final SmtpReply TOO_MANY_HOPS =
      SmtpReply.of(554, "5.4.6", "Too many Received fields, this message goes in circles");
  static final SmtpReply AUTHOR_NOT_YOURS =
      SmtpReply.of(550, "5.7.1", "From must be the address of your account and no other");
  static final SmtpReply NO_ROOM = SmtpReply.of(452, "4.3.1", "No room at the moment, try again");
  static final SmtpReply LATER = SmtpReply.of(451, "4.3.0", "Not able to take it now, try again");

  // goodbyes
  static final SmtpReply TOO_MANY_ERRORS = SmtpReply.of(421, "4.7.0", "Too many errors");
  static final SmtpReply TOO_MANY_LOGINS = SmtpReply.of(421, "4.7.0", "Too many failed logins");
  static final SmtpReply TOO_MANY_MESSAGES =
      SmtpReply.of(421, "4.7.0", "Enough messages for one session, connect again");

  /** For a connection too many of one network. */
  public static final SmtpReply TOO_MANY_CONNECTIONS =
      SmtpReply.of(421, "4.7.0", "Too many connections from your network");

  /** For a connection when there are as many as we can serve. */
  public static final SmtpReply BUSY =
      SmtpReply.of(421, "4.3.2", "Too many connections, try again");

  /** For a client that let us wait. */
  public static final SmtpReply TIMEOUT = SmtpReply.of(421, "4.4.2", "Timeout, closing");

  /** When we stop. */
  public static final SmtpReply SHUTTING_DOWN =
      SmtpReply.of(421, "4.3.2", "Shutting down, try again");

  /** When something of ours is broken (RFC 5321 section 3.8). */
  public static final SmtpReply OUR_FAULT =
      SmtpReply.of(421, "4.3.0", "An error of ours, try again");

  static SmtpReply queued(MailId id) {
    return SmtpReply.of(250, "2.0.0", "Ok: queued as " + id);
  }

  static SmtpReply badSender(String reason) {
    return SmtpReply.of(501, "5.1.7", "Bad sender address: " + reason);
  }

  static SmtpReply badRecipient(String reason) {
    return SmtpReply.of(501, "5.1.3", "Bad recipient address: " + reason);
  }

  static SmtpReply greeting(String hostname) {
    return SmtpReply.plain(220, hostname + " ESMTP Milena");
  }

  static SmtpReply hello(String hostname) {
    return SmtpReply.plain(250, hostname);
  }

  static SmtpReply extendedHello(List<String> lines) {
    return new SmtpReply(250, null, lines);
  }

  private Replies() {}
}
