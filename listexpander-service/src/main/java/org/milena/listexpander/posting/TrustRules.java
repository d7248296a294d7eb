package org.milena.listexpander.posting;

import java.util.Optional;
import org.milena.common.directory.Authorship;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.common.event.ScanReport;
import org.milena.common.event.SpamReport;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.posting.Rule.Finding;
import org.milena.listexpander.sentence.Phrase;

/** What scanner and author's domain say against a post. */
final class TrustRules {

  /** The policy for what engines said lets it go to a person only. */
  static Optional<Finding> scanPassage(PostFacts facts) {
    return facts
        .scan()
        .filter(ScanReport::wantsModerator)
        .flatMap(scan -> Finding.hold(Phrase.SCAN_PASSAGE.say(Words.objections(scan))));
  }

  /** The filter would mark it, or would refuse it and was not obeyed. */
  static Optional<Finding> spam(PostFacts facts) {
    return facts
        .scan()
        .filter(scan -> scan.releasedBy() == null)
        .flatMap(scan -> Optional.ofNullable(scan.spam()))
        .filter(spam -> spam.level() != SpamReport.Level.HAM)
        .flatMap(spam -> {
          PostAction action = facts.list().settings().posting().suspectAction();
          return Finding.against(action, Phrase.SPAM.say(Words.points(spam), Finding.done(action)));
        });
  }

  /** A domain that asks for nothing to be done has said nothing against it. */
  static Optional<Finding> disownedAuthor(PostFacts facts) {
    if (!(facts.authorship() instanceof Authorship.Disowned disowned)
        || disowned.policy() == Policy.NONE) {
      return Optional.empty();
    }
    PostAction action = facts.list().settings().posting().disownedAction();
    return Finding.against(
        action, Phrase.DISOWNED_AUTHOR.say(Words.of(disowned), Finding.done(action)));
  }

  private TrustRules() {}
}
