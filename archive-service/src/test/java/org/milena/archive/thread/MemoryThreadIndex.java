package org.milena.archive.thread;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** The threads of one list in memory, changed as the plans say. */
final class MemoryThreadIndex implements ThreadIndex {
  private final Map<ArchiveId, ThreadPost> posts = new HashMap<>();
  private final Map<ArchiveId, ArchiveId> threads = new HashMap<>();

  void add(Collection<ThreadPost> added, ThreadPlan plan) {
    added.forEach(post -> posts.put(post.id(), post));
    threads.putAll(plan.threads());
    relabel(plan.merged());
  }

  void relabel(Map<ArchiveId, ArchiveId> merged) {
    threads.replaceAll((_, thread) -> merged.getOrDefault(thread, thread));
  }

  void remove(Set<ArchiveId> gone, Map<ArchiveId, ArchiveId> changed) {
    posts.keySet().removeAll(gone);
    threads.keySet().removeAll(gone);
    threads.putAll(changed);
  }

  Map<ArchiveId, ArchiveId> threads() {
    return Map.copyOf(threads);
  }

  ArchiveId threadOf(ThreadPost post) {
    ArchiveId thread = threads.get(post.id());
    if (thread == null) {
      throw new AssertionError("not there: " + post);
    }
    return thread;
  }

  @Override
  public Map<String, Set<ArchiveId>> threadsNaming(ListId list, Set<String> names) {
    Map<String, Set<ArchiveId>> found = new HashMap<>();
    for (ThreadPost post : posts.values()) {
      for (String name : post.names()) {
        if (names.contains(name)) {
          found.computeIfAbsent(name, _ -> new HashSet<>()).add(threadOf(post));
        }
      }
    }
    return found;
  }

  @Override
  public Map<ArchiveId, Instant> dates(Set<ArchiveId> ids) {
    Map<ArchiveId, Instant> dates = new HashMap<>();
    for (ArchiveId id : ids) {
      ThreadPost post = posts.get(id);
      if (post != null) {
        dates.put(id, post.date());
      }
    }
    return dates;
  }

  @Override
  public List<ThreadPost> posts(ListId list, ArchiveId thread) {
    return posts.values().stream().filter(post -> threadOf(post).equals(thread)).toList();
  }
}
