package org.milena.listexpander.submission;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.milena.common.mail.MailId;

/**
 * By which a post that is sent once more is known again: a UUID of version 7 (RFC 9562 section
 * 5.7), whose time is the post's date. With the account and the list it makes the Message-ID.
 *
 * @param value drawn by the form or by a client
 */
public record PostKey(MailId value) {

  /** A key that nobody has. */
  public static PostKey next(InstantSource clock, RandomGenerator random) {
    return new PostKey(MailId.next(clock, random));
  }

  /** The key in text from outside; empty when it is none. */
  public static Optional<PostKey> parse(String text) {
    return MailId.parse(text).map(PostKey::new);
  }

  /** When it was drawn, as whoever drew it says. */
  Instant time() {
    return value.time();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
