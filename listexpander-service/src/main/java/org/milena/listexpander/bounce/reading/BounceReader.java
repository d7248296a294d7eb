package org.milena.listexpander.bounce.reading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;

/**
 * Tells what a mail to a bounce address is.
 *
 * <h2>In this order</h2>
 *
 * The machine-readable part of a delivery report (RFC 3464), also where it stands in plain text;
 * the feedback report (RFC 5965); the report of DMARC; then, of a mail server only, prose that the
 * {@linkplain MtaFamilies table} knows; the receipt (RFC 8098), the answer of a machine (RFC 3834).
 *
 * <h2>Who is believed</h2>
 *
 * Prose counts when the header says that no person wrote it: the author is a mail server by name,
 * or two of these hold: null reverse-path, the subject of a report, an office as author, a field
 * that says a machine sent it. A report inside another mail says nothing, so one that a member
 * forwards to the list does not fail anybody.
 */
public final class BounceReader {
  private static final int MAX_PROSE_PARTS = 4;

  private final HeaderBlock header;
  private final ReportParts parts;
  private final Signs signs;
  private final Predicate<MailAddress> excluded;
  private final OriginalMail original;

  private BounceReader(
      RawMessage message, Optional<ReversePath> envelope, Predicate<MailAddress> ours) {
    this.header = HeaderBlock.of(message);
    this.parts = ReportParts.of(message, header);
    boolean nullPath =
        envelope.map(path -> path instanceof ReversePath.Null).orElseGet(this::returnPathIsNull);
    this.signs = new Signs(header, nullPath);
    Optional<MailAddress> reporter = signs.author();
    this.excluded = address -> ours.test(address) || reporter.filter(address::equals).isPresent();
    this.original = Feedback.original(parts);
  }

  /** As whoever delivered it noted (RFC 5321 section 4.4). */
  private boolean returnPathIsNull() {
    return header
        .first("Return-Path")
        .map(field -> field.value().strip())
        .filter(path -> path.equals("<>") || path.isEmpty())
        .isPresent();
  }

  /**
   * Reads a mail of which the envelope is known. Never throws.
   *
   * @param ours the addresses that cannot have failed: the lists' and their roles', the host's own
   */
  public static Returned read(
      RawMessage message, ReversePath reversePath, Predicate<MailAddress> ours) {
    return new BounceReader(message, Optional.of(reversePath), ours).read();
  }

  /**
   * Reads a mail; its {@code Return-Path} stands for the envelope. Never throws.
   *
   * @param ours the addresses that cannot have failed: the lists' and their roles', the host's own
   */
  public static Returned read(RawMessage message, Predicate<MailAddress> ours) {
    return new BounceReader(message, Optional.empty(), ours).read();
  }

  private Returned read() {
    return deliveryStatus()
        .or(() -> Feedback.complaint(parts, original, excluded))
        .or(this::dmarc)
        .or(this::prose)
        .or(() -> Feedback.receipt(parts, original, excluded))
        .or(this::automaticAnswer)
        .orElseGet(Returned.NotABounce::new);
  }

  private Optional<Returned> dmarc() {
    return Feedback.isDmarc(parts, signs.subject())
        ? Optional.of(new Returned.DmarcReport())
        : Optional.empty();
  }

  private Optional<Returned> automaticAnswer() {
    return signs.isAutomaticAnswer()
        ? Optional.of(new Returned.AutoReply(signs.author()))
        : Optional.empty();
  }

  private Optional<Returned> deliveryStatus() {
    return statusFields()
        .flatMap(fields -> {
          ReportText prose =
              proseParts().stream().findFirst().orElseGet(() -> ReportText.of("", excluded));
          DeliveryStatus status = DeliveryStatus.read(fields, prose, excluded);
          OriginalMail mail = original.or(prose.original());
          if (!status.failed().isEmpty()) {
            List<ReturnedRecipient> all = new ArrayList<>(status.failed());
            all.addAll(status.delayed());
            return Optional.of(new Returned.Failed(all, mail));
          }
          if (!status.delayed().isEmpty()) {
            return Optional.of(new Returned.Delayed(status.delayed(), mail));
          }
          return status.delivered().isEmpty()
              ? Optional.empty()
              : Optional.of(new Returned.Delivered(status.delivered(), mail));
        });
  }

