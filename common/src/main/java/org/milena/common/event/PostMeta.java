package org.milena.common.event;

import java.time.Instant;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * Belongs to a post in the archive.
 *
 * @param archiveId key of the record: see {@link ArchiveId}
 * @param receivedAt when the edge took it
 * @param acceptedAt when the list accepted it
 * @param sha256 of the message as its author sent it, lower-case hex
 */
public record PostMeta(
    MailId mailId,
    ListId list,
    ArchiveId archiveId,
    Instant receivedAt,
    Instant acceptedAt,
    String sha256) {}
