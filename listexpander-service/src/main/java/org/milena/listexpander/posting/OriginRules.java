package org.milena.listexpander.posting;

import static org.milena.common.settings.PostAction.ACCEPT;
import static org.milena.common.settings.PostAction.DISCARD;
import static org.milena.common.settings.PostAction.REJECT;

import java.util.List;
import java.util.Optional;
import org.milena.common.directory.MailDomain;
import org.milena.common.event.ScanReport;
import org.milena.common.event.Sentence;
import org.milena.common.mail.ReversePath;
import org.milena.common.pattern.AddressPatterns;
import org.milena.listexpander.posting.Rule.Finding;
import org.milena.listexpander.sentence.Phrase;

/** Where a post comes from, and who vouches for it. */
final class OriginRules {
  /** More people than ever wrote one mail. */
  static final int MAX_NAMES = 50;

  /** A report that came back, or a mail that nobody signed: nothing that belongs on a list. */
  static Optional<Finding> noSender(PostFacts facts) {
    if (facts.reversePath() instanceof ReversePath.Null) {
      return Finding.of(DISCARD, Phrase.EMPTY_RETURN_PATH.say());
    }
    return facts.claimants().isEmpty()
        ? Finding.of(DISCARD, Phrase.NO_SENDER.say())
        : Optional.empty();
  }

  /** RFC 5322 section 3.6 allows one; two show different authors to different readers. */
  static Optional<Finding> twoFromFields(PostFacts facts) {
    return facts.header().authorFields() > 1
        ? Finding.of(REJECT, Phrase.TWO_FROM_FIELDS.say())
        : Optional.empty();
  }

  /**
   * It brings the moderators' password. What the scanner wants seen is seen all the same: whoever
   * sent the password has not seen what the scanner saw.
   */
  static Optional<Finding> approved(PostFacts facts) {
    return facts.approval() == Approval.RIGHT
            && !facts.scan().map(ScanReport::wantsModerator).orElse(false)
        ? Finding.of(ACCEPT, Phrase.APPROVED.say())
        : Optional.empty();
  }

  /** Late, so that no junk must be looked at because it brings a password. */
  static Optional<Finding> wrongApproval(PostFacts facts) {
    return switch (facts.approval()) {
      case NONE, RIGHT -> Optional.empty();
      case WRONG -> Finding.hold(Phrase.WRONG_APPROVAL.say());
      case UNCHECKED -> Finding.hold(Phrase.UNCHECKED_APPROVAL.say());
    };
  }

  static Optional<Finding> emergency(PostFacts facts) {
    return facts.list().settings().posting().emergency()
        ? Finding.hold(Phrase.EMERGENCY.say())
        : Optional.empty();
  }

  /** It carries our own marks: it was here before. */
  static Optional<Finding> loop(PostFacts facts) {
    boolean ours =
        facts.header().listIds().contains(facts.list().id())
            || facts.ownAddresses().stream().anyMatch(facts.header().beenThere()::contains)
            || facts.content().loopMarks().stream().anyMatch(facts.ownAddresses()::contains);
    return ours ? Finding.of(DISCARD, Phrase.LOOP.say()) : Optional.empty();
  }

  /**
   * A ban is of an address, whatever it is named as: who names a banned one gains nothing by it.
   */
  static Optional<Finding> banned(PostFacts facts) {
    return banned(facts, facts.list().settings().membership().bans(), Phrase.OF_LIST.say())
        .or(() ->
            facts.around().domains().stream()
                .flatMap(domain -> banned(facts, domain.bans(), whose(domain)).stream())
                .findFirst());
  }

  /** Whose bans and filters those of a domain are. */
  static Sentence whose(MailDomain domain) {
    return domain.name().equals(MailDomain.SITE)
        ? Phrase.OF_SITE.say()
        : Phrase.OF_LISTS_AT.say(domain.name());
  }

  private static Optional<Finding> banned(PostFacts facts, List<String> bans, Sentence from) {
    if (bans.isEmpty()) {
      return Optional.empty();
    }
    AddressPatterns patterns = AddressPatterns.of(bans);
    return facts.claimants().stream()
        .limit(MAX_NAMES)
        .map(Claimant::address)
        .filter(address -> patterns.match(address, facts.around()).isPresent())
        .findFirst()
        .flatMap(address -> Finding.of(DISCARD, Phrase.BANNED.say(address, from)));
  }

  static Optional<Finding> manyAuthors(PostFacts facts) {
    return facts.claimants().size() > MAX_NAMES
        ? Finding.hold(Phrase.MANY_AUTHORS.say(facts.claimants().size()))
        : Optional.empty();
  }

  private OriginRules() {}
}
