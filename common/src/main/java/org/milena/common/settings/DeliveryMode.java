package org.milena.common.settings;

/** What a member gets of a list's posts. */
public enum DeliveryMode {
  /** Each post as it comes. */
  EVERY_POST,
  /** Digests whose posts are messages of their own (RFC 2046 section 5.1.5). */
  MIME_DIGEST,
  /** Digests in one text (RFC 1153). */
  PLAIN_DIGEST,
  /** Once a day: who wrote what, and where to read it. */
  SUMMARY,
  /** Nothing; may post all the same. */
  NONE
}
