package org.milena.listexpander.migration.mailman2;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the list is called and what it says of itself.
 *
 * @param internalName the name of its directory: the local part of its address
 * @param realName the same in the case that is shown
 * @param hostName the domain of its address
 * @param webPageUrl where the web pages of the old host begin
 * @param info a longer description, often HTML
 * @param preferredLanguage Mailman's code of it
 * @param advertised whether it is named among the lists of the host
 */
public record ListIdentity(
    String internalName,
    Optional<String> realName,
    Optional<String> hostName,
    Optional<String> webPageUrl,
    Optional<String> description,
    Optional<String> info,
    Optional<String> preferredLanguage,
    List<String> availableLanguages,
    Optional<Boolean> advertised,
    Optional<Instant> createdAt,
    Optional<Instant> lastPostTime) {
  /** Copies. */
  public ListIdentity {
    availableLanguages = List.copyOf(availableLanguages);
  }
}
