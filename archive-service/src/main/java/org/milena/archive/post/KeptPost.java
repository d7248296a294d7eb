package org.milena.archive.post;

import org.milena.archive.thread.ThreadPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.ListId;

/**
 * What must be known of a post that is there already.
 *
 * @param rawSha256 of the message as it is kept
 * @param source the record it came from
 */
public record KeptPost(
    ListId list, ArchiveId thread, ThreadPost post, String rawSha256, RecordPosition source) {}
