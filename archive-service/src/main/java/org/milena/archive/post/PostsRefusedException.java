package org.milena.archive.post;

import java.util.Map;
import org.milena.common.event.ArchiveId;

/**
 * Posts that the store will never take, because of what they hold. Whether it took the others is
 * open: whoever gets this brings them again without these.
 */
public class PostsRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Map<ArchiveId, String> reasons;

  /**
   * Names them.
   *
   * @param reasons why, for each; not empty
   */
  public PostsRefusedException(Map<ArchiveId, String> reasons, Throwable cause) {
    super("the store refuses " + reasons, cause);
    this.reasons = Map.copyOf(reasons);
  }

  /** Why, for each. */
  public Map<ArchiveId, String> reasons() {
    return reasons;
  }
}
