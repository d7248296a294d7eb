package org.milena.listexpander.bounce;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailEvent;
import org.milena.common.mail.MailAddress;
import org.milena.common.token.UnsubscribeTokens.Leaving;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.bounce.reading.Returned;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.membership.Tokens;
import org.milena.listexpander.notice.BounceTexts;
import org.milena.listexpander.notice.Notices;

/**
 * Feedback reports (RFC 5965): who complains to his provider leaves the list, if a signed token of
 * ours in the copy proves whose it was. An address that only stands there proves nothing.
 */
final class Complaints {
  /** A copy complained of is not older. */
  static final Duration NEWEST = Duration.ofDays(30);

  /** {@code not-spam} and {@code virus} are no wish to leave. */
  private static final Set<String> WISHES_TO_LEAVE =
      Set.of("abuse", "fraud", "opt-out", "opt-out-list", "miscategorized", "other");

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{20,400}");
  private static final int MAX_TOKENS = 20;

  private final VerpTags tags;
  private final Tokens tokens;
  private final Subscriptions subscriptions;
  private final Notices notices;
  private final BounceTexts texts;

  Complaints(
      VerpTags tags,
      Tokens tokens,
      Subscriptions subscriptions,
      Notices notices,
      BounceTexts texts) {
    this.tags = tags;
    this.tokens = tokens;
    this.subscriptions = subscriptions;
    this.notices = notices;
    this.texts = texts;
  }

  /**
   * Does what follows from a complaint.
   *
   * @param arrivedAt the tag of the address it came to, if there is one
   * @return whether it is proven whose copy it was
   */
  boolean take(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      Returned.Complaint complaint,
      @Nullable String arrivedAt,
      Instant now) {
    Optional<MailAddress> member = proven(ledger, list, complaint, arrivedAt, now);
    String told =
        "A complaint (%s) of %s came".formatted(complaint.feedbackType(), complaint.recipients());
    if (member.isEmpty()) {
      tell(ledger, list, mail, told + " without a token of ours, so nobody is removed.", 0, now);
      return false;
    }
    MailAddress address = member.get();
    if (!WISHES_TO_LEAVE.contains(complaint.feedbackType())) {
      tell(ledger, list, mail, told + "; it is no wish of " + address + " to leave.", 0, now);
      return true;
    }
    if (!Subscriptions.isMember(ledger, list.id(), address)) {
      tell(ledger, list, mail, told + "; " + address + " is no member any more.", 0, now);
      return true;
    }
    CommandOutcome left = subscriptions.takeOff(ledger, list, address);
    ledger.deleteBounceScore(list.id(), address);
    String owners =
        notices.tellOwners(
            ledger,
            list,
            "complaints",
            Scorekeeper.NOTICES_A_DAY,
            texts.complained(ledger, list, address, complaint.feedbackType()),
            mail.id(),
            now);
    String sentence = left.text();
    Scorekeeper.audit(ledger, list, "complaint", "By a complaint: " + sentence, mail.id(), now);
    tell(ledger, list, mail, told + ": " + sentence + " " + owners, 1, now);
    return true;
  }

  private Optional<MailAddress> proven(
      Ledger ledger,
      MailingList list,
      Returned.Complaint complaint,
      @Nullable String arrivedAt,
      Instant now) {
    return complaint
        .original()
        .unsubscribe()
        .flatMap(field -> leaving(list, field))
        .or(() ->
            complaint
                .original()
                .returnPath()
                .flatMap(path -> tagOf(path))
                .flatMap(tag -> tagged(ledger, list, tag, complaint, now)))
        .or(() ->
            Optional.ofNullable(arrivedAt)
                .flatMap(tag -> tagged(ledger, list, tag, complaint, now)));
  }

  private Optional<MailAddress> leaving(MailingList list, String field) {
    Matcher words = TOKEN.matcher(field);
    for (int i = 0; i < MAX_TOKENS && words.find(); i++) {
      Optional<Leaving> leaving =
          tokens.leaving(words.group()).filter(found -> found.list().equals(list.id()));
      if (leaving.isPresent()) {
        return leaving.map(Leaving::member);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> tagOf(MailAddress path) {
    int plus = path.localPart().indexOf('+');
    return plus < 0 ? Optional.empty() : Optional.of(path.localPart().substring(plus + 1));
  }

  private Optional<MailAddress> tagged(
      Ledger ledger, MailingList list, String tag, Returned.Complaint complaint, Instant now) {
    return tags.read(list.id(), tag)
        .filter(genuine -> genuine.sentOnDay() >= Failure.day(now).toEpochDay() - NEWEST.toDays())
        .flatMap(genuine -> TagOwners.find(ledger, list, tags, genuine, complaint.recipients()));
  }

  private static void tell(
      Ledger ledger, MailingList list, ListMail mail, String text, int count, Instant now) {
    ledger.tell(mail.event(now, MailEvent.Kind.BOUNCE, list.id(), text, count));
  }
}
