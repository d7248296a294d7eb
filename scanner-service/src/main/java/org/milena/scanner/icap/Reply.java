package org.milena.scanner.icap;

import java.util.Optional;

/**
 * What a service answered to a message.
 *
 * @param icap the head
 * @param http the head of the encapsulated response
 * @param given what it gave back
 * @param whole whether all of the message had been sent by then
 * @param mayBeUnchanged whether it may say 204: we allowed it, or it still was within the preview
 *     (RFC 3507 section 4.6)
 */
record Reply(Head icap, Optional<Head> http, Given given, boolean whole, boolean mayBeUnchanged) {

  /** What a reply gives back for a message. */
  enum Given {
    /** Nothing, or nothing that had to be looked at. */
    NOTHING,
    /** The message, octet for octet. */
    SAME,
    /** Something else. */
    OTHER
  }
}
