package org.milena.listexpander.bounce;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.DeliveryChange;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.RoleNames;
import org.milena.common.event.BounceScore;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.bounce.reading.BounceReader;
import org.milena.listexpander.bounce.reading.FailureClass;
import org.milena.listexpander.bounce.reading.Refusal;
import org.milena.listexpander.bounce.reading.Returned;
import org.milena.listexpander.bounce.reading.ReturnedRecipient;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.membership.Tokens;
import org.milena.listexpander.notice.BounceTexts;
import org.milena.listexpander.notice.Notice;
import org.milena.listexpander.notice.Notices;

/** Looks at what came back, and at what did not get away. */
public final class Bounces {
  /** A copy that comes back later says nothing of today; no host tries for so long. */
  static final int OLDEST_TAG_DAYS = 14;

  /** Most mails nobody could read that owners get a day. */
  private static final int FORWARDED_A_DAY = 10;

  private static final int MAX_TOLD = 5;

  private final VerpTags tags;
  private final VerpTags probeTags;
  private final Notices notices;
  private final BounceTexts texts;
  private final Scorekeeper scores;
  private final Complaints complaints;

  public Bounces(
      VerpTags tags,
      Tokens tokens,
      Subscriptions subscriptions,
      Notices notices,
      BounceTexts texts) {
    this.tags = tags;
    this.probeTags = tags.forProbes();
    this.notices = notices;
    this.texts = texts;
    this.scores = new Scorekeeper(probeTags, notices, texts);
    this.complaints = new Complaints(tags, tokens, subscriptions, notices, texts);
  }

  /**
   * Notes a mail to the bounce address. Only one to a signed tag of this list counts.
   *
   * @param tag what stood behind {@code -bounces+}, if anything
   */
  public Noted note(
      Ledger ledger, MailingList list, ListMail mail, @Nullable String tag, Instant now) {
    Returned returned = read(list, mail);
    if (returned instanceof Returned.Complaint complaint) {
      boolean proven = complaints.take(ledger, list, mail, complaint, tag, now);
      return Noted.of(proven ? "complaint" : "complaint-unproven");
    }
    if (tag == null) {
      return untagged(ledger, list, mail, returned, now);
    }
    Optional<VerpTags.Tag> copy = tags.read(list.id(), tag);
    if (copy.isPresent()) {
      return tagged(ledger, list, mail, returned, new Tagged(tag, copy.get(), false), now);
    }
    Optional<VerpTags.Tag> probe = probeTags.read(list.id(), tag);
    if (probe.isPresent()) {
      return tagged(ledger, list, mail, returned, new Tagged(tag, probe.get(), true), now);
    }
    String text = "Came back to a tag that is not ours, so nothing counts. " + words(returned);
    return tell(ledger, list, mail, text, 0, Noted.of("forged"), now);
  }

  /**
   * Takes mail to another role, if it is a complaint and proven whose copy it is about.
   *
   * @return false when it is anything else, and nothing was done
   */
  public boolean complaint(Ledger ledger, MailingList list, ListMail mail, Instant now) {
    return read(list, mail) instanceof Returned.Complaint complaint
        && complaints.take(ledger, list, mail, complaint, null, now);
  }

  /** What owners are told of a mail that nobody could make sense of. */
  public Notice unrecognized(Ledger ledger, MailingList list, ListMail mail) {
    return texts.unrecognized(
        ledger,
        list,
        mail.facts().onlyAuthor().or(() -> mail.meta().reversePath().mailbox()),
        mail.facts().subject());
  }

