package org.milena.listexpander.migration.mailman2;

import java.util.Optional;

/**
 * What is answered by itself.
 *
 * @param graceDays how long a sender is not answered again; 0 is never so
 */
public record AutoReplies(
    Optional<AutoReply> toPosts,
    Optional<String> postsText,
    Optional<AutoReply> toOwners,
    Optional<String> ownersText,
    Optional<RequestAutoReply> toRequests,
    Optional<String> requestsText,
    Optional<Long> graceDays) {}
