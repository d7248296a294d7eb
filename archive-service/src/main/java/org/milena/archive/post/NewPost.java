package org.milena.archive.post;

import org.milena.common.event.RecordPosition;
import org.milena.common.mail.RawMessage;

/**
 * A post that is to be kept.
 *
 * @param attachedText of attachments that are text; for search only
 * @param raw its bytes
 * @param source the record it comes from
 */
public record NewPost(
    ArchivedPost post, String text, String attachedText, RawMessage raw, RecordPosition source) {}
