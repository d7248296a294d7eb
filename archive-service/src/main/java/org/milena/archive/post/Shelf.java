package org.milena.archive.post;

import org.milena.archive.thread.ThreadIndex;

/**
 * A place for posts: what keeps them, and what knows their threads.
 *
 * @param threads of what is in {@code store}
 */
public record Shelf(PostStore store, ThreadIndex threads) {}
