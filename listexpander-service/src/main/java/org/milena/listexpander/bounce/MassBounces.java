package org.milena.listexpander.bounce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.BounceScore;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.listexpander.bounce.reading.FailureClass;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.BounceTexts;
import org.milena.listexpander.notice.Notices;

/**
 * Notices when a whole domain fails: a list-side fault makes all members at one provider "bounce",
 * and would unsubscribe innocents. Members are counted by domain and by what is said, in this hour
 * and the one before, in the list's own notes, so that a restart forgets nothing.
 */
final class MassBounces {
  /** Fewer members than this are no mass. */
  static final int LEAST = 20;

  /** One of so many members of the domain, when a host refuses us. */
  static final int REFUSED_SHARE = 5;

  /**
   * Likewise when all are failed in the same words. More must be: dead addresses at one provider
   * look all alike, and an old list has many.
   */
  static final int ALIKE_SHARE = 2;

  /** How long nothing counts. */
  static final Duration FROZEN = Duration.ofHours(24);

  private static final int PAGE = 1_000;

  private final Notices notices;
  private final BounceTexts texts;

  MassBounces(Notices notices, BounceTexts texts) {
    this.notices = notices;
    this.texts = texts;
  }

  /**
   * Counts a failure among those of its domain.
   *
   * @return why it must not count against the member, if so
   */
  Optional<String> frozen(Ledger ledger, MailingList list, Failure failure, Instant now) {
    String domain = failure.member().domain();
    String frozen = Topics.listKey(list.id(), "frozen." + domain);
    Optional<Instant> until = ledger.seen(frozen).map(note -> note.at().plus(FROZEN));
    if (until.filter(now::isBefore).isPresent()) {
      return Optional.of(
          "So much came back from %s that nothing counts until %s."
              .formatted(domain, until.orElseThrow()));
    }
    int members = count(ledger, list, failure, now);
    if (!isTimeToCompare(members)
        || (long) members * share(failure) < membersAt(ledger, list, domain)) {
      return Optional.empty();
    }
    ledger.put(frozen, new SeenPost(failure.cause(), now));
    int restored = takeBack(ledger, list, failure);
    String told =
        notices.tellOwners(
            ledger,
            list,
            "frozen " + domain,
            1,
            texts.frozen(
                ledger, list, domain, members, (int) FROZEN.toHours(), failure.report().reason()),
            failure.cause(),
            now);
    return Optional.of(
        "Copies to %,d members at %s came back at once: nothing counts for %d hours, and the points"
                .formatted(members, domain, FROZEN.toHours())
            + " of %,d members are taken back. %s".formatted(restored, told));
  }

  private static int share(Failure failure) {
    return failure.report().failure() == FailureClass.POLICY ? REFUSED_SHARE : ALIKE_SHARE;
  }

  /** How many members failed so in this hour and the last, this one among them; each once. */
  private static int count(Ledger ledger, MailingList list, Failure failure, Instant now) {
    String kind = "mass." + digest(failure.member().domain() + " " + said(failure)) + ".";
    long hour = now.getEpochSecond() / 3600;
    String who = ".m." + digest(failure.member().key());
    String here = Topics.listKey(list.id(), kind + hour);
    String before = Topics.listKey(list.id(), kind + (hour - 1));
    int count = highest(ledger, here);
    if (ledger.seen(here + who).isEmpty() && ledger.seen(before + who).isEmpty()) {
      SeenPost note = new SeenPost(failure.cause(), now);
      ledger.put(here + who, note);
      count++;
      ledger.put(here + ".n." + count, note);
    }
    return count + highest(ledger, before);
  }

  /** The last number that is taken; they have no holes, so a few looks find it. */
  private static int highest(Ledger ledger, String prefix) {
    int above = 1;
    while (ledger.seen(prefix + ".n." + above).isPresent()) {
      above *= 2;
    }
    int taken = above / 2;
    while (above - taken > 1) {
      int middle = (above + taken) / 2;
      if (ledger.seen(prefix + ".n." + middle).isPresent()) {
        taken = middle;
      } else {
        above = middle;
      }
    }
    return taken;
  }

  /** All members are gone over, so not for each failure: some eight times until it doubles. */
  private static boolean isTimeToCompare(int members) {
    return members >= LEAST && members % Math.max(1, Integer.highestOneBit(members) / 8) == 0;
  }

  private static int membersAt(Ledger ledger, MailingList list, String domain) {
    int[] count = {0};
    ledger.eachMember(
        list.id(),
        member -> {
          if (member.roles().contains(MemberRole.MEMBER)
              && member.address().domain().equals(domain)) {
            count[0]++;
          }
        });
    return count[0];
  }

  /** What is said, without what differs from one member to the next. */
  private static String said(Failure failure) {
    return failure.report().failure() == FailureClass.POLICY
        ? "policy"
        : failure
            .report()
            .reason()
            .toLowerCase(Locale.ROOT)
            .replace(failure.member().key(), "")
            .replaceAll("[^\\s<>]{1,200}@[^\\s<>]{1,300}", "")
            .replaceAll("[\\p{Alnum}._-]*\\d[\\p{Alnum}._-]*", "#");
  }

  private static int takeBack(Ledger ledger, MailingList list, Failure failure) {
    List<BounceScore> today = new ArrayList<>();
    String after = "";
    List<Map.Entry<String, BounceScore>> page;
    do {
      page = ledger.bounceScores(list.id(), after, PAGE);
      for (Map.Entry<String, BounceScore> row : page) {
        BounceScore score = row.getValue();
        if (score.address().domain().equals(failure.member().domain())
            && (score.lastOn().equals(failure.day()) || failure.day().equals(score.stoppedOn()))) {
          today.add(score);
        }
        after = row.getKey();
      }
    } while (page.size() == PAGE);
    today.forEach(score -> takeBack(ledger, list, score));
    return today.size();
  }

  private static void takeBack(Ledger ledger, MailingList list, BounceScore score) {
    LocalDate stoppedOn = score.stoppedOn();
    ledger.deleteBounceScore(list.id(), score.address());
    // stopped later than its last day: a probe came back, and no point of that is left
    if (stoppedOn == null || stoppedOn.equals(score.lastOn())) {
      Points.without(score, list.settings().bounces().bounceThreshold()).ifPresent(ledger::put);
    }
    ledger
        .row(list.id(), score.address())
        .filter(member -> member.options().stopped() == Stop.BY_BOUNCES)
        .ifPresent(member -> ledger.put(member.with(member.options().resumed())));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
