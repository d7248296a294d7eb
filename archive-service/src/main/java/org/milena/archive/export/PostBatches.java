package org.milena.archive.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.PostPlace;
import org.milena.archive.search.PostWalk;

/**
 * A walk in batches whose messages are read, and perhaps compressed, together. From the end of a
 * batch on they are the same, wherever the walk began.
 */
final class PostBatches {
  private static final int POSTS = 64;
  private static final long OCTETS = 1 << 20;

  private final PostWalk walk;
  private final Queue<ArchivedPost> waiting = new ArrayDeque<>();
  private @Nullable PostPlace place;
  private boolean ended;

  /**
   * @param place null for the beginning
   */
  PostBatches(PostWalk walk, @Nullable PostPlace place) {
    this.walk = walk;
    this.place = place;
  }

  /** The next one; none at the end. */
  List<ArchivedPost> next() {
    List<ArchivedPost> batch = new ArrayList<>();
    long octets = 0;
    while (batch.size() < POSTS && octets < OCTETS) {
      ArchivedPost post = nextPost();
      if (post == null) {
        break;
      }
      batch.add(post);
      octets += post.size();
    }
    return batch;
  }

  private @Nullable ArchivedPost nextPost() {
    if (waiting.isEmpty() && !ended) {
      List<ArchivedPost> page = walk.after(place);
      waiting.addAll(page);
      ended = page.isEmpty();
      place = ended ? place : PostPlace.of(page.getLast());
    }
    return waiting.poll();
  }
}
