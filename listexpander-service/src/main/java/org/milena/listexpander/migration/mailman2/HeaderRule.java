package org.milena.listexpander.migration.mailman2;

import java.util.List;

/**
 * What is done to a post by its header.
 *
 * @param patterns regular expressions of Python, each for a whole field; not split into name and
 *     value
 */
public record HeaderRule(List<String> patterns, HeaderRuleAction action) {
  /** Copies. */
  public HeaderRule {
    patterns = List.copyOf(patterns);
  }
}
