package org.milena.listexpander.migration.mailman2;

import java.util.Optional;

/**
 * What the copies for members look like.
 *
 * @param anonymousList whether the author is taken away
 * @param subjectPrefix may hold {@code %d} for the number of the post, its last space counts
 * @param dropCc whether members who get no copy are taken off Cc
 * @param includeSenderHeader whether {@code Sender} becomes the list
 */
public record CopyPolicy(
    Optional<ReplyGoesTo> replyGoesToList,
    Optional<String> replyToAddress,
    Optional<Boolean> firstStripReplyTo,
    Optional<Boolean> anonymousList,
    Optional<String> subjectPrefix,
    Optional<PrefixEncoding> encodeAsciiPrefixes,
    Optional<Boolean> includeRfc2369Headers,
    Optional<Boolean> includeListPostHeader,
    Optional<Boolean> includeSenderHeader,
    Optional<Boolean> dropCc,
    Optional<Personalization> personalize,
    Optional<Boolean> nondigestable) {}
