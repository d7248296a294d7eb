package org.milena.listexpander.bounce.reading;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words of mail servers for what went wrong, in the order in which they are believed. A server
 * that says two things says the more telling first in this table: "5.1.1 ... mailbox full" is full.
 */
final class Phrases {

  /** A row: one of these stands in the text. */
  private record Row(FailureClass failure, Pattern words) {
    static Row of(FailureClass failure, String... phrases) {
      return new Row(failure, Pattern.compile(String.join("|", phrases)));
    }
  }

  // alternatives of plain words, each looked for at each place: linear, as each is short
  private static final List<Row> TABLE =
      List.of(
          // about the sender, before all that sounds like an unknown recipient
          Row.of(
              FailureClass.POLICY,
              "sender address (?:rejected|verif)",
              "(?:of|unroutable|unrouteable|invalid|bad) sender",
              "sender (?:was |is )?(?:rejected|denied|not allowed|domain|verify|verification)",
              "sending domain",
              "mail ?from domain",
              "(?:after|in reply to) mail from",
              "not allowed to send",
              "\\bspf\\b",
              "\\bdmarc\\b",
              "\\bdkim\\b",
              "unauthenticated",
              "authentication (?:information|required|level)",
              "authrequired",
              "reverse dns",
              "\\brdns\\b",
              "\\bptr\\b",
              "ip name lookup failed",
              "my name was rejected",
              "relay quota",
              "unverif[iy]able"),
          Row.of(
              FailureClass.SOFT,
              "(?:mailbox|mailfolder|inbox|account|user|storage|disk|filesystem)(?: for user)?"
                  + " (?:is )?full",
              "full mailbox",
              "quota",
              "insufficient (?:disk|system|storage)",
              "(?:disk|mailbox|mail) (?:space|storage)",
              "exceed\\w* (?:allowed|storage|maximum|its|the|administrative)",
              "too much mail",
              "size limit",
              "too (?:large|big)",
              "too many (?:hops|connections|recipients)",
              "hop count",
              "mail loop",
              "not found, try again",
              "(?:lock|connection rate|temporar\\w*) (?:failure|limit)",
              "temporar(?:y|ily) (?:locked|disabled|unavailable|deferred(?! due to))",
              "(?:account|mailbox|user)(?: that you tried to reach)? (?:is|has been|was)"
                  + " (?:temporarily |currently"
                  + " )?(?:disabled|locked|suspended|frozen|inactive|blocked)",
              "disabled (?:recipient|user|account|mailbox)",
              "inactive (?:recipient|user|account|mailbox)",
              "(?:recipient|account|mailbox) suspended"),
          Row.of(
              FailureClass.HARD,
              "(?:user|recipient|addressee|alias|mailbox|account|host) (?:is |was )?(?:unknown|not"
                  + " found|not exist|invalid)",
              "(?:unknown|invalid|nonexistent|non-existent|no such) (?:local |final |virtual"
                  + " )*(?:user|recipient|addressee|alias|mailbox|account|host|domain|e-?mail|address|person|delivery"
                  + " userid|local-?part)",
              "unknown or (?:illegal|invalid)",
              "recip(?:ient)?notfound",
              "(?:recipient|user)(?: name)? (?:is )?not (?:recogni[sz]ed|listed|known)",
              "not (?:recogni[sz]ed|listed in|known at|a valid (?:user|mailbox|recipient))",
              "(?:do|does)(?: not|n't) (?:exist|have an? \\S{1,100} account)",
              "may not exist, they",
              "no (?:mailbox|user|recipient|account)s? (?:here|by that)",
              "no valid recipients?",
              "(?:could not|couldn't|can't|cannot) (?:be found|find any host)",
              "did not exactly match",
              "domain (?:name )?not found",
              "host (?:or domain )?(?:name )?(?:\\S{1,200} )?not found",
              "unroute?able (?:mail )?(?:domain|address)",
              "bad destination",
              "invalid domain",
              "has moved|no forwarding address",
              "no longer (?:valid|active|in use|available|exists|here|works|employed)",
              "address rejected: access denied",
              "n'existe pas|existiert nicht|no existe",
              "no smtp service|does not accept mail|nullmx",
              "no matches to nameserver"),
          Row.of(
              FailureClass.POLICY,
              "\\b(?:anti)?spam(?:mer|ming)?\\b(?![.\\w-])",
              "\\bube\\b|\\buce\\b",
              "block(?:ed|list| list|ing)",
              "black ?list",
              "\\bdnsbl|\\brbl\\b",
              "spamhaus|spamcop|proofpoint",
              "polic(?:y|ies)",
              "reputation",
              "denied",
              "not (?:allowed|authori[sz]ed|permitted)",
              "unauthori[sz]ed",
              "forbidden",
              "content rejected|rejected (?:due to|for) content",
              "unsolicited",
              "virus|malware",
              "suspicious",
              "\\bbanned\\b",
              "complaints",
              "recipient preferences",
              "invalid ip for sending"),
          Row.of(
              FailureClass.SOFT,
              "timed? ?out",
              "expired",
              "giving up",
              "queue too long|within the allowed queue period|for a long time",
              "connection refused",
              "not (?:responding|reachable)",
              "collected after",
              "incorrectly constructed|malformed address"));

  private static final Pattern BLOCK_LIST =
      Pattern.compile("spamhaus\\.|spamcop\\.|dnsbl|sorbs\\.net|barracudacentral|abuseat\\.org");

  private static final Pattern AFTER_CONTENT =
      Pattern.compile(
          "after end of data|in reply to (?:the )?(?:end of )?data|>>> data|smtp command data"
              + "|after i sent the message");

  private static final Pattern AFTER_RECIPIENT =
      Pattern.compile("need rcpt|no valid rcpt|\\b503\\b");

  /** Whether a text points to a list of refused hosts, be it only in a link. */
  static boolean namesBlockList(String text) {
    return BLOCK_LIST.matcher(text).find();
  }

  /** Whether the host refused after it had the content; not so where commands were pipelined. */
  static boolean afterContent(String words) {
    return AFTER_CONTENT.matcher(words).find() && !AFTER_RECIPIENT.matcher(words).find();
  }

  /** What the first row that fits says. */
  static Optional<FailureClass> failure(String words) {
    for (Row row : TABLE) {
      if (row.words.matcher(words).find()) {
        return Optional.of(row.failure);
      }
    }
    return Optional.empty();
  }

  private Phrases() {}
}
