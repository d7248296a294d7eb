package org.milena.listexpander.bounce.reading;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What families of mail servers write when they write prose: the line that opens the list of the
 * recipients, and how a recipient's line looks.
 *
 * <p>All patterns are tried on one bounded line, none has a repetition in a repetition.
 */
final class MtaFamilies {
  private static final String A = "(" + ReportAddresses.ADDRESS + ")";

  private static final String THE_FOLLOWING =
      "(?:following|these) (?:list of )?(?:address|recipient|user)(?:e?s|\\(e?s\\))?(?: or"
          + " groups)?";

  private static final String FAILS =
      "(?:fail|not |n't |unable|error|reject|returned|undeliver|delay|problem)";

  /**
   * An address alone at the start of a line, in what is put around it; not one that a sentence
   * happens to begin its line with.
   */
  private static final Pattern AT_START =
      Pattern.compile(
          "^[\\s>*\"'<-]{0,40}"
              + A
              + "(?=[>\"')\\]]{0,3}(?:\\s*$|\\s?:|\\s?\\.\\.\\.|\\s{0,20}[\\[(<-]|\\s{1,4}on"
              + " |[,;.]\\s*$))");

  /**
   * A row.
   *
   * @param opens on a line in lower case, or on it and the one before; absent where a recipient's
   *     line needs no opening
   * @param recipient its first group is the address
   */
  private record Family(String name, Optional<Pattern> opens, Pattern recipient) {
    static Family listed(String name, String opens) {
      return new Family(name, Optional.of(Pattern.compile(opens)), AT_START);
    }

    static Family listed(String name, String opens, String recipient) {
      return new Family(
          name, Optional.of(Pattern.compile(opens)), Pattern.compile("(?i)" + recipient));
    }

    static Family inLine(String name, String recipient) {
      return new Family(name, Optional.empty(), Pattern.compile("(?i)" + recipient));
    }
  }

  private static final List<Family> TABLE =
      List.of(
          Family.listed("Exim, GMX, 1&1, MXLogic", "address(?:\\(?es\\)?)? failed:?\\s*$"),
          Family.listed(
              "Exim warning", "not yet been delivered(?: to the following addresses| is)?:?\\s*$"),
          Family.inLine("Exim malformed", "<" + A + ">: malformed address"),
          Family.inLine("Exim local part only", "rcpt to:\\s?<" + A + ">:\\s*$"),
          Family.inLine(
              "qmail, Postfix, Yahoo, Courier",
              "^\\s{0,4}<" + A + ">(?::(?=\\s|$)| \\(expanded from)"),
          Family.listed("Sendmail", "the following addresses had .{0,40}(?:errors|problems)"),
          Family.listed(
              "Sendmail 5, 8 transcript",
              "transcript of (?:the )?session follows|bounced, cannot deliver:",
              "^(?:5\\d\\d |\\s{1,8})<?" + A + ">?(?=\\.\\.\\.|,|\\s*$)"),
          Family.listed(
              "Exchange, qmail, MailMarshal, iMS and others",
              FAILS + ".{0,120}" + THE_FOLLOWING + "\\s?:?\\.?\\s*$"),
          Family.listed(
              "Gmail, Netscape, AOL, hMailServer and others",
              THE_FOLLOWING
                  + "(?: has| have| had| were| was| could| can)?(?: ?not| failed| been delayed|"
                  + " aborted| affected| errors)(?: [a-z]{1,20}){0,6}\\s?:?\\.?\\s*$"),
          Family.listed(
              "Exchange 5.5, GroupWise",
              "did not reach the following recipient(?:s|\\(s\\))?:",
              "^(?:.{0,200}smtp=|.{0,80}recipient: )?\\s{0,10}" + A + "(?=$|[\\s;,])"),
          Family.listed(
              "Exchange in German, French, Spanish, Italian",
              "an folgende empf.nger oder verteilerlisten|la remise .{0,20}a ces destinataires"
                  + "|chec de la remise|no se pudo entregar el mensaje|impossibile recapitare"),
          Family.listed("Domino", "(?:was not delivered|could not be delivered) to:\\s*$"),
          Family.listed("Notes", "- failure reasons\\s{1,10}-"),
          Family.listed("MDaemon", "did not receive (?:a copy of )?your message:?\\s*$"),
          Family.listed("Smail", "failed addresses follow"),
          Family.listed("E500 and others", "failed recipients(?: -|:?\\s*$)"),
          Family.listed("EarthLink", "unable to deliver your message to:?\\s*$"),
          Family.listed("EYOU", "this is the deliver program at"),
          Family.listed("GroupWise", "undeliverable to the following:"),
          Family.listed(
              "m-FILTER",
              "\u9001\u4FE1\u306B\u5931\u6557\u3057\u307E\u3057\u305F|\u9001\u4FE1\u3067\u304D\u307E\u305B\u3093\u3067\u3057\u305F"),
          Family.listed("Barracuda-like notices", "addressed to email address ?:"),
          Family.listed("Postponed", "delivery of email to this address"),
          Family.inLine("Zoho", "^\\s{0,4}" + A + " .{0,40}error_code ?:"),
          Family.inLine("Demon, LLNL", "address(?:ed to|ed,) '?" + A + "'?,"),
          Family.inLine("SMTP32", "^\\s{0,4}delivery failed \\d{1,4} attempts: " + A),
          Family.inLine(
              "SMTP32, iMail",
              "^\\s{0,4}(?:undeliverable\\s{1,4}to|unknown user:|unknown host:"
                  + "|invalid final delivery userid:|user mailbox exceeds allowed size:) "
                  + A),
          Family.inLine("MDaemon local", "^\\s{0,4}" + A + " - no such user here"),
          Family.inLine("hotPOP", "^\\s{0,4}undeliverable address: " + A),
          Family.inLine(
              "iMS, USA.NET, LSMTP, MailEnable, CompuServe, au",
              "^\\s{0,8}(?:failed recipient|intended recipient|error-for|receiver not found"
                  + "|invalid receiver address|recipient):\\s{1,4}(?:\\[smtp:)?<?"
                  + A),
          Family.inLine("SurfControl", "^\\s{0,4}addressed to: " + A),
          Family.inLine("IronPort", "message to <" + A + "> was undeliverable"),
          Family.inLine("PMDF, Messaging Server", "^\\s{0,4}recipient address: " + A),
          Family.inLine(
              "MailFoundry, InterScan, CommuniGate",
              "(?:unable|failed) to deliver (?:a )?(?:message )?to:? ['<]?" + A),
          Family.inLine("CommuniGate", "message delivery to ['<]?" + A + "['>]? failed"),
          Family.inLine("InterScan transcript", "^\\s{0,4}sent (?:<<<|>>>) rcpt to:\\s?<" + A),
          Family.inLine("DragonFly", "error delivering your mail to <" + A),
          Family.inLine(
              "Sieve reject (RFC 5429)", "your message to <" + A + "> was automatically rejected"),
          Family.inLine("Full", "^\\s{0,4}user's mailbox is full: <?" + A),
          Family.inLine("Originally", "^\\s{0,4}\\(originally addressed to " + A),
          Family.inLine("XMail, MailEnable", "returned permanent errors: " + A),
          Family.inLine("MailEnable", "rejected recipient <" + A),
          Family.inLine("au, KDDI", "could not be delivered to: <" + A),
          Family.inLine(
              "Amazon SES through SNS",
              "recipients\\\\?\":\\[.{0,200}emailaddress\\\\?\":\\\\?\"" + A),
          Family.inLine("Apache James", "^\\s{0,4}rcpt to: " + A));

