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
 * as {@link Threads#group} over everything, at the cost of the new posts. Doing it twice changes
 * nothing, and a plan that was carried out in part is completed by making it again.
 */
public final class ThreadPlanner {
  private final ThreadIndex index;

  /** Over the index of one site. */
  public ThreadPlanner(ThreadIndex index) {
    this.index = index;
  }

  /**
   * @param posts new ones, or ones that are there already and unchanged
   */
  public ThreadPlan plan(ListId list, Collection<ThreadPost> posts) {
    Set<String> links = new LinkedHashSet<>();
    posts.forEach(post -> links.addAll(post.links()));
    Map<String, Set<ArchiveId>> known = index.threadsNaming(list, links);

    DisjointSets<Node> sets = new DisjointSets<>();
    for (ThreadPost post : posts) {
      for (String link : post.links()) {
        sets.union(new Node.OfMessage(post.messageId()), new Node.OfMessage(link));
      }
    }
    Set<ArchiveId> touched = new LinkedHashSet<>();
    known.forEach((link, threads) -> {
      touched.addAll(threads);
      threads.forEach(thread -> sets.union(new Node.OfMessage(link), new Node.OfThread(thread)));
    });

    Map<ArchiveId, Instant> dates = index.dates(touched);
    Map<Node, Root> roots = new HashMap<>();
    for (ThreadPost post : posts) {
      roots.merge(
          sets.find(new Node.OfMessage(post.messageId())),
          new Root(post.date(), post.id()),
          Root::earlier);
    }
    for (ArchiveId thread : touched) {
      // a thread whose first post is gone must take another name, so it never wins
      Instant date = dates.getOrDefault(thread, Instant.MAX);
      roots.merge(sets.find(new Node.OfThread(thread)), new Root(date, thread), Root::earlier);
    }

    Map<ArchiveId, ArchiveId> threads = new HashMap<>();
    for (ThreadPost post : posts) {
      threads.put(post.id(), winner(roots, sets.find(new Node.OfMessage(post.messageId()))));
    }
    Map<ArchiveId, ArchiveId> merged = new HashMap<>();
    for (ArchiveId thread : touched) {
      ArchiveId winner = winner(roots, sets.find(new Node.OfThread(thread)));
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
    Map<ArchiveId, ArchiveId> after = Threads.group(left);
    after.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    return after;
  }

  private static ArchiveId winner(Map<Node, Root> roots, Node set) {
    Root root = roots.get(set);
    if (root == null) {
      throw new IllegalStateException("a set without a post or thread: " + set);
    }
    return root.id();
  }

  private sealed interface Node {
    record OfMessage(String id) implements Node {}

    record OfThread(ArchiveId id) implements Node {}
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
