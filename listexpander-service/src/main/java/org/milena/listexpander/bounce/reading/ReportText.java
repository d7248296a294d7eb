package org.milena.listexpander.bounce.reading;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MailAddress;
import org.milena.common.status.EnhancedStatus;

/**
 * The prose of a report: what stands before the mail that came back. Read line by line with the
 * {@linkplain MtaFamilies table} of what mail servers write.
 */
final class ReportText {
  private static final int MAX_LINES = 600;
  private static final int MAX_LINE = 1000;
  private static final int MAX_RECIPIENTS = 200;
  private static final int MAX_SECTION = 4000;

  private static final Pattern PASSED_ON =
      Pattern.compile(
          "\\b(?:expanded|generated) (?:from|by):? <?(" + ReportAddresses.ADDRESS + ")>?");

  private static final Set<String> CONTACTS =
      Set.of("postmaster", "hostmaster", "abuse", "support", "help", "helpdesk", "mailer-daemon");

  private final List<String> report;
  private final List<String> original;

  /** Of the report, for its words. */
  private final String beginning;

  /** Where each recipient is named, and what follows up to the next one. */
  private final Map<MailAddress, Section> sections = new LinkedHashMap<>();

  private static final class Section {
    private final StringBuilder text = new StringBuilder();
    private Optional<MailAddress> passedOn = Optional.empty();
  }

  private ReportText(List<String> report, List<String> original) {
    this.report = report;
    this.original = original;
    String all = String.join("\n", report);
    this.beginning = all.substring(0, Math.min(all.length(), MAX_SECTION));
  }

  /** The text, up to where the returned mail begins in it. */
  static ReportText of(String text, Predicate<MailAddress> excluded) {
    List<String> lines = lines(text, MAX_LINES);
    int end = 0;
    while (end < lines.size() && !MtaFamilies.endsReport(lines.get(end))) {
      end++;
    }
    ReportText read =
        new ReportText(
            lines.subList(0, end), lines.subList(Math.min(end + 1, lines.size()), lines.size()));
    read.find(excluded);
    return read;
  }

  /** The lines of a text, however they end, each cut where it is longer than any report writes. */
  static List<String> lines(String text, int most) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length() && lines.size() < most; i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (c == '\n' || c == '\r') {
        lines.add(
            text.substring(start, Math.min(i, start + MAX_LINE))
                .replace('\0', ' ')
                .replace('\u00A0', ' '));
        if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          i++;
        }
        start = i + 1;
      }
    }
    return lines;
  }

  private void find(Predicate<MailAddress> excluded) {
    MtaFamilies.Reading reading = new MtaFamilies.Reading();
    Optional<Section> current = Optional.empty();
    for (String line : report) {
      Optional<MailAddress> named =
          reading.next(line).flatMap(ReportAddresses::first).filter(found -> !excluded.test(found));
      Optional<MailAddress> source = passedOn(line).filter(found -> !excluded.test(found));
      if (named.isEmpty() && source.isPresent() && current.isEmpty()) {
        named = source;
      }
      if (named.filter(this::isContact).isPresent()) {
        named = Optional.empty();
      }
      if (named.isPresent()
          && (sections.size() < MAX_RECIPIENTS || sections.containsKey(named.get()))) {
        current = Optional.of(sections.computeIfAbsent(named.get(), _ -> new Section()));
      }
      current.ifPresent(section -> {
        if (section.text.length() + line.length() < MAX_SECTION) {
          section.text.append(line).append('\n');
        }
        section.passedOn = section.passedOn.or(() -> source);
      });
    }
  }

  /** Whom a report tells to ask, after it has told who failed. */
  private boolean isContact(MailAddress address) {
    return !sections.isEmpty() && CONTACTS.contains(address.localPart().toLowerCase(Locale.ROOT));
  }

  private static Optional<MailAddress> passedOn(String line) {
    Matcher found = PASSED_ON.matcher(line);
    return found.find() ? ReportAddresses.first(found.group(1)) : Optional.empty();
  }

  private String words() {
    return beginning.replace('\n', ' ').toLowerCase(Locale.ROOT);
  }

  /** Whether the report says that delivery is still tried. */
  boolean isDelayed() {
    return MtaFamilies.saysDelayed(words());
  }

  /** Whether it says in so many words that a mail did not arrive. */
  boolean saysFailed() {
    return MtaFamilies.saysFailed(words());
  }

  /** Whether it speaks of a failure at all. */
  boolean speaksOfDelivery() {
    return MtaFamilies.speaksOfDelivery(words());
  }

  /** Whether it has anything to say about this address. */
  boolean names(MailAddress address) {
    return sections.containsKey(address);
  }

  /** Why it failed for this address: what stands beneath it, or anywhere. */
  Diagnosis about(Optional<MailAddress> address, Optional<EnhancedStatus> told) {
    Optional<Diagnosis> own =
        address
            .flatMap(known -> Optional.ofNullable(sections.get(known)))
            .map(section -> Diagnosis.of(told, section.text.toString()));
    // what is said of others is no reason
    if (own.isPresent() && (sections.size() > 1 || own.get().failure().isPresent())) {
      return own.get();
    }
    Diagnosis all = Diagnosis.of(told, beginning);
    return own.map(mine -> mine.or(all)).orElse(all);
  }

  /** All who are named as not reached, in their order. */
  List<ReturnedRecipient> recipients(boolean delayed) {
    List<ReturnedRecipient> recipients = new ArrayList<>();
    sections.forEach((address, section) ->
        recipients.add(recipient(Optional.of(address), section.passedOn, delayed)));
    return recipients;
  }

  /** The words about an address, whether the prose names it or not. */
  ReturnedRecipient recipient(
      Optional<MailAddress> address, Optional<MailAddress> passedOn, boolean delayed) {
    Diagnosis diagnosis = about(address, Optional.empty());
    return new ReturnedRecipient(
        address,
        passedOn.filter(source -> !address.equals(Optional.of(source))),
        diagnosis.status(),
        diagnosis.reply(),
        delayed ? FailureClass.DELAYED : diagnosis.failure().orElse(FailureClass.SOFT),
        diagnosis.text());
  }

  /** What the lines after the report tell of the mail that came back. */
  OriginalMail original() {
    int start = 0;
    while (start < original.size() && original.get(start).isBlank()) {
      start++;
    }
    byte[] header =
        String.join("\n", original.subList(start, original.size()))
            .getBytes(StandardCharsets.UTF_8);
    return OriginalMail.of(HeaderBlock.of(header, header.length));
  }
}
