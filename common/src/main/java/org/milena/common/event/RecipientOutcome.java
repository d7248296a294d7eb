package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What became of one recipient in one attempt (RFC 3464 section 2.3.3). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RecipientOutcome.Relayed.class, name = "relayed"),
  @JsonSubTypes.Type(value = RecipientOutcome.Deferred.class, name = "deferred"),
  @JsonSubTypes.Type(value = RecipientOutcome.Failed.class, name = "failed")
})
public sealed interface RecipientOutcome {

  /**
   * The next hop took responsibility (RFC 5321 section 6.1).
   *
   * @param reply its final reply, cleaned for display
   */
  record Relayed(String nextHop, String reply) implements RecipientOutcome {}

  /**
   * Waiting may help; the recipient stays ours.
   *
   * @param status enhanced status code (RFC 3463)
   */
  record Deferred(String status, String reason, Instant nextTry) implements RecipientOutcome {}

  /**
   * Waiting cannot help.
   *
   * @param status enhanced status code (RFC 3463)
   */
  record Failed(String status, String reason) implements RecipientOutcome {}
}