  /** The part for machines; or what stands in plain text because the boundaries are broken. */
  private Optional<String> statusFields() {
    boolean report =
        switch (parts.reportType()) {
          case "delivery-status" -> true;
          case "" -> parts.isReport() || signs.fromServer();
          default -> signs.fromServer();
        };
    if (!report) {
      return Optional.empty();
    }
    return parts.parts().stream()
        .filter(part -> part.isText() || part.type().endsWith("delivery-status"))
        .filter(part -> hasRecipient(part.text()))
        .findFirst()
        .map(ReportParts.Part::text);
  }

  private static boolean hasRecipient(String text) {
    String lower = "\n" + text.toLowerCase(Locale.ROOT);
    return lower.contains("\nfinal-recipient") || lower.contains("\noriginal-recipient");
  }

  /** The text for people; the plain one rather than its double in HTML. */
  private List<ReportText> proseParts() {
    List<ReportParts.Part> texts = parts.parts().stream().filter(ReportParts.Part::isText).toList();
    List<ReportParts.Part> plain =
        texts.stream().filter(part -> part.type().equals("text/plain")).toList();
    return (plain.isEmpty() ? texts : plain)
        .stream().limit(MAX_PROSE_PARTS).map(part -> ReportText.of(part.text(), excluded)).toList();
  }

  private Optional<Returned> prose() {
    if (!proseIsBelieved()) {
      return Optional.empty();
    }
    List<ReportText> texts = proseParts();
    for (ReportText text : texts) {
      boolean delayed = text.isDelayed() || signs.isWarning();
      Map<MailAddress, ReturnedRecipient> recipients = new LinkedHashMap<>();
      if (text.speaksOfDelivery()) {
        text.recipients(delayed)
            .forEach(found -> found.address().ifPresent(known -> recipients.put(known, found)));
      }
      for (MailAddress named : failedByHeader()) {
        recipients.computeIfAbsent(
            named, known -> text.recipient(Optional.of(known), Optional.empty(), delayed));
      }
      if (!recipients.isEmpty()) {
        return Optional.of(outcome(List.copyOf(recipients.values()), delayed, text));
      }
    }
    return texts.stream().filter(this::failsSomebody).findFirst().map(this::withoutAddress);
  }

  private Returned outcome(List<ReturnedRecipient> all, boolean delayed, ReportText text) {
    OriginalMail mail = original.or(text.original());
    return delayed ? new Returned.Delayed(all, mail) : new Returned.Failed(all, mail);
  }

  /** Certainly a failure, though of whom is hidden: the tag of the reverse-path may tell. */
  private boolean failsSomebody(ReportText text) {
    boolean certain =
        parts.reportType().equals("delivery-status")
            || (signs.serverIsAuthor() && signs.saysFailure());
    return certain && text.saysFailed();
  }

  private Returned withoutAddress(ReportText text) {
    boolean delayed = text.isDelayed() || signs.isWarning();
    return outcome(
        List.of(text.recipient(Optional.empty(), Optional.empty(), delayed)), delayed, text);
  }

  private boolean proseIsBelieved() {
    if (signs.serverIsAuthor()) {
      return !signs.answersForPerson();
    }
    return !signs.isAutomaticAnswer()
        && (signs.fromServer() || parts.reportType().equals("delivery-status"));
  }

  /** Exim's and Google's list of those who were not reached. */
  private List<MailAddress> failedByHeader() {
    return header.all("X-Failed-Recipients").stream()
        .flatMap(field -> AddressListParser.parse(field.value()).stream())
        .map(HeaderMailbox::address)
        .filter(address -> !excluded.test(address))
        .distinct()
        .limit(ReportFields.MAX_GROUPS)
        .toList();
  }
}
