package org.milena.archive.thread;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.milena.common.event.ArchiveId;

/**
 * Posts grouped into threads: two posts are in one when they name a message id in common, directly
 * or over others, whether that message is in the archive or not.
 *
 * <p>A thread is named by its earliest post. So a reply does not change the name, and every name a
 * thread ever had is a post of it.
 */
public final class Threads {

  /**
   * The thread of each post. Depends on the set of posts only, not on their order.
   *
   * @param bySubject whether an answer that names no post joins those of its subject
   */
  public static Map<ArchiveId, ArchiveId> group(Collection<ThreadPost> posts, boolean bySubject) {
    Ties ties = new Ties(posts, bySubject);
    Map<Object, ThreadPost> first = new HashMap<>();
    for (ThreadPost post : posts) {
      first.merge(ties.setOf(post), post, Threads::earlier);
    }
    Map<ArchiveId, ArchiveId> threads = new HashMap<>();
    for (ThreadPost post : posts) {
      ThreadPost root = first.get(ties.setOf(post));
      threads.put(post.id(), root == null ? post.id() : root.id());
    }
    return threads;
  }

  private static ThreadPost earlier(ThreadPost a, ThreadPost b) {
    return ThreadPost.BY_DATE.compare(a, b) <= 0 ? a : b;
  }

  private Threads() {}
}
