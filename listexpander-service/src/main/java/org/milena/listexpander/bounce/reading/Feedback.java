package org.milena.listexpander.bounce.reading;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;

/** Reports of readers and of receiving domains: complaints, authentication failures, receipts. */
final class Feedback {
  private static final int MAX_RECIPIENTS = 100;
  private static final int MAX_WORD = 60;

  /** Microsoft's field in the mail complained of; its reports have no machine-readable part. */
  private static final String MICROSOFT_RECIPIENT = "X-HmXmrOriginalRecipient";

  /** RFC 7489 section 7.2.1.1, RFC 8460 section 5.3, and reports of single failures. */
  private static final Pattern DMARC_SUBJECT =
      Pattern.compile("^report domain: |dmarc .{0,40}report|^(?:fw: )?dmarc report");

  private static final Pattern AMAZON_COMPLAINT =
      Pattern.compile("\\{\\\\?\"notificationType\\\\?\":\\\\?\"Complaint\\\\?\"");

  private static final Pattern AMAZON_RECIPIENT =
      Pattern.compile("\\{\\\\?\"emailAddress\\\\?\":\\\\?\"(" + ReportAddresses.ADDRESS + ")");

  /** A complaint (RFC 5965), or a report of a failed authentication in the same form (RFC 6591). */
  static Optional<Returned> complaint(
      ReportParts parts, OriginalMail original, Predicate<MailAddress> excluded) {
    Optional<String> fields =
        parts
            .first("message/feedback-report")
            .map(ReportParts.Part::text)
            .or(() ->
                parts.reportType().equals("feedback-report")
                    ? parts.parts().stream()
                        .map(ReportParts.Part::text)
                        .filter(text -> text.toLowerCase(Locale.ROOT).contains("feedback-type:"))
                        .findFirst()
                    : Optional.empty());
    if (fields.isEmpty()) {
      return microsoft(parts, original, excluded).or(() -> amazon(parts, original, excluded));
    }
    ReportFields.Group report = ReportFields.flat(fields.get());
    String type = report.first("feedback-type").map(Feedback::word).orElse("abuse");
    if (type.equals("auth-failure")) {
      return Optional.of(new Returned.DmarcReport());
    }
    Set<MailAddress> recipients = new LinkedHashSet<>();
    addAll(recipients, report.all("original-rcpt-to"), excluded);
    if (recipients.isEmpty()) {
      addAll(recipients, report.all("removal-recipient"), excluded);
    }
    Optional<MailAddress> sentFrom =
        report.first("original-mail-from").flatMap(ReportAddresses::first);
    return Optional.of(
        new Returned.Complaint(
            type,
            List.copyOf(recipients),
            original.or(new OriginalMail(Optional.empty(), Optional.empty(), sentFrom))));
  }

  private static Optional<Returned> microsoft(
      ReportParts parts, OriginalMail original, Predicate<MailAddress> excluded) {
    if (!parts.type().startsWith("multipart/")) {
      return Optional.empty();
    }
    return parts.parts().stream()
        .filter(ReportParts.Part::isOriginal)
        .findFirst()
        .flatMap(part -> header(part).first(MICROSOFT_RECIPIENT))
        .map(field -> {
          Set<MailAddress> recipients = new LinkedHashSet<>();
          addAll(recipients, List.of(field.value()), excluded);
          return new Returned.Complaint("abuse", List.copyOf(recipients), original);
        });
  }

  /** Amazon's notice in JSON: mail from its service only, so its form is not looked at closely. */
  private static Optional<Returned> amazon(
      ReportParts parts, OriginalMail original, Predicate<MailAddress> excluded) {
    return parts.parts().stream()
        .filter(part -> part.isText() && AMAZON_COMPLAINT.matcher(part.text()).find())
        .findFirst()
        .map(part -> {
          Matcher recipient = AMAZON_RECIPIENT.matcher(part.text());
          Set<MailAddress> recipients = new LinkedHashSet<>();
          while (recipient.find() && recipients.size() < MAX_RECIPIENTS) {
            addAll(recipients, List.of(recipient.group(1)), excluded);
          }
          return new Returned.Complaint("abuse", List.copyOf(recipients), original);
        });
  }

  private static void addAll(
      Set<MailAddress> recipients, List<String> values, Predicate<MailAddress> excluded) {
    for (String value : values) {
      ReportAddresses.first(value)
          .filter(found -> recipients.size() < MAX_RECIPIENTS && !excluded.test(found))
          .ifPresent(recipients::add);
    }
  }

  /** A receipt (RFC 8098). */
  static Optional<Returned> receipt(
      ReportParts parts, OriginalMail original, Predicate<MailAddress> excluded) {
    return parts
        .first("message/disposition-notification")
        .or(() -> parts.first("message/global-disposition-notification"))
        .map(part -> {
          ReportFields.Group fields = ReportFields.flat(part.text());
          String disposition = fields.first("disposition").orElse("");
          return new Returned.ReadReceipt(
              fields
                  .first("final-recipient")
                  .or(() -> fields.first("original-recipient"))
                  .flatMap(ReportAddresses::typed)
                  .filter(found -> !excluded.test(found)),
              word(disposition.substring(disposition.lastIndexOf(';') + 1)),
              original.or(
                  new OriginalMail(
                      fields.first("original-message-id").flatMap(MessageId::parse),
                      Optional.empty(),
                      Optional.empty())));
        });
  }

  /** A report that has no part of its own type, and is known by its subject. */
  static boolean isDmarc(ReportParts parts, String subject) {
    boolean form =
        parts.isReport()
            || parts.reportType().equals("tlsrpt")
            || parts.parts().stream()
                .anyMatch(part ->
                    part.type().startsWith("application/") || part.type().equals("text/xml"));
    return parts.reportType().equals("tlsrpt") || (form && DMARC_SUBJECT.matcher(subject).find());
  }

  /** The header of the mail that came back, as far as it has a part of its own. */
  static OriginalMail original(ReportParts parts) {
    return parts.parts().stream()
        .filter(ReportParts.Part::isOriginal)
        .findFirst()
        .map(part -> OriginalMail.of(header(part)))
        .orElse(OriginalMail.UNKNOWN);
  }

  private static HeaderBlock header(ReportParts.Part part) {
    byte[] octets = part.text().getBytes(StandardCharsets.UTF_8);
    return HeaderBlock.of(octets, octets.length);
  }

  private static String word(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < word.length() && word.charAt(end) > ' ' && word.charAt(end) != '/') {
      end++;
    }
    return OneLine.of(word.substring(0, end), MAX_WORD);
  }

  private Feedback() {}
}
