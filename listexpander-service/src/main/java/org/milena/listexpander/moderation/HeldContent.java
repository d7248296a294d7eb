package org.milena.listexpander.moderation;

import java.util.Optional;
import org.milena.common.event.Hold;
import org.milena.common.event.MailMeta;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.common.table.Table;
import org.milena.listexpander.incoming.ListMail;

/** The message of a held post, read before the transaction that decides about it. */
public sealed interface HeldContent {

  /** Here it is. */
  record Found(Hold hold, ListMail mail) implements HeldContent {}

  /** It is gone. */
  record Lost(Hold hold, String reason) implements HeldContent {}

  /** No such post was in view. */
  record Unknown() implements HeldContent {}

  /**
   * Reads the message of the held post with this id.
   *
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  static HeldContent read(Table<Hold> holds, MailReader mailReader, String holdId) {
    Optional<Hold> hold = holds.get(holdId);
    return hold.isPresent() ? of(hold.get(), mailReader) : new Unknown();
  }

  /**
   * Reads the message of a held post.
   *
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  static HeldContent of(Hold hold, MailReader mailReader) {
    try {
      MailReader.StoredMail stored = mailReader.read(hold.content());
      MailMeta meta = MailRecords.meta(stored.record(), MailMeta.class);
      return new Found(hold, ListMail.of(meta, stored.message()));
    } catch (DeadPointerException e) {
      return new Lost(hold, e.getMessage() == null ? "no reason given" : e.getMessage());
    }
  }
}
