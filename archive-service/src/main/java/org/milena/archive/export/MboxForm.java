package org.milena.archive.export;

/**
 * How an mbox is written.
 *
 * @param masked whether addresses are hidden
 * @param gzip whether it is compressed (RFC 1952), in members that are whole each by itself
 */
public record MboxForm(boolean masked, boolean gzip) {

  /** Grows when the octets that are made of the same posts change: with the masking, say. */
  private static final int VERSION = 2;

  /** The same only where the same posts make the same octets. */
  String name() {
    // how much zlib finds is its own affair
    return VERSION + " " + masked + " " + (gzip ? "gzip " + Runtime.version() : "plain");
  }
}
