package org.milena.archive.thread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ArchiveId;

/**
 * Who answers whom in one thread: Jamie Zawinski's algorithm. An answer that names no post stands
 * below the latest one before it that began its subject.
 *
 * <p>Each message id is a container, whether its post is here or not. What a post says of its own
 * parent counts more than what later References say about it; among posts the earlier counts more.
 * A link that would close a circle is not made. A container without a post is passed over: its
 * children move up to the nearest post above.
 *
 * <p>The result depends on the set of posts only, since they are put in order first.
 */
public final class ThreadTree {

  private static final class Container {
    @Nullable Container parent;
    final List<ThreadPost> posts = new ArrayList<>();
  }

  private final Map<String, Container> containers = new LinkedHashMap<>();

  private ThreadTree() {}

  /** The posts in reading order: each before its answers, answers of one post by date. */
  public static List<ThreadNode> of(Collection<ThreadPost> posts) {
    return new ThreadTree().build(posts.stream().sorted(ThreadPost.BY_DATE).toList());
  }

  private List<ThreadNode> build(List<ThreadPost> sorted) {
    for (ThreadPost post : sorted) {
      container(post.messageId()).posts.add(post);
    }
    for (ThreadPost post : sorted) {
      Container own = container(post.messageId());
      if (own.posts.getFirst().equals(post)) {
        post.parent().ifPresent(id -> link(container(id), own));
      }
    }
    for (ThreadPost post : sorted) {
      for (int i = 1; i < post.references().size(); i++) {
        link(container(post.references().get(i - 1)), container(post.references().get(i)));
      }
    }
    linkBySubject(sorted);
    return readingOrder(sorted);
  }

  /** For what is left; a subject that began nothing here leads nowhere. */
  private void linkBySubject(List<ThreadPost> sorted) {
    Map<String, ThreadPost> begun = new HashMap<>();
    for (ThreadPost post : sorted) {
      SubjectLink link = post.subjectLink().orElse(null);
      if (link == null) {
        continue;
      }
      if (!link.answers()) {
        begun.put(link.subject(), post);
        continue;
      }
      ThreadPost beginning = begun.get(link.subject());
      if (beginning != null) {
        link(container(beginning.messageId()), container(post.messageId()));
      }
    }
  }

  private Container container(String messageId) {
    return containers.computeIfAbsent(messageId, _ -> new Container());
  }

  private static void link(Container parent, Container child) {
    if (child.parent == null && !isBelow(parent, child)) {
      child.parent = parent;
    }
  }

  /** Whether {@code candidate} is {@code ancestor} or below it. */
  private static boolean isBelow(Container candidate, Container ancestor) {
    for (Container at = candidate; at != null; at = at.parent) {
      if (at == ancestor) {
        return true;
      }
    }
    return false;
  }

  private List<ThreadNode> readingOrder(List<ThreadPost> sorted) {
    Map<ArchiveId, List<ThreadPost>> children = new HashMap<>();
    List<ThreadPost> roots = new ArrayList<>();
    for (ThreadPost post : sorted) {
      Optional<ThreadPost> parent = parentOf(post);
      parent
          .map(p -> children.computeIfAbsent(p.id(), _ -> new ArrayList<>()))
          .orElse(roots)
          .add(post);
    }
    List<ThreadNode> order = new ArrayList<>(sorted.size());
    Deque<ThreadNode> open = new ArrayDeque<>();
    pushReversed(open, roots, 0, null);
    while (!open.isEmpty()) {
      ThreadNode node = open.pop();
      order.add(node);
      pushReversed(open, children.getOrDefault(node.id(), List.of()), node.depth() + 1, node.id());
    }
    return order;
  }

  private void pushReversed(
      Deque<ThreadNode> open, List<ThreadPost> posts, int depth, @Nullable ArchiveId parent) {
    for (ThreadPost post : posts.reversed()) {
      open.push(new ThreadNode(post.id(), depth, parent, isParentMissing(post)));
    }
  }

  /** The post above: over containers without a post, if need be. */
  private Optional<ThreadPost> parentOf(ThreadPost post) {
    Container own = container(post.messageId());
    // another post under the same Message-ID answers what the first one answers
    for (Container at = own.parent; at != null; at = at.parent) {
      if (!at.posts.isEmpty()) {
        return Optional.of(at.posts.getFirst());
      }
    }
    return Optional.empty();
  }

  private boolean isParentMissing(ThreadPost post) {
    return post.parent().map(id -> container(id).posts.isEmpty()).orElse(false);
  }
}
