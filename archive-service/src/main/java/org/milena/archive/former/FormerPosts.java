package org.milena.archive.former;

import java.util.List;
import org.milena.archive.post.ArchivedPost;

/** Finds posts by what other archives called them. */
public interface FormerPosts {

  /**
   * The posts with this key, of any list, whoever may read it; at most 20.
   *
   * @param key {@code hk:} and the hash of the Message-ID, {@code pm:} and an id of Pony Mail, or
   *     {@code url:} and the path that a post had
   * @throws org.milena.common.failure.OutageException when the index is away
   */
  List<ArchivedPost> byKey(String key);

  /** The posts under a Message-ID, of any list, whoever may read it; at most 20. */
  List<ArchivedPost> byMessageId(String messageId);
}
