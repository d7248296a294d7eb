package org.milena.listexpander.migration.mailman2;

import java.util.List;
import java.util.Optional;

/**
 * Topics, by which members may choose posts.
 *
 * @param bodyLinesLimit how many lines of a post are looked at
 */
public record TopicPolicy(
    Optional<Boolean> enabled, Optional<Long> bodyLinesLimit, List<Topic> topics) {
  /** Copies. */
  public TopicPolicy {
    topics = List.copyOf(topics);
  }
}
