package org.milena.listexpander.bounce;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.BounceScore;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.BounceSettings;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.audit.Audit;
import org.milena.listexpander.bounce.reading.FailureClass;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.membership.MemberEdits;
import org.milena.listexpander.notice.BounceTexts;
import org.milena.listexpander.notice.Notices;

/** Counts what certainly came back, and does what follows: a probe, the end of delivery. */
final class Scorekeeper {
  /** Most notices of one kind to the owners of a list in a day. */
  static final int NOTICES_A_DAY = 20;

  private final VerpTags probeTags;
  private final Notices notices;
  private final BounceTexts texts;
  private final MassBounces mass;

  /**
   * @param probeTags tags of probes
   */
  Scorekeeper(VerpTags probeTags, Notices notices, BounceTexts texts) {
    this.probeTags = probeTags;
    this.notices = notices;
    this.texts = texts;
    this.mass = new MassBounces(notices, texts);
  }

  /**
   * Counts a copy that came back.
   *
   * @return what followed, as a sentence
   */
  String count(Ledger ledger, MailingList list, Failure failure, Instant now) {
    BounceSettings settings = list.settings().bounces();
    if (!settings.processBounces()) {
      return "This list counts no bounces.";
    }
    Optional<Member> found = receiver(ledger, list, failure.member());
    if (found.isEmpty()) {
      return failure.member() + " gets no posts at present, so nothing counts.";
    }
    if (failure.report().failure() == FailureClass.DELAYED) {
      return "Its host still tries, so nothing counts.";
    }
    Optional<String> frozen = mass.frozen(ledger, list, failure, now);
    if (frozen.isPresent()) {
      return frozen.get();
    }
    if (failure.report().failure() == FailureClass.POLICY) {
      return refused(ledger, list, failure, now);
    }
    if (failure.points() == 0) {
      return "The message or their system failed, not the address, so nothing counts.";
    }
    BounceScore before = ledger.bounceScore(list.id(), failure.member()).orElse(null);
    return Points.add(before, list.id(), failure, settings.bounceStaleDays())
        .map(score -> counted(ledger, list, found.get(), score, failure, now))
        .orElseGet(() -> failure.member() + " had its point for this day.");
  }

  private String counted(
      Ledger ledger,
      MailingList list,
      Member member,
      BounceScore score,
      Failure failure,
      Instant now) {
    BounceSettings settings = list.settings().bounces();
    String points =
        String.format(
                Locale.ROOT,
                "%s has %.1f of %.1f points.",
                member.address(),
                score.score(),
                settings.bounceThreshold())
            + told(ledger, list, score, failure, now);
    if (score.score() < settings.bounceThreshold()) {
      ledger.put(score);
      return points;
    }
    return points
        + " "
        + (settings.bounceProbe()
            ? probe(ledger, list, score, now)
            : stop(ledger, list, member, score, failure.cause(), failure.day(), now));
  }

  /** Tells owners of each bounce that counts, where they want that. */
  private String told(
      Ledger ledger, MailingList list, BounceScore score, Failure failure, Instant now) {
    return list.settings().bounces().tellOwnersOfEachBounce()
        ? " "
            + notices.tellOwners(
                ledger,
                list,
                "bounce counted",
                NOTICES_A_DAY,
                texts.counted(ledger, list, score.address(), score.lastReason(), score.score()),
                failure.cause(),
                now)
        : "";
  }

  /** Asks the address itself; its bounce carries a tag that only the probe had. */
  private String probe(Ledger ledger, MailingList list, BounceScore score, Instant now) {
    MailAddress bounces = list.roleAddress("bounces");
    String tag = probeTags.tag(list.id(), score.address(), now);
    MailId id =
        notices.ask(
            ledger,
            list,
            score.address(),
            texts.probe(ledger, list, score.address(), score.lastReason()),
            new ReversePath.Mailbox(bounces.withLocalPart(bounces.localPart() + "+" + tag)),
            now);
    ledger.put(probeKey(list, id), new SeenPost(id, now));
    ledger.put(Points.probed(score, Failure.day(now)));
    return "Probe " + id + " is sent.";
  }

  /** Where the note stands that a notice is a probe: it may be refused before it is a bounce. */
  static String probeKey(MailingList list, MailId notice) {
    return Topics.listKey(list.id(), "probe." + notice);
  }

  /**
   * A probe came back.
   *
   * @param sentOn when it was sent
   * @return what followed, as a sentence
   */
  String probeReturned(
      Ledger ledger, MailingList list, Failure failure, LocalDate sentOn, Instant now) {
    BounceScore score = ledger.bounceScore(list.id(), failure.member()).orElse(null);
    if (score == null || !sentOn.equals(score.probedOn())) {
      return "Nobody waits for this probe any more.";
    }
    Optional<Member> member = receiver(ledger, list, failure.member());
    if (member.isEmpty()) {
      return failure.member() + " gets no posts at present, so nothing follows.";
    }
    Optional<String> frozen = mass.frozen(ledger, list, failure, now);
    if (frozen.isPresent()) {
      return frozen.get();
    }
    if (failure.report().failure() == FailureClass.POLICY) {
      return refused(ledger, list, failure, now);
    }
    return failure.points() == 0
        ? "It says nothing of the address, so nothing follows."
        : stop(ledger, list, member.get(), score, failure.cause(), Failure.day(now), now);
  }

  private String stop(
      Ledger ledger,
      MailingList list,
      Member member,
      BounceScore score,
      MailId cause,
      LocalDate day,
      Instant now) {
    MailAddress address = member.address();
    MemberOptions options = MemberEdits.begun(ledger, list, member);
    ledger.put(member.with(options.stopped(Stop.BY_BOUNCES, null)));
    ledger.put(Points.stopped(score, day));
    String text = "Delivery to %s stops: %s".formatted(address, score.lastReason());
    audit(ledger, list, "stop-delivery", text, cause, now);
    if (list.settings().bounces().bounceWarnings() == 0) {
      var _ =
          notices.tell(
              ledger,
              list,
              address,
              texts.stopped(ledger, list, address, score.lastReason()),
              cause,
              now);
    }
    if (!list.settings().bounces().tellOwnersOfBounces()) {
      return "Delivery stops.";
    }
    return "Delivery stops. "
        + notices.tellOwners(
            ledger,
            list,
            "delivery stopped",
            NOTICES_A_DAY,
            texts.disabled(ledger, list, address, score.lastReason()),
            cause,
            now);
  }

  /** Our fault, or their policy: nobody's score, but somebody must look at it. */
  private String refused(Ledger ledger, MailingList list, Failure failure, Instant now) {
    return "Refused for what we are or sent, which counts against nobody. "
        + notices.tellOwners(
            ledger,
            list,
            "refused for policy",
            1,
            texts.refused(ledger, list, failure.member(), failure.report().reason()),
            failure.cause(),
            now);
  }

  /** The member, if posts are delivered to it in any way. */
  private static Optional<Member> receiver(Ledger ledger, MailingList list, MailAddress address) {
    return ledger
        .member(list.id(), address)
        .filter(member -> member.roles().contains(MemberRole.MEMBER))
        .filter(member -> member.options().stopped() == null);
  }

  /** Writes down what the list did by itself. */
  static void audit(
      Ledger ledger, MailingList list, String what, String text, MailId cause, Instant now) {
    Audit.note(
        ledger,
        new AuditEntry(
            cause + "." + what, list.id(), now, "system", cause.toString(), what, text, "done"));
  }
}
