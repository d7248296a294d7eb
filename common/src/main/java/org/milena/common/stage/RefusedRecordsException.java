package org.milena.common.stage;

import java.util.Map;
import org.milena.common.event.RecordPosition;

/**
 * Some records of a batch will never be taken by what keeps the effects of a sink, however often
 * they come; the effects of all others are durable. They are set aside at once.
 */
public class RefusedRecordsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Map<RecordPosition, String> reasons;

  /**
   * Names them.
   *
   * @param reasons why, for each; not empty
   */
  public RefusedRecordsException(Map<RecordPosition, String> reasons) {
    super("records are refused: " + reasons);
    this.reasons = Map.copyOf(reasons);
  }

  /** Why, for each. */
  public Map<RecordPosition, String> reasons() {
    return reasons;
  }
}
