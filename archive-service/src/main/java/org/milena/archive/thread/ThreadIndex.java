package org.milena.archive.thread;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** What is known of the threads of a list so far. */
public interface ThreadIndex {

  /**
   * The threads that have posts with these {@linkplain ThreadPost#names() names}. A name that no
   * post has is left out.
   *
   * @throws org.milena.common.failure.OutageException when the index is away
   */
  Map<String, Set<ArchiveId>> threadsNaming(ListId list, Set<String> names);

  /** The dates of these posts; posts that are not there are left out. */
  Map<ArchiveId, Instant> dates(Set<ArchiveId> posts);

  /** All posts of a thread, in no order. */
  List<ThreadPost> posts(ListId list, ArchiveId thread);
}
