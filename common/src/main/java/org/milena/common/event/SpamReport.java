package org.milena.common.event;

import java.util.List;

/**
 * What a spam filter says of a mail.
 *
 * @param score its points; more is worse, below zero is better than nothing
 * @param required points from which the filter itself would refuse
 * @param action what the filter proposes, in its own words: {@code add header}
 * @param symbols names of the rules that hit, the heaviest first; bounded
 */
public record SpamReport(
    Level level, double score, double required, String action, List<String> symbols) {

  public SpamReport {
    symbols = List.copyOf(symbols);
  }

  /** How sure the filter is. */
  public enum Level {
    HAM,
    /** The filter would mark it: a person should look. */
    SUSPECT,
    /** The filter would refuse it. */
    SPAM
  }
}
