package org.milena.egress.session;

import java.time.Duration;

/** A connection to a host, as octets. For one thread at a time. */
public interface Wire extends AutoCloseable {

  /** Hands octets over; they may stay in a buffer until {@link #flush}. */
  void write(byte[] octets, int offset, int length) throws WireException;

  /** Sends what was handed over. */
  void flush() throws WireException;

  /** Reads at least one octet; how many, or -1 at the end of the stream. */
  int read(byte[] into) throws WireException;

  /** All that follows must be done within this time, until the next call. */
  void within(Duration time);

  /** Encrypts from here on. */
  void encrypt() throws WireException;

  /** Whether it is encrypted. */
  boolean encrypted();

  /** Ends the connection; never fails. */
  @Override
  void close();
}
