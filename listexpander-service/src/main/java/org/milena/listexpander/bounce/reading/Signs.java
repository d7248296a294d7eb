package org.milena.listexpander.bounce.reading;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MachineSigns;
import org.milena.common.mail.MailAddress;

/**
 * What the header of a mail says of who wrote it: a mail server, a machine of a person, a person.
 */
final class Signs {
  private static final int MAX_SUBJECT = 300;
  private static final int MAX_FROM = 2000;

  /** Names no person writes under. */
  private static final Set<String> DAEMONS =
      Set.of(
          "mailer-daemon",
          "mailerdaemon",
          "mailer_daemon",
          "mdaemon",
          "mail-daemon",
          "maildaemon",
          "mail.delivery.system",
          "bounce-daemon",
          "post_master");

  /** Names that both machines and people write under. */
  private static final Set<String> OFFICES =
      Set.of(
          "postmaster",
          "admin",
          "administrator",
          "system administrator",
          "sysadmin",
          "imss",
          "noreply",
          "no-reply",
          "daemon",
          "root");

  private static final Pattern DAEMON_NAME =
      Pattern.compile(
          "mail deliver(?:y|er)? (?:system|subsystem|service)|mailer[ -]daemon|internet mail"
              + " delivery|^interscan ");

  private static final Pattern OFFICE_NAME =
      Pattern.compile("^postmaster|system administrator$|mail administrator$|microsoft outlook$");

  private static final Pattern FAILURE =
      Pattern.compile(
          "^(?:\\[(?:postmaster|bounce)] ?)?(?:warning[:-]|failure notice|returned"
              + " mail|undeliver|delivery (?:status|failure|notification|has"
              + " failed|report)|non-?deliver|mail (?:delivery|failure|could not|not"
              + " delivered|system error)|(?:e?mail )?delivery (?:fail|status)|could not"
              + " deliver|message (?:delivery|could not)|permanent delivery|failed"
              + " (?:mail|delivery)|email delivery|there was an error sending|aws notification"
              + " message|automatically rejected mail|delayed mail|unzustellbar|non remis|no se"
              + " puede entregar)"
              + "|\u30E1\u30FC\u30EB\u30A8\u30E9\u30FC\u901A\u77E5|(?:\u914D\u9001|\u914D\u4FE1|\u9001\u4FE1)\u3067\u304D");

  private static final Pattern WARNING =
      Pattern.compile(
          "could not send .{0,30}for (?:the )?past|^delayed mail|\\(delay\\)|delivery delayed"
              + "|^warning: message .{0,40}delayed");

  private static final Pattern AUTOMATIC =
      Pattern.compile(
          "^(?:auto(?:matic|mated|matische|matisch)? ?-?(?:reply|respon|answer|antwort)"
              + "|out of (?:the )?office|away from|vacation|abwesen|automatische antwort"
              + "|r.ponse automatique|absence |i am out|on leave)");

  /** The keyword that old answering programs put there, beside those of RFC 3834. */
  private static final Set<String> AUTOMATIC_FIELDS =
      Set.of(
          "x-autoreply",
          "x-autorespond",
          "x-autoresponder",
          "x-autoreply-from",
          "x-apple-unsubscribe");

  private final HeaderBlock header;
  private final boolean nullPath;
  private final String from;
  private final Optional<HeaderMailbox> mailbox;
  private final String subject;

  /**
   * Of a mail.
   *
   * @param nullPath whether its reverse-path is null
   */
  Signs(HeaderBlock header, boolean nullPath) {
    this.header = header;
    this.nullPath = nullPath;
    this.from = bounded(header.first("From").map(HeaderField::value).orElse(""), MAX_FROM);
    this.mailbox = AddressListParser.first(from);
    this.subject =
        bounded(header.first("Subject").map(HeaderField::decoded).orElse(""), MAX_SUBJECT)
            .strip()
            .toLowerCase(Locale.ROOT);
  }

  private static String bounded(String text, int most) {
    return text.substring(0, Math.min(text.length(), most));
  }

  /** Enough that a failure is believed which has no form of its own. */
  boolean fromServer() {
    return weight() >= 2;
  }

  /** The author is a mail server by name; no person and no answering program uses one. */
  boolean serverIsAuthor() {
    String name = authorName();
    return mailbox
            .map(HeaderMailbox::address)
            .map(Signs::local)
            .filter(DAEMONS::contains)
            .isPresent()
        || DAEMON_NAME.matcher(name).find()
        || (mailbox.isEmpty() && DAEMONS.contains(name));
  }

  private int weight() {
    int weight = 0;
    if (serverIsAuthor() || header.has("X-Failed-Recipients")) {
      weight += 2;
    }
    if (nullPath) {
      weight++;
    }
    if (saysFailure()) {
      weight++;
    }
    if (OFFICE_NAME.matcher(authorName()).find()) {
      weight++;
    }
    if (author().map(Signs::local).filter(OFFICES::contains).isPresent() || author().isEmpty()) {
      weight++;
    }
    if (MachineSigns.autoSubmitted(header).filter(word -> !word.equals("no")).isPresent()) {
      weight++;
    }
    // who answers or passes on is a person, and people quote reports
    return !serverIsAuthor() && !nullPath && isAnswer() ? weight - 2 : weight;
  }

  private boolean isAnswer() {
    return subject.startsWith("re:") || subject.startsWith("fw:") || subject.startsWith("fwd:");
  }

  private static String local(MailAddress address) {
    return address.localPart().toLowerCase(Locale.ROOT);
  }

  /** The subject is that of a report. */
  boolean saysFailure() {
    return FAILURE.matcher(subject).find();
  }

  /** The subject says that delivery is still tried. */
  boolean isWarning() {
    return WARNING.matcher(subject).find();
  }

  /** A program answered for a person (RFC 3834 section 5, and what was used before). */
  boolean isAutomaticAnswer() {
    return answersForPerson()
        || MachineSigns.autoSubmitted(header)
            .filter(word -> word.startsWith("auto-replied"))
            .isPresent();
  }

  /** It says so in ways that mail servers do not use. */
  boolean answersForPerson() {
    boolean old =
        header.fields().stream()
            .anyMatch(field -> AUTOMATIC_FIELDS.contains(field.name().toLowerCase(Locale.ROOT)));
    boolean precedence =
        header
            .first("Precedence")
            .filter(field -> field.value().strip().equalsIgnoreCase("auto_reply"))
            .isPresent();
    return old || precedence || AUTOMATIC.matcher(subject).find();
  }

  Optional<MailAddress> author() {
    return mailbox.map(HeaderMailbox::address);
  }

  /** The name, or what stands there in the place of a mailbox; lower case. */
  private String authorName() {
    return mailbox
        .map(HeaderMailbox::displayName)
        .orElseGet(() -> from.replaceAll("[<>\"]", " "))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** Decoded, in lower case; its beginning. */
  String subject() {
    return subject;
  }
}
