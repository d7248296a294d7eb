package org.milena.benchmarks.server;

/** A run cannot be made, or went wrong, so that its figures would mean nothing. */
public final class BenchmarkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BenchmarkException(String message) {
    super(message);
  }

  public BenchmarkException(String message, Throwable cause) {
    super(message, cause);
  }
}
