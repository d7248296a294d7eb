package org.milena.listexpander.posting;

import java.util.List;
import org.milena.common.event.Sentence;

/**
 * A rule that had something to say about a post.
 *
 * @param rule its name
 * @param reason for a moderator or an author
 */
public record RuleHit(String rule, Sentence reason) {

  /** Several reasons that one rule has. */
  public static List<RuleHit> of(String rule, List<Sentence> reasons) {
    return reasons.stream().map(reason -> new RuleHit(rule, reason)).toList();
  }

  /** The sentences. */
  public static List<Sentence> sentences(List<RuleHit> hits) {
    return hits.stream().map(RuleHit::reason).toList();
  }

  /** The sentences, in English. */
  public static List<String> reasons(List<RuleHit> hits) {
    return Sentence.texts(sentences(hits));
  }
}
