package org.milena.archive.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.archive.post.KeptPost;
import org.milena.archive.post.NewPost;
import org.milena.archive.post.PostStore;
import org.milena.archive.post.Shelf;
import org.milena.archive.thread.ThreadPlan;
import org.milena.archive.thread.ThreadPlanner;
import org.milena.archive.thread.ThreadPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** Brings posts, their threads and removals onto one shelf. Doing it twice changes nothing. */
final class ShelfWriter {
  private final PostStore store;
  private final ThreadPlanner planner;
  private int archived;
  private int joined;

  ShelfWriter(Shelf shelf, boolean bySubject) {
    this.store = shelf.store();
    this.planner = new ThreadPlanner(shelf.threads(), bySubject);
  }

  /**
   * What was done.
   *
   * @param joined threads that went up in others
   */
  record Written(int archived, int unchanged, int removed, int joined) {}

  /**
   * Returns when searches see all of it.
   *
   * @throws org.milena.archive.post.PostConflictException when another instance was faster
   */
  Written write(Map<ArchiveId, NewPost> posts, Set<ArchiveId> tombstones) {
    store.show(); // what this list's owner before us wrote last
    Set<ArchiveId> ids = new HashSet<>(posts.keySet());
    ids.addAll(tombstones);
    Map<ArchiveId, KeptPost> kept = store.find(ids);

    Map<ArchiveId, KeptPost> gone = new HashMap<>();
    for (ArchiveId id : tombstones) {
      KeptPost old = kept.get(id);
      if (old != null) {
        gone.put(id, old);
      }
    }
    Map<ListId, List<NewPost>> fresh = new LinkedHashMap<>();
    Map<ListId, List<ThreadPost>> threaded = new LinkedHashMap<>();
    List<NewPost> replaced = new ArrayList<>();
    List<NewPost> successors = new ArrayList<>();
    int same = 0;
    for (NewPost post : posts.values()) {
      ListId list = post.post().list();
      KeptPost old = kept.get(post.post().id());
      if (old != null && isSettled(old, post)) {
        same++;
        threaded.computeIfAbsent(old.list(), _ -> new ArrayList<>()).add(old.post());
        continue;
      }
      if (old != null) {
        successors.add(post);
      }
      if (old != null && keepsItsThread(old, post)) {
        threaded.computeIfAbsent(list, _ -> new ArrayList<>()).add(old.post());
        replaced.add(post.inThread(old.thread()));
        continue;
      }
      if (old != null) {
        gone.put(post.post().id(), old);
      }
      threaded.computeIfAbsent(list, _ -> new ArrayList<>()).add(post.post().forThread());
      fresh.computeIfAbsent(list, _ -> new ArrayList<>()).add(post);
    }
    store.check(successors);
    // first, for what is removed may move them to another thread
    store.replace(replaced);
    archived += replaced.size();
    if (!gone.isEmpty()) {
      remove(gone);
    }
    // those that were there already too: a batch that broke off may have left their thread in two
    threaded.forEach((list, all) -> add(list, all, fresh.getOrDefault(list, List.of())));
    store.show();
    return new Written(archived, same, gone.size(), joined);
  }

  /** Whether what is there needs no change: the same bytes, or those of a later record. */
  private static boolean isSettled(KeptPost old, NewPost post) {
    return old.rawSha256().equals(post.post().rawSha256())
        || (old.source().topic().equals(post.source().topic())
            && old.source().partition() == post.source().partition()
            && old.source().offset() > post.source().offset());
  }

  /** Whether nothing of it is other than before by which its thread is found. */
  private static boolean keepsItsThread(KeptPost old, NewPost post) {
    return old.list().equals(post.post().list()) && old.post().equals(post.post().forThread());
  }

  private void remove(Map<ArchiveId, KeptPost> gone) {
    Map<ListId, Set<ArchiveId>> threads = new HashMap<>();
    gone.values()
        .forEach(
            post -> threads.computeIfAbsent(post.list(), _ -> new HashSet<>()).add(post.thread()));
    threads.forEach((list, ids) -> store.moveToThreads(planner.without(list, ids, gone.keySet())));
    store.remove(gone.keySet());
    store.show();
  }

  private void add(ListId list, List<ThreadPost> posts, List<NewPost> fresh) {
    ThreadPlan plan = planner.plan(list, posts);
    List<NewPost> ready = new ArrayList<>(fresh.size());
    for (NewPost post : fresh) {
      ArchiveId thread = plan.threads().getOrDefault(post.post().id(), post.post().id());
      ready.add(post.inThread(thread));
    }
    store.add(ready);
    if (!plan.merged().isEmpty()) {
      store.mergeThreads(list, plan.merged());
    }
    archived += ready.size();
    joined += plan.merged().size();
  }
}
