package org.milena.archive.post;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Removal;
import org.milena.common.mail.ListId;

/** What was taken out of the archive, and why. */
public interface RemovedPosts {

  /** What was taken out of this post, or that it is gone. */
  Optional<Removal> of(ListId list, ArchiveId post);

  /** Gone posts that had this Message-ID (without angle brackets). */
  List<Removal> goneUnder(ListId list, String messageId);

  /**
   * All of a list, by archive id.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<Removal> all(ListId list, @Nullable ArchiveId after, int limit);
}
