package org.milena.scanner.authentication.lookup;

import java.util.List;

/**
 * What the DNS says to a question.
 *
 * @param <T> what a record holds
 */
public sealed interface Answer<T> {

  /**
   * There are records.
   *
   * @param records at least one
   */
  record Found<T>(List<T> records) implements Answer<T> {
    public Found {
      records = List.copyOf(records);
      if (records.isEmpty()) {
        throw new IllegalArgumentException("found, and nothing there");
      }
    }
  }

  /** The name exists and has no record of this type (NODATA, RFC 2308 section 2.2). */
  record NoData<T>() implements Answer<T> {}

  /** There is no such name (NXDOMAIN, RFC 2308 section 2.1). */
  record NoName<T>() implements Answer<T> {}

  /**
   * Nobody knows: no answer in time, SERVFAIL, REFUSED. Waiting may help.
   *
   * @param reason a few words for the operator
   */
  record Trouble<T>(String reason) implements Answer<T> {}

  /** The records; empty when there are none, or nobody knows. */
  default List<T> orNone() {
    return this instanceof Found<T>(var records) ? records : List.of();
  }
}
