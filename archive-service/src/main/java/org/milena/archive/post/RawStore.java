package org.milena.archive.post;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.RawMessage;

/** Gives messages back. */
public interface RawStore {

  /**
   * The message as it was given, checked against its digest.
   *
   * @throws org.milena.common.failure.OutageException when the store is away
   */
  Optional<RawMessage> raw(ArchiveId id);

  /**
   * These messages, each checked against its digest; those that are not there are left out.
   *
   * @throws org.milena.common.failure.OutageException when the store is away
   */
  Map<ArchiveId, RawMessage> raws(Collection<ArchiveId> ids);
}
