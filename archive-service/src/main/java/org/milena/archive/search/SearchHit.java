package org.milena.archive.search;

import org.milena.archive.post.ArchivedPost;

/**
 * A post that was found.
 *
 * @param subject with what was looked for marked
 * @param text of the post or an attachment, around what was looked for
 */
public record SearchHit(ArchivedPost post, Snippet subject, Snippet text) {}
