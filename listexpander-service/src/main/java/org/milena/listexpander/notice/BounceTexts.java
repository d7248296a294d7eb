package org.milena.listexpander.notice;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.template.TemplateName;

/** What a list writes about mail that came back. What a report said, a stranger wrote. */
public final class BounceTexts {
  private static final int MAX_REASON = 300;

  private final Texts texts;

  public BounceTexts(Texts texts) {
    this.texts = texts;
  }

  /** Asks whether an address is alive. */
  public Notice probe(Ledger ledger, MailingList list, MailAddress member, String reason) {
    return texts.request(ledger, list, member, TemplateName.PROBE, about(member, reason));
  }

  /**
   * Delivery to a member stopped.
   *
   * @param number of this warning, from 1
   * @param removedOn when the member is removed
   */
  public Notice warning(
      Ledger ledger,
      MailingList list,
      MailAddress member,
      String reason,
      int number,
      int of,
      LocalDate removedOn) {
    Map<String, String> values = new HashMap<>(about(member, reason));
    values.put("number", String.valueOf(number));
    values.put("of", String.valueOf(of));
    values.put("removed_on", removedOn.toString());
    return texts.request(ledger, list, member, TemplateName.WARNING, values);
  }

  /** For owners: delivery to a member stopped. */
  public Notice disabled(Ledger ledger, MailingList list, MailAddress member, String reason) {
    return toOwners(ledger, list, TemplateName.DELIVERY_STOPPED, about(member, reason));
  }

  /** For owners: a member was removed for it. */
  public Notice removed(Ledger ledger, MailingList list, MailAddress member, String reason) {
    return toOwners(ledger, list, TemplateName.MEMBER_REMOVED, about(member, reason));
  }

  /** For the member, where no warnings follow: delivery stopped. */
  public Notice stopped(Ledger ledger, MailingList list, MailAddress member, String reason) {
    return texts.request(ledger, list, member, TemplateName.STOPPED, about(member, reason));
  }

  /** For the member: it was taken off the list. */
  public Notice takenOff(Ledger ledger, MailingList list, MailAddress member, String reason) {
    return texts.request(ledger, list, member, TemplateName.REMOVED, about(member, reason));
  }

  /** For owners: a host refuses the list, not a member. */
  public Notice refused(Ledger ledger, MailingList list, MailAddress member, String reason) {
    return toOwners(ledger, list, TemplateName.REFUSED_BY_HOST, about(member, reason));
  }

  /** For owners: a whole domain fails. */
  public Notice frozen(
      Ledger ledger, MailingList list, String domain, int members, int hours, String reason) {
    return toOwners(
        ledger,
        list,
        TemplateName.DOMAIN_FAILS,
        Map.of(
            "failing_domain", domain,
            "count", String.valueOf(members),
            "hours", String.valueOf(hours),
            "reason", quoted(reason)));
  }

  /** For owners: a member complained to its provider. */
  public Notice complained(
      Ledger ledger, MailingList list, MailAddress member, String feedbackType) {
    return toOwners(ledger, list, TemplateName.COMPLAINT, about(member, feedbackType));
  }

  /** For owners: something came back that nobody can read; it stands behind. */
  public Notice unrecognized(
      Ledger ledger, MailingList list, Optional<MailAddress> sender, String subject) {
    return toOwners(
        ledger,
        list,
        TemplateName.UNRECOGNIZED_BOUNCE,
        Map.of(
            "sender_email",
            sender.map(MailAddress::toString).orElse("-"),
            "subject",
            quoted(subject)));
  }

  /**
   * For owners: a member's mail came back, and it counts.
   *
   * @param score of the member now
   */
  public Notice counted(
      Ledger ledger, MailingList list, MailAddress member, String reason, double score) {
    Map<String, String> values = new HashMap<>(about(member, reason));
    values.put("score", String.format(Locale.ROOT, "%.1f", score));
    return toOwners(ledger, list, TemplateName.BOUNCE_COUNTED, values);
  }

  private Notice toOwners(
      Ledger ledger, MailingList list, TemplateName name, Map<String, String> values) {
    return texts.owner(ledger, list, Texts.usual(list), name, values);
  }

  private static Map<String, String> about(MailAddress member, String reason) {
    return Map.of("user_email", member.toString(), "reason", quoted(reason));
  }

  private static String quoted(String reason) {
    String line = OneLine.of(reason, MAX_REASON);
    return line.isBlank() ? "-" : line;
  }
}
