package org.milena.scanner.authentication.dkim;

/** Where canonical octets go: a digest, a signature, a buffer. */
@FunctionalInterface
public interface OctetSink {

  /** Takes a part of an array, which it must neither keep nor change. */
  void write(byte[] octets, int offset, int length);
}
