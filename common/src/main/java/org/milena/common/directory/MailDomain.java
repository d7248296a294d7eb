package org.milena.common.directory;

import java.util.List;
import java.util.Set;
import org.milena.common.settings.HeaderFilter;

/**
 * A domain that lists lie in, or the whole site: what holds for all their lists.
 *
 * @param name A-labels, lower case; {@link #SITE} for the site
 * @param owners names of accounts that make lists here and run all of them
 * @param bans patterns of addresses that may neither post nor join, as in {@code
 *     MembershipSettings}
 * @param headerFilters what happens to posts by their header, before the lists' own filters
 */
public record MailDomain(
    String name,
    String description,
    Set<String> owners,
    List<String> bans,
    List<HeaderFilter> headerFilters) {

  /** The name of the whole site. */
  public static final String SITE = "*";

  /** The key that a domain's commands have in the topic of commands. */
  public static String commandKey(String name) {
    return "domain:" + name;
  }

  public MailDomain {
    owners = Set.copyOf(owners);
    bans = List.copyOf(bans);
    headerFilters = List.copyOf(headerFilters);
  }
}
