package org.milena.archive.post;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * Where posts are kept. All methods return when their effect is durable, and throw {@link
 * org.milena.common.failure.OutageException} when the store is away.
 */
public interface PostStore {

  /** The posts among these that are there, as of now. */
  Map<ArchiveId, KeptPost> find(Set<ArchiveId> ids);

  /**
   * Looks whether posts can be kept, and keeps none: for those that take the place of others, which
   * are to stay where their successors are refused.
   *
   * @throws PostsRefusedException when some of them cannot be kept, ever
   */
  void check(List<NewPost> posts);

  /**
   * Keeps posts that are not there.
   *
   * @throws PostConflictException when one of them is there, since another instance was faster
   * @throws PostsRefusedException when some of them cannot be kept, ever
   */
  void add(List<NewPost> posts);

  /**
   * Puts posts in the place of those that are there under their ids; readers see the one or the
   * other.
   *
   * @throws PostConflictException when one of them is not there any more, or was changed meanwhile
   * @throws PostsRefusedException when some of them cannot be kept, ever
   */
  void replace(List<NewPost> posts);

  /** Moves all posts of these threads of a list to other threads. */
  void mergeThreads(ListId list, Map<ArchiveId, ArchiveId> threads);

  /**
   * Moves single posts to other threads.
   *
   * @throws PostConflictException when one of them was changed at the same time
   */
  void moveToThreads(Map<ArchiveId, ArchiveId> posts);

  /** Removes posts and their bytes; those that are not there are passed over. */
  void remove(Set<ArchiveId> ids);

  /**
   * Removes the bytes of those among these that are no posts: what a try to keep them left. What
   * another instance writes meanwhile stays.
   */
  void removeLeftovers(Set<ArchiveId> ids);

  /** Lets searches see everything that was done before. */
  void show();
}
