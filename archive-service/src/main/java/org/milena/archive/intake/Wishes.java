package org.milena.archive.intake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.milena.archive.post.NewPost;
import org.milena.common.event.ArchiveId;

/**
 * What records ask for, by id. Of several under one id the last counts; if that one is refused, the
 * one before it.
 */
final class Wishes {
  private final Map<ArchiveId, Deque<NewPost>> posts = new LinkedHashMap<>();

  /** Those that are removed, if nothing behind that is kept. */
  private final Set<ArchiveId> removed = new HashSet<>();

  /** Has a post be kept; with its own id for a thread, until that is found. */
  void keep(NewPost post) {
    posts.computeIfAbsent(post.post().id(), _ -> new ArrayDeque<>()).addLast(post);
  }

  /** Has a post be gone, whatever came before. */
  void remove(ArchiveId id) {
    posts.remove(id);
    removed.add(id);
  }

  /** Posts to keep. */
  Map<ArchiveId, NewPost> posts() {
    Map<ArchiveId, NewPost> last = new LinkedHashMap<>();
    posts.forEach((id, all) -> last.put(id, all.getLast()));
    return last;
  }

  /** Posts to remove. */
  Set<ArchiveId> tombstones() {
    Set<ArchiveId> gone = new HashSet<>(removed);
    gone.removeAll(posts.keySet());
    return gone;
  }

  /**
   * Forgets a post to keep.
   *
   * @return which one it was
   * @throws IllegalStateException when none was to be kept under this id
   */
  NewPost withdraw(ArchiveId id) {
    Deque<NewPost> all = posts.get(id);
    if (all == null) {
      throw new IllegalStateException("a post is refused that was not brought: " + id);
    }
    NewPost last = all.removeLast();
    if (all.isEmpty()) {
      posts.remove(id);
    }
    return last;
  }
}
