package org.milena.common.settings;

import java.util.List;

/**
 * Which parts of posts reach members and archive. Types are {@code text/html} or {@code image};
 * extensions are without a dot; all without regard to case.
 *
 * @param filterContent whether anything is filtered
 * @param filterTypes types that are taken out
 * @param passTypes types that may stay; all when empty
 * @param filterExtensions extensions of attachments that are taken out
 * @param passExtensions extensions of attachments that may stay; all when empty
 * @param collapseAlternatives whether only the first of alternatives stays
 * @param htmlToText whether HTML becomes plain text
 * @param filterAction what becomes of a post of which nothing is left, or which is as a whole of a
 *     type that may not stay
 */
public record ContentFilterSettings(
    boolean filterContent,
    List<String> filterTypes,
    List<String> passTypes,
    List<String> filterExtensions,
    List<String> passExtensions,
    boolean collapseAlternatives,
    boolean htmlToText,
    FilterAction filterAction) {

  /** Nothing is filtered. */
  public static final ContentFilterSettings DEFAULT =
      new ContentFilterSettings(
          false, List.of(), List.of(), List.of(), List.of(), true, false, FilterAction.DISCARD);

  public ContentFilterSettings {
    filterTypes = List.copyOf(filterTypes);
    passTypes = List.copyOf(passTypes);
    filterExtensions = List.copyOf(filterExtensions);
    passExtensions = List.copyOf(passExtensions);
  }
}
