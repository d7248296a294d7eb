package org.milena.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A mail of the demonstration.
 *
 * @param what it is, in a few words
 * @param name of its Message-ID
 * @param author address with a name
 * @param subject as people read it
 * @param answers names of the mails it answers, the first one first
 * @param body from the MIME fields on, with CRLF line ends
 * @param end what should become of it
 */
record DemoPost(
    String what,
    String name,
    DemoPerson author,
    String subject,
    List<String> answers,
    String body,
    End end) {

  DemoPost {
    answers = List.copyOf(answers);
  }

  /** What should become of a mail. */
  enum End {
    DELIVERED,
    QUARANTINED,
    HELD
  }

  /** Somebody who writes. */
  record DemoPerson(String name, String address) {}

  private static final DemoPerson OTTLA = new DemoPerson("Ottla", "ottla@example.org");
  private static final DemoPerson FELIX = new DemoPerson("Felix", "felix@example.org");
  private static final DemoPerson GRETE = new DemoPerson("Grete", "grete@example.org");
  private static final DemoPerson STRANGER = new DemoPerson("Josef K.", "josef.k@example.net");

  /** Runs the list. */
  static final DemoPerson OWNER = new DemoPerson("Max", "max@example.org");

  /** Its members. */
  static final List<DemoPerson> MEMBERS = List.of(OTTLA, FELIX, GRETE);

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private static final String PLAIN =
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
          + "Content-Transfer-Encoding: 8bit\r\n\r\n";

  /** All of them, in the order they are sent. */
  static List<DemoPost> all() {
    return List.of(
        new DemoPost(
            "a first post",
            "first",
            OTTLA,
            "Which letters shall we read first?",
            List.of(),
            PLAIN
                + lines(
                    "Dear all,",
                    "",
                    "the reading group meets on Thursday. I propose that we begin with the",
                    "letters from Merano, and go on from there.",
                    "",
                    "Ottla"),
            End.DELIVERED),
        new DemoPost(
            "a reply",
            "reply",
            FELIX,
            "Re: Which letters shall we read first?",
            List.of("first"),
            PLAIN
                + lines(
                    "> the letters from Merano",
                    "",
                    "A good beginning. Does anybody have the edition with the notes?",
                    "",
                    "Felix"),
            End.DELIVERED),
        new DemoPost(
            "a reply with an attachment",
            "table",
            GRETE,
            "Re: Which letters shall we read first?",
            List.of("first", "reply"),
            withTable(),
            End.DELIVERED),
        new DemoPost(
            "a post in German and Czech",
            "umlauts",
            OTTLA,
            "Grüße aus Prag – žluťoučký kůň",
            List.of(),
            PLAIN
                + lines(
                    "Schöne Grüße aus Prag! Am Donnerstag lesen wir über die Maßen langsam.",
                    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
                    "",
                    "Ottla"),
            End.DELIVERED),
        new DemoPost(
            "a post with a virus (EICAR's harmless one)",
            "virus",
            FELIX,
            "The edition with the notes",
            List.of(),
            withVirus(),
            End.QUARANTINED),
        new DemoPost(
            "a post of somebody who is no member",
            "stranger",
            STRANGER,
            "May I join your reading?",
            List.of(),
            PLAIN + lines("Somebody must have told lies about me.", "", "K."),
            End.HELD));
  }

  /** Its Message-ID without angle brackets. */
  String messageId(String run, String domain) {
    return id(name, run, domain);
  }

  /** The message for a list, with CRLF line ends. */
  String message(String run, String list, Instant now) {
    String domain = list.substring(list.indexOf('@') + 1);
    StringBuilder message = new StringBuilder();
    message.append("From: ").append(author.name()).append(" <").append(author.address());
    message.append(">\r\nTo: ").append(list).append("\r\nSubject: ").append(encoded(subject));
    message.append("\r\nDate: ");
    message.append(DATE.format(now.atOffset(ZoneOffset.UTC)));
    message.append("\r\nMessage-ID: <").append(messageId(run, domain)).append(">\r\n");
    if (!answers.isEmpty()) {
      message.append("In-Reply-To: <").append(id(answers.getLast(), run, domain)).append(">\r\n");
      message.append("References:");
      answers.forEach(one -> message.append(" <").append(id(one, run, domain)).append('>'));
      message.append("\r\n");
    }
    return message.append(body).toString();
  }

  private static String id(String name, String run, String domain) {
    return "demo-" + name + run + "@" + domain;
  }

  /** As an encoded word where it is not ASCII (RFC 2047); short enough for one. */
  private static String encoded(String text) {
    return text.chars().allMatch(c -> c < 0x80)
        ? text
        : "=?utf-8?B?" + base64(text.getBytes(StandardCharsets.UTF_8)) + "?=";
  }

  private static String withTable() {
    return withFile(
        "I have made a table of the weeks; it is attached.",
        "weeks.csv",
        "text/csv; charset=utf-8",
        """
        week,letter,pages
        1,"Merano, April 1920",12
        2,"Merano, May 1920",31
        3,"Prague, July 1920",44
        """);
  }

  /** In a file of its own: it is the test virus only where a file begins with it. */
  private static String withVirus() {
    return withFile("Here it is.", "notes.bin", "application/octet-stream", eicar());
  }

  private static String withFile(String text, String name, String type, String content) {
    return lines(
        "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=\"part\"",
        "",
        "--part",
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
        "--part",
        "Content-Type: " + type,
        "Content-Disposition: attachment; filename=\"" + name + "\"",
        "Content-Transfer-Encoding: base64",
        "",
        base64(content.getBytes(StandardCharsets.UTF_8)),
        "--part--");
  }

  /** The test virus that scanners agreed on; in pieces, so that no scanner minds this program. */
  private static String eicar() {
    return String.join(
        "", "X5O!P%@AP[4\\PZX54(P^)", "7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-", "FILE!$H+H*");
  }

  private static String base64(byte[] octets) {
    return Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encodeToString(octets);
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }
}
