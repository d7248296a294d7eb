package org.milena.listexpander.migration.mailman2;

import java.util.Optional;

/**
 * What is answered by itself. A post, or mail to the owners, goes on its way after that.
 *
 * @param graceDays for how many days a sender is not answered again; 0 is to answer always
 */
public record AutoReplies(
    Optional<Boolean> toPosts,
    Optional<String> postsText,
    Optional<Boolean> toOwners,
    Optional<String> ownersText,
    Optional<RequestAutoReply> toRequests,
    Optional<String> requestsText,
    Optional<Long> graceDays) {}
