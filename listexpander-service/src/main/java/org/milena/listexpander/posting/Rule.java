package org.milena.listexpander.posting;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.milena.common.settings.PostAction;

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
   * @param reason a sentence for a moderator or an author
   */
  record Finding(PostAction action, String reason) {

    static Optional<Finding> of(PostAction action, String reason) {
      return Optional.of(new Finding(action, reason));
    }

    /** That a moderator must see it. */
    static Optional<Finding> hold(String reason) {
      return of(PostAction.HOLD, reason);
    }

    /** What speaks against a post is never a reason to take it unseen by the other rules. */
    static Optional<Finding> against(PostAction action, String reason) {
      return action == PostAction.ACCEPT ? Optional.empty() : of(action, reason);
    }

    boolean refuses() {
      return action == PostAction.REJECT || action == PostAction.DISCARD;
    }

    /** What is done with such posts: the end of a sentence that says which. */
    static String sentence(PostAction action) {
      return switch (action) {
        case ACCEPT -> " accepted without further questions.";
        case DEFER -> " not moderated.";
        case HOLD -> " held for moderation.";
        case REJECT -> " rejected.";
        case DISCARD -> " discarded.";
      };
    }
  }
}
