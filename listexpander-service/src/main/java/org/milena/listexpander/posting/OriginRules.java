package org.milena.listexpander.posting;

import static org.milena.common.settings.PostAction.ACCEPT;
import static org.milena.common.settings.PostAction.DISCARD;
import static org.milena.common.settings.PostAction.REJECT;

import java.util.List;
import java.util.Optional;
import org.milena.common.directory.MailDomain;
import org.milena.common.event.ScanReport;
import org.milena.common.mail.ReversePath;
import org.milena.common.pattern.AddressPatterns;
import org.milena.listexpander.posting.Rule.Finding;

/** Where a post comes from, and who vouches for it. */
final class OriginRules {
  /** More people than ever wrote one mail. */
  static final int MAX_NAMES = 50;

  /** A report that came back, or a mail that nobody signed: nothing that belongs on a list. */
  static Optional<Finding> noSender(PostFacts facts) {
    if (facts.reversePath() instanceof ReversePath.Null) {
      return Finding.of(
          DISCARD, "It came with an empty return path, as bounces and automatic reports do.");
    }
    return facts.claimants().isEmpty()
        ? Finding.of(DISCARD, "It names no sender at all.")
        : Optional.empty();
  }

  /** RFC 5322 section 3.6 allows one; two show different authors to different readers. */
  static Optional<Finding> twoFromFields(PostFacts facts) {
    return facts.header().authorFields() > 1
        ? Finding.of(REJECT, "It has more than one From field, so its author is unclear.")
        : Optional.empty();
  }

  /**
   * It brings the moderators' password. What the scanner wants seen is seen all the same: whoever
   * sent the password has not seen what the scanner saw.
   */
  static Optional<Finding> approved(PostFacts facts) {
    return facts.approval() == Approval.RIGHT
            && !facts.scan().map(ScanReport::wantsModerator).orElse(false)
        ? Finding.of(ACCEPT, "It brings the moderators' password.")
        : Optional.empty();
  }

  /** Late, so that no junk must be looked at because it brings a password. */
  static Optional<Finding> wrongApproval(PostFacts facts) {
    return switch (facts.approval()) {
      case NONE, RIGHT -> Optional.empty();
      case WRONG -> Finding.hold("It brings a password for moderators, and a wrong one.");
      case UNCHECKED ->
          Finding.hold(
              "It brings a password for moderators that was not looked at: there were too many"
                  + " wrong ones within this hour, or it cannot be taken out of the post.");
    };
  }

  static Optional<Finding> emergency(PostFacts facts) {
    return facts.list().settings().posting().emergency()
        ? Finding.hold("Every post to this list is held at present (emergency).")
        : Optional.empty();
  }

  /** It carries our own marks: it was here before. */
  static Optional<Finding> loop(PostFacts facts) {
    boolean ours =
        facts.header().listIds().contains(facts.list().id())
            || facts.ownAddresses().stream().anyMatch(facts.header().beenThere()::contains)
            || facts.content().loopMarks().stream().anyMatch(facts.ownAddresses()::contains);
    return ours ? Finding.of(DISCARD, "It has passed this list before.") : Optional.empty();
  }

  /**
   * A ban is of an address, whatever it is named as: who names a banned one gains nothing by it.
   */
  static Optional<Finding> banned(PostFacts facts) {
    return banned(facts, facts.list().settings().membership().bans(), "this list")
        .or(() ->
            facts.around().domains().stream()
                .flatMap(domain ->
                    banned(
                        facts,
                        domain.bans(),
                        domain.name().equals(MailDomain.SITE)
                            ? "this site"
                            : "lists at " + domain.name())
                        .stream())
                .findFirst());
  }

  private static Optional<Finding> banned(PostFacts facts, List<String> bans, String from) {
    if (bans.isEmpty()) {
      return Optional.empty();
    }
    AddressPatterns patterns = AddressPatterns.of(bans);
    return facts.claimants().stream()
        .limit(MAX_NAMES)
        .map(Claimant::address)
        .filter(address -> patterns.match(address, facts.around()).isPresent())
        .findFirst()
        .flatMap(address -> Finding.of(DISCARD, address + " is banned from " + from + "."));
  }

  static Optional<Finding> manyAuthors(PostFacts facts) {
    return facts.claimants().size() > MAX_NAMES
        ? Finding.hold("It comes in %,d names.".formatted(facts.claimants().size()))
        : Optional.empty();
  }

  private OriginRules() {}
}
