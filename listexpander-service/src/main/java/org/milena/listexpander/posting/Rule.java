package org.milena.listexpander.posting;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.milena.common.event.Sentence;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.sentence.Phrase;

/**
 * One line of the policy.
 *
 * @param name for programs and metrics; never changes
 * @param test what the rule finds, in the order of its own; nothing when it has nothing to say.
 *     Pure: sees facts, changes nothing
 */
record Rule(String name, Function<PostFacts, List<Finding>> test) {

  /** A rule that finds one thing at most. */
  static Rule of(String name, Function<PostFacts, Optional<Finding>> test) {
    return new Rule(name, facts -> test.apply(facts).stream().toList());
  }

  /**
   * What a rule found.
   *
   * @param reason for a moderator or an author
   */
  record Finding(PostAction action, Sentence reason) {

    static Optional<Finding> of(PostAction action, Sentence reason) {
      return Optional.of(new Finding(action, reason));
    }

    /** That a moderator must see it. */
    static Optional<Finding> hold(Sentence reason) {
      return of(PostAction.HOLD, reason);
    }

    /** What speaks against a post is never a reason to take it unseen by the other rules. */
    static Optional<Finding> against(PostAction action, Sentence reason) {
      return action == PostAction.ACCEPT ? Optional.empty() : of(action, reason);
    }

    boolean refuses() {
      return action == PostAction.REJECT || action == PostAction.DISCARD;
    }

    /** What is done with such posts: part of a sentence that says which. */
    static Sentence done(PostAction action) {
      return switch (action) {
        case ACCEPT -> Phrase.ACTION_ACCEPT.say();
        case DEFER -> Phrase.ACTION_DEFER.say();
        case HOLD -> Phrase.ACTION_HOLD.say();
        case REJECT -> Phrase.ACTION_REJECT.say();
        case DISCARD -> Phrase.ACTION_DISCARD.say();
      };
    }
  }
}
