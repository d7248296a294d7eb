package org.milena.listexpander.posting;

import java.util.List;

/**
 * A rule that had something to say about a post.
 *
 * @param rule its name
 * @param reason a sentence for a moderator or an author
 */
public record RuleHit(String rule, String reason) {

  /** Several reasons that one rule has. */
  public static List<RuleHit> of(String rule, List<String> reasons) {
    return reasons.stream().map(reason -> new RuleHit(rule, reason)).toList();
  }

  /** The sentences. */
  public static List<String> reasons(List<RuleHit> hits) {
    return hits.stream().map(RuleHit::reason).toList();
  }
}
