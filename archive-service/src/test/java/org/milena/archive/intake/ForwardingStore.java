package org.milena.archive.intake;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.archive.post.KeptPost;
import org.milena.archive.post.NewPost;
import org.milena.archive.post.PostStore;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** A store that a test can look into. */
class ForwardingStore implements PostStore {
  private final PostStore store;

  ForwardingStore(PostStore store) {
    this.store = store;
  }

  @Override
  public Map<ArchiveId, KeptPost> find(Set<ArchiveId> ids) {
    return store.find(ids);
  }

  @Override
  public void check(List<NewPost> posts) {
    store.check(posts);
  }

  @Override
  public void add(List<NewPost> posts) {
    store.add(posts);
  }

  @Override
  public void replace(List<NewPost> posts) {
    store.replace(posts);
  }

  @Override
  public void mergeThreads(ListId list, Map<ArchiveId, ArchiveId> threads) {
    store.mergeThreads(list, threads);
  }

  @Override
  public void moveToThreads(Map<ArchiveId, ArchiveId> posts) {
    store.moveToThreads(posts);
  }

  @Override
  public void remove(Set<ArchiveId> ids) {
    store.remove(ids);
  }

  @Override
  public void removeLeftovers(Set<ArchiveId> ids) {
    store.removeLeftovers(ids);
  }

  @Override
  public void show() {
    store.show();
  }
}
