package org.milena.archive.search;

import java.time.Instant;
import org.milena.archive.post.ArchivedPost;

/**
 * A thread in a listing.
 *
 * @param first its earliest post
 * @param posts how many it has
 * @param last when its latest post was written
 */
public record ThreadSummary(ArchivedPost first, long posts, Instant last) {}
