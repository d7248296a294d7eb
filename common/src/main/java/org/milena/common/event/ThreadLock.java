package org.milena.common.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;

/**
 * A thread that is closed: posts that belong to it are held or rejected.
 *
 * @param messageId of the post the thread began with, without angle brackets
 * @param subject of that post, without prefixes and {@code Re:}
 * @param rejects whether posts are rejected; held otherwise
 * @param by who closed it
 * @param until when it opens again; null for never
 */
public record ThreadLock(
    ListId list,
    String messageId,
    String subject,
    boolean rejects,
    String by,
    Instant at,
    @Nullable Instant until) {}
