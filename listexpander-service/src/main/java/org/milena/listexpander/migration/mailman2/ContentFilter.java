package org.milena.listexpander.migration.mailman2;

import java.util.List;
import java.util.Optional;

/**
 * What of a post is left out.
 *
 * @param filterMimeTypes types that are taken away, with or without a subtype
 * @param passMimeTypes where not empty, all others are taken away
 * @param collapseAlternatives whether only the first alternative is left
 * @param scrubNondigest whether attachments are stored on the host and linked to
 */
public record ContentFilter(
    Optional<Boolean> filterContent,
    List<String> filterMimeTypes,
    List<String> passMimeTypes,
    List<String> filterFilenameExtensions,
    List<String> passFilenameExtensions,
    Optional<Boolean> collapseAlternatives,
    Optional<Boolean> convertHtmlToPlaintext,
    Optional<FilterAction> filterAction,
    Optional<Boolean> scrubNondigest) {
  /** Copies. */
  public ContentFilter {
    filterMimeTypes = List.copyOf(filterMimeTypes);
    passMimeTypes = List.copyOf(passMimeTypes);
    filterFilenameExtensions = List.copyOf(filterFilenameExtensions);
    passFilenameExtensions = List.copyOf(passFilenameExtensions);
  }
}
