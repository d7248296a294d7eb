package org.milena.listexpander.posting;

import java.util.Optional;
import java.util.function.Function;
import org.milena.common.settings.PostAction;

/**
 * One line of the policy.
 *
 * @param name for programs and metrics; never changes
 * @param test the finding, if the rule has one. Pure: sees facts, changes nothing
 */
record Rule(String name, Function<PostFacts, Optional<Finding>> test) {

  /**
   * What a rule found.
   *
   * @param reason a sentence for a moderator or an author
   */
  record Finding(PostAction action, String reason) {}
}
