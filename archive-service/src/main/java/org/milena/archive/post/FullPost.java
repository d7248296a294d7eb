package org.milena.archive.post;

import org.milena.archive.message.PostText;

/**
 * A post with its text.
 *
 * @param text what a reader would read
 */
public record FullPost(ArchivedPost post, PostText text) {}
