package org.milena.listexpander.migration.mailman2;

import java.util.List;
import java.util.Optional;
import org.milena.common.mail.MailAddress;

/**
 * What a Mailman 2.1 list says about itself. What it did not say, or not so that it could be read,
 * is empty: Mailman's own default is not put in its place.
 *
 * @param members sorted by address
 * @param nextPostNumber which {@code %d} of the subject prefix gets next
 */
public record Mailman2List(
    ListIdentity identity,
    List<MailAddress> owners,
    List<MailAddress> moderators,
    List<Mailman2Member> members,
    ModerationPolicy moderation,
    PostingRules posting,
    SubscriptionPolicy subscription,
    ArchivePolicy archive,
    DmarcPolicy dmarc,
    AutoReplies autoReplies,
    BouncePolicy bounces,
    ContentFilter content,
    CopyPolicy copies,
    DigestPolicy digests,
    ListTexts texts,
    TopicPolicy topics,
    RelatedLists related,
    Optional<Long> nextPostNumber) {
  /** Copies. */
  public Mailman2List {
    owners = List.copyOf(owners);
    moderators = List.copyOf(moderators);
    members = List.copyOf(members);
  }
}