  /** Notes that egress could not deliver. */
  public CommandOutcome note(
      Ledger ledger, MailingList list, DeliveryChange.NoteFailure failed, Instant now) {
    MailAddress address = failed.address();
    LocalDate day = Failure.day(failed.at().isBefore(now) ? failed.at() : now);
    Failure failure =
        new Failure(
            address, Refusal.read(address, failed.status(), failed.reason()), failed.mail(), day);
    String text;
    if (failed.kind() == OutgoingMeta.Kind.POST) {
      text = scores.count(ledger, list, failure, now);
    } else {
      Optional<SeenPost> probe = ledger.seen(Scorekeeper.probeKey(list, failed.mail()));
      text =
          probe
              .map(sent -> scores.probeReturned(ledger, list, failure, Failure.day(sent.at()), now))
              .orElse("It was no post, so nothing counts.");
    }
    ledger.tell(
        new MailEvent(
            failed.mail(),
            now,
            MailEvent.Kind.BOUNCE,
            list.id(),
            null,
            "Refused by the host of %s: %s %s".formatted(address, failure.report().reason(), text),
            1));
    return new CommandOutcome.Done(text, 1);
  }

  /** What a refusal is, for the metric. */
  public static String kind(DeliveryChange.NoteFailure failed) {
    return kind(Refusal.read(failed.address(), failed.status(), failed.reason()));
  }

  /** Forgets how copies to a member came back; delivery goes on if it stopped for that. */
  public static CommandOutcome forget(Ledger ledger, MailingList list, MailAddress address) {
    Optional<BounceScore> score = ledger.bounceScore(list.id(), address);
    // a stop on another list, which he may come from, is that list's
    Optional<Member> stopped =
        ledger
            .row(list.id(), address)
            .filter(member -> member.options().stopped() == Stop.BY_BOUNCES);
    if (score.isEmpty() && stopped.isEmpty()) {
      return new CommandOutcome.NotFound("Nothing came back from " + address + " that counts.");
    }
    ledger.deleteBounceScore(list.id(), address);
    stopped.ifPresent(member -> ledger.put(member.with(member.options().resumed())));
    return new CommandOutcome.Done(
        "What came back from %s is forgotten%s."
            .formatted(address, stopped.isPresent() ? ", and posts are sent there again" : ""),
        1);
  }

  /** A genuine tag. */
  private record Tagged(String text, VerpTags.Tag tag, boolean probe) {}

  private static Returned read(MailingList list, ListMail mail) {
    return BounceReader.read(
        mail.message(),
        mail.meta().reversePath(),
        address -> RoleNames.belongsTo(list.address(), address));
  }

  private Noted untagged(
      Ledger ledger, MailingList list, ListMail mail, Returned returned, Instant now) {
    if (returned instanceof Returned.NotABounce) {
      return unreadable(ledger, list, mail, now);
    }
    String text = "Came back without a tag of ours, so nothing counts. " + words(returned);
    return tell(ledger, list, mail, text, 0, Noted.of("untagged"), now);
  }

  private Noted unreadable(Ledger ledger, MailingList list, ListMail mail, Instant now) {
    boolean forOwners =
        list.settings().bounces().forwardUnrecognized()
            && notices.mayStill(
                ledger, list, "unrecognized bounces", FORWARDED_A_DAY, mail.id(), now);
    return tell(
        ledger,
        list,
        mail,
        "Nobody can make sense of this mail to the bounce address: " + mail.facts().subject(),
        0,
        new Noted("unrecognized", forOwners),
        now);
  }

  private Noted tagged(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      Returned returned,
      Tagged tagged,
      Instant now) {
    LocalDate sentOn = LocalDate.ofEpochDay(tagged.tag().sentOnDay());
    String what = (tagged.probe() ? "A probe" : "A copy") + " sent on " + sentOn;
    if (!(returned instanceof Returned.Failed(var recipients, _))) {
      return returned instanceof Returned.NotABounce
          ? unreadable(ledger, list, mail, now)
          : tell(
              ledger,
              list,
              mail,
              what + ": " + words(returned) + " Nothing counts.",
              0,
              Noted.of(kind(returned)),
              now);
    }
    List<MailAddress> named = new ArrayList<>();
    recipients.forEach(one -> {
      one.address().ifPresent(named::add);
      one.original().ifPresent(named::add);
    });
    Optional<MailAddress> member =
        TagOwners.find(ledger, list, tagged.probe() ? probeTags : tags, tagged.tag(), named);
    if (member.isEmpty()) {
      String text = what + " came back; its recipient is no member any more. " + words(returned);
      return tell(ledger, list, mail, text, 0, Noted.of("former"), now);
    }
    MailAddress address = member.get();
    ReturnedRecipient report = about(address, recipients);
    Failure failure = new Failure(address, report, mail.id(), Failure.day(now));
    String followed =
        tagged.probe()
            ? scores.probeReturned(ledger, list, failure, sentOn, now)
            : copyReturned(ledger, list, failure, tagged, now);
    String text = what + " to " + address + " came back. " + words(returned) + " " + followed;
    return tell(ledger, list, mail, text, 1, Noted.of(kind(report)), now);
  }

