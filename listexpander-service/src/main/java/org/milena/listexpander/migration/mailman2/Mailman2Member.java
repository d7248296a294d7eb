package org.milena.listexpander.migration.mailman2;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.mail.MailAddress;

/**
 * A member.
 *
 * @param address in the case it was given
 * @param language Mailman's code; empty where the list's own counts
 * @param statusSince when the delivery status was set; empty when it never was, or nobody knows
 * @param topics names of topics; when empty, posts of all
 */
public record Mailman2Member(
    MailAddress address,
    Optional<String> name,
    Optional<String> language,
    Digest digest,
    MemberOptions options,
    DeliveryStatus status,
    Optional<Instant> statusSince,
    List<String> topics,
    Optional<BounceScore> bounces) {

  /** How posts come. */
  public enum Digest {
    /** One by one. */
    NONE,
    /** Many in one, as plain text. */
    PLAIN,
    /** Many in one, each a part (RFC 2046 section 5.1.5). */
    MIME
  }

  /** Copies. */
  public Mailman2Member {
    topics = List.copyOf(topics);
  }
}
