package org.milena.engines;

import org.jspecify.annotations.Nullable;

/**
 * An engine cannot run here: a port, a folder, a program or its own complaint stands in the way.
 *
 * <p>The message is one sentence (and, for a child process, its last words) that an operator can
 * act on; it is meant to be shown without a stack trace.
 */
public final class EngineStartException extends RuntimeException {

  public EngineStartException(String message) {
    super(message);
  }

  public EngineStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
