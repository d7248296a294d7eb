package org.milena.archive.search;

import org.milena.archive.post.ArchivedPost;

/**
 * A post that was found.
 *
 * @param subject with what was looked for marked
 */
public record SearchHit(ArchivedPost post, Snippet subject, Snippet text) {}
