package org.milena.archive.thread;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * Finds the threads of new posts without reading the posts that are there.
 *
 * <p>A thread is named by its earliest post. The minimum of a union is the minimum of the minima,
 * so it is enough to know which threads the new posts touch and how old those are: the same result
 * as {@link Threads#group(Collection, boolean)} over everything, at the cost of the new posts.
 * Doing it twice changes nothing, and a plan that was carried out in part is completed by making it
 * again.
 */
public final class ThreadPlanner {
  private final ThreadIndex index;
  private final boolean bySubject;

  /**
   * Over the index of one site.
   *
   * @param bySubject whether an answer that names no post joins those of its subject
   */
  public ThreadPlanner(ThreadIndex index, boolean bySubject) {
    this.index = index;
    this.bySubject = bySubject;
  }

  /**
   * @param posts new ones, or ones that are there already and unchanged
   */
  public ThreadPlan plan(ListId list, Collection<ThreadPost> posts) {
    Ties ties = new Ties(posts, bySubject);
    Map<String, Set<ArchiveId>> known = index.threadsNaming(list, ties.names());
    ties.addThreads(known);
    Set<ArchiveId> touched = new LinkedHashSet<>();
    known.values().forEach(touched::addAll);
    Map<ArchiveId, Instant> dates = index.dates(touched);
    Map<Object, Root> roots = new HashMap<>();
    for (ThreadPost post : posts) {
      roots.merge(ties.setOf(post), new Root(post.date(), post.id()), Root::earlier);
    }
    for (ArchiveId thread : touched) {
      // a thread whose first post is gone must take another name, so it never wins
      Instant date = dates.getOrDefault(thread, Instant.MAX);
      roots.merge(ties.setOf(thread), new Root(date, thread), Root::earlier);
    }

    Map<ArchiveId, ArchiveId> threads = new HashMap<>();
    for (ThreadPost post : posts) {
      threads.put(post.id(), winner(roots, ties.setOf(post)));
    }
    Map<ArchiveId, ArchiveId> merged = new HashMap<>();
    for (ArchiveId thread : touched) {
      ArchiveId winner = winner(roots, ties.setOf(thread));
      if (!winner.equals(thread)) {
        merged.put(thread, winner);
      }
    }
    return new ThreadPlan(threads, merged);
  }

  /**
   * The threads of what is left of these threads when some posts are gone: a post that held two
   * halves together may have been the only one to do so.
   *
   * @return the posts whose thread changes, with their new one
   */
  public Map<ArchiveId, ArchiveId> without(
      ListId list, Set<ArchiveId> threads, Set<ArchiveId> gone) {
    List<ThreadPost> left = new ArrayList<>();
    Map<ArchiveId, ArchiveId> before = new HashMap<>();
    for (ArchiveId thread : new HashSet<>(threads)) {
      for (ThreadPost post : index.posts(list, thread)) {
        if (!gone.contains(post.id())) {
          left.add(post);
          before.put(post.id(), thread);
        }
      }
    }
    Map<ArchiveId, ArchiveId> after = Threads.group(left, bySubject);
    after.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    return after;
  }

  private static ArchiveId winner(Map<Object, Root> roots, Object set) {
    Root root = roots.get(set);
    if (root == null) {
      throw new IllegalStateException("a set without a post or thread: " + set);
    }
    return root.id();
  }

  private record Root(Instant date, ArchiveId id) {
    Root earlier(Root other) {
      int order = date.compareTo(other.date);
      if (order == 0) {
        order = id.value().compareTo(other.id.value());
      }
      return order <= 0 ? this : other;
    }
  }
}
