package org.milena.archive.elasticsearch;

import java.util.Map;

/**
 * Documents that the server will never take, because of what they hold; all others of the request
 * were taken.
 */
final class DocumentsRefusedException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient Map<String, String> reasons;

  /**
   * @param reasons by document id; not empty
   */
  DocumentsRefusedException(String doing, Map<String, String> reasons) {
    super("the search engine refuses " + doing + ": " + reasons);
    this.reasons = Map.copyOf(reasons);
  }

  /** Why, by document id. */
  Map<String, String> reasons() {
    return reasons;
  }
}
