package org.milena.common.table;

import org.milena.common.failure.OutageException;

/** A view does not follow its log in time: an outage, waiting may help. */
public class StaleViewException extends OutageException {
  private static final long serialVersionUID = 1;

  public StaleViewException(String message) {
    super(message);
  }
}
