package org.milena.ingress.session;

/** Whether there is room for a mail. */
@FunctionalInterface
public interface Storage {

  /** Whether there is too little to begin with another one. */
  boolean isLow();
}
