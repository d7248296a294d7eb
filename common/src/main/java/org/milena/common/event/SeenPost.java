package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailId;

/**
 * A note of a list about something it has seen or said, under a key that says what: a post already
 * expanded, kept against clients that send again, or an answer already given.
 *
 * @param until how long it counts; null for seven days
 * @param thread Message-ID of the post that its thread began with, without angle brackets; null for
 *     one that begins its own, and where the note is about something else
 */
public record SeenPost(
    MailId mailId,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant until,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String thread) {

  /** A note about no post of a thread. */
  public SeenPost(MailId mailId, Instant at, @Nullable Instant until) {
    this(mailId, at, until, null);
  }

  /** A note that counts for seven days. */
  public SeenPost(MailId mailId, Instant at) {
    this(mailId, at, null);
  }
}
