package org.milena.listexpander.bounce;

/**
 * What a mail to a bounce address turned out to be.
 *
 * @param kind for the metric: {@code hard}, {@code soft}, {@code policy}, {@code delayed}, ...
 * @param forOwners whether nobody can make sense of it and the owners want to see that
 */
public record Noted(String kind, boolean forOwners) {
  static Noted of(String kind) {
    return new Noted(kind, false);
  }
}
