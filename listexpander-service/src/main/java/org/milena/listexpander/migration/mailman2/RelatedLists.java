package org.milena.listexpander.migration.mailman2;

import java.util.List;
import java.util.Optional;

/**
 * Other lists that share readers with this one.
 *
 * @param regularExcludeLists whose members get no copy of posts to both
 * @param regularIncludeLists whose members get a copy, too
 * @param umbrellaList whether the members are lists
 */
public record RelatedLists(
    List<String> regularExcludeLists,
    Optional<Boolean> regularExcludeIgnore,
    List<String> regularIncludeLists,
    Optional<Boolean> umbrellaList,
    Optional<String> umbrellaMemberSuffix) {
  /** Copies. */
  public RelatedLists {
    regularExcludeLists = List.copyOf(regularExcludeLists);
    regularIncludeLists = List.copyOf(regularIncludeLists);
  }
}
