package org.milena.archive.post;

/**
 * A post with its text.
 *
 * @param text what a reader would read; lines end in LF
 */
public record FullPost(ArchivedPost post, String text) {}
