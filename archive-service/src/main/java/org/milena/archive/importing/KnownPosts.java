package org.milena.archive.importing;

import java.util.Map;
import java.util.Set;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * What the archive has already. Both methods throw {@link
 * org.milena.common.failure.OutageException} when that cannot be said at the moment.
 */
public interface KnownPosts {

  /** The posts among these that are there, as of now, with the SHA-256 of their kept octets. */
  Map<ArchiveId, String> digests(Set<ArchiveId> ids);

  /** Those of these Message-IDs under which the list has a post. */
  Set<String> messageIds(ListId list, Set<String> messageIds);
}