  /** The first line of the mail that came back, or the line before it. */
  private static final Pattern END =
      Pattern.compile(
          "^[\\s|>*=-]{0,80}(?:this is a copy of (?:the|your) message|below is a copy of|below this"
              + " line is a copy|enclosed is a copy|here is a copy of|included is a copy of|(?:the"
              + " )?(?:first \\d{1,4} lines of (?:your|the) )?(?:header of the |your )?original"
              + " (?:message|mail)(?: (?:headers?|info|text))?\\b(?! was received)|old"
              + " message:|(?:start of )?(?:returned|unsent) message|message"
              + " (?:text|headers?|body)(?: and \\w{1,20})? (?:follow|suppressed)|message headers?"
              + " follow|the header and top|your message reads|end of"
              + " message|(?:return-path|received|delivered-to|x-received|arc-seal|dkim-signature):(?!"
              + " ?$))");

  private static final Pattern DELAYED =
      Pattern.compile(
          "warning message only|this is a warning only|warning only\\.|not yet been delivered"
              + "|has been delayed|delivery attempts will continue|message will be retried"
              + "|has been postponed|will continue to (?:try|attempt)|will be retried until"
              + "|will keep trying|still being retried|you do not need to resend");

  private static final Pattern FAILED =
      Pattern.compile(
          "(?:not|n't|unable to|failed to|cannot) (?:be )?(?:able to )?(?:be"
              + " )?deliver|undeliver|delivery (?:has |have )?failed|permanent (?:fatal"
              + " )?error|delivery error|returned to (?:you|the sender|sender)|message not"
              + " delivered|deferred:|no valid recipients|did not reach|transcript of session"
              + " follows");

  private static final Pattern DELIVERY =
      Pattern.compile(
          "deliver|did not|fail|unknown|reject|bounce|return|reach|remise|zustell|entreg"
              + "|\u9001\u4FE1|mailbox|errors?\\b|no such user");

  /** Whether the returned mail begins after this line. */
  static boolean endsReport(String line) {
    return END.matcher(line.toLowerCase(Locale.ROOT)).find();
  }

  static boolean saysDelayed(String report) {
    return DELAYED.matcher(report).find();
  }

  static boolean saysFailed(String report) {
    return FAILED.matcher(report).find();
  }

  static boolean speaksOfDelivery(String report) {
    return DELIVERY.matcher(report).find();
  }

  /** Goes through the lines of one report. */
  static final class Reading {
    private final BitSet open = new BitSet();
    private String before = "";

    /** The recipient this line names, as it is written. */
    Optional<String> next(String line) {
      String lower = line.toLowerCase(Locale.ROOT);
      Optional<String> found = Optional.empty();
      for (int i = 0; i < TABLE.size(); i++) {
        Family family = TABLE.get(i);
        if (family.opens().isPresent() && !open.get(i)) {
          Pattern opens = family.opens().get();
          if (!opens.matcher(lower).find() && !opens.matcher(before + ' ' + lower.strip()).find()) {
            continue;
          }
          open.set(i);
        }
        if (found.isEmpty()) {
          Matcher recipient = family.recipient().matcher(line);
          if (recipient.find()) {
            found = Optional.of(recipient.group(1));
          }
        }
      }
      before = lower.strip();
      return found;
    }
  }

  private MtaFamilies() {}
}
