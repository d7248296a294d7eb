package org.milena.listexpander.migration.mailman2;

import java.util.List;
import java.util.Optional;

/**
 * Which posts are fit for the list, whoever sent them.
 *
 * @param acceptableAliases regular expressions
 * @param maxNumRecipients 0 is any number
 * @param maxMessageSize in kilobytes; 0 is any size
 * @param administrivia whether commands that were sent to the list are held
 * @param bounceMatchingHeaders a field and a regular expression on each line; older than the rules
 */
public record PostingRules(
    Optional<Boolean> requireExplicitDestination,
    List<String> acceptableAliases,
    Optional<Long> maxNumRecipients,
    Optional<Long> maxMessageSize,
    Optional<Boolean> administrivia,
    List<HeaderRule> headerFilterRules,
    List<String> bounceMatchingHeaders) {
  /** Copies. */
  public PostingRules {
    acceptableAliases = List.copyOf(acceptableAliases);
    headerFilterRules = List.copyOf(headerFilterRules);
    bounceMatchingHeaders = List.copyOf(bounceMatchingHeaders);
  }
}