  /**
   * Who sees the reverse-path of one copy can write reports about it for days; a tag counts once.
   */
  private String copyReturned(
      Ledger ledger, MailingList list, Failure failure, Tagged tagged, Instant now) {
    if (tagged.tag().sentOnDay() < failure.day().toEpochDay() - OLDEST_TAG_DAYS) {
      return "It is too old to count.";
    }
    String key = Topics.listKey(list.id(), "returned." + tagged.text().toLowerCase(Locale.ROOT));
    if (ledger.seen(key).isPresent()) {
      return "Copies of that day came back before, so nothing counts.";
    }
    if (failure.report().failure() != FailureClass.DELAYED) {
      ledger.put(key, new SeenPost(failure.cause(), now));
    }
    return scores.count(ledger, list, failure, now);
  }

  /** What is said of the member; or the mildest that is said of those whom its mail goes on to. */
  private static ReturnedRecipient about(MailAddress member, List<ReturnedRecipient> recipients) {
    Optional<MailAddress> wanted = Optional.of(member);
    return recipients.stream()
        .filter(one -> one.address().equals(wanted) || one.original().equals(wanted))
        .findFirst()
        .or(() ->
            recipients.stream()
                .filter(one -> one.failure() != FailureClass.DELAYED)
                .min(Comparator.comparingDouble(Points::of)))
        .orElseGet(recipients::getFirst);
  }

  private static Noted tell(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      String text,
      int count,
      Noted noted,
      Instant now) {
    ledger.tell(mail.event(now, MailEvent.Kind.BOUNCE, list.id(), text, count));
    return noted;
  }

  private static String kind(ReturnedRecipient report) {
    return report.failure().name().toLowerCase(Locale.ROOT);
  }

  private static String kind(Returned returned) {
    return switch (returned) {
      case Returned.Failed _ -> "failed";
      case Returned.Delayed _ -> "delayed";
      case Returned.Delivered _ -> "delivered";
      case Returned.Complaint _ -> "complaint";
      case Returned.AutoReply _ -> "auto-reply";
      case Returned.ReadReceipt _ -> "receipt";
      case Returned.DmarcReport _ -> "dmarc-report";
      case Returned.NotABounce _ -> "unrecognized";
    };
  }

  /** What the report says; a stranger wrote it. */
  private static String words(Returned returned) {
    return switch (returned) {
      case Returned.Failed(var recipients, _) -> "Failed: " + words(recipients.stream());
      case Returned.Delayed(var recipients, _) -> "Delayed: " + words(recipients.stream());
      case Returned.Delivered(var recipients, _) -> "Delivered: " + words(recipients.stream());
      case Returned.Complaint(var type, var recipients, _) ->
          "A complaint (%s) of %s.".formatted(type, recipients);
      case Returned.AutoReply(var author) ->
          "An automatic answer of %s."
              .formatted(author.map(MailAddress::toString).orElse("somebody"));
      case Returned.ReadReceipt(var recipient, var disposition, _) ->
          "A receipt (%s) of %s."
              .formatted(disposition, recipient.map(MailAddress::toString).orElse("somebody"));
      case Returned.DmarcReport() -> "A report about our domain.";
      case Returned.NotABounce() -> "No report of a kind that is known.";
    };
  }

  private static String words(Stream<ReturnedRecipient> recipients) {
    return recipients
        .limit(MAX_TOLD)
        .map(one ->
            "%s: %s."
                .formatted(
                    one.address().map(MailAddress::toString).orElse("somebody"), one.reason()))
        .collect(Collectors.joining(" "));
  }
}
