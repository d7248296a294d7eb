package org.milena.archive.search;

import java.time.Instant;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.event.ArchiveId;

/** Where a post stands among others, earliest first. */
public record PostPlace(Instant date, ArchiveId id) {

  /** The place of this one. */
  public static PostPlace of(ArchivedPost post) {
    return new PostPlace(post.date(), post.id());
  }
}
