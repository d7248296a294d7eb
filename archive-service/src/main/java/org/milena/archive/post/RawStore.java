package org.milena.archive.post;

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
}
