package org.milena.listexpander.removal;

import java.util.Objects;
import org.milena.common.event.MailPointer;
import org.milena.common.event.PostMeta;
import org.milena.common.event.Topics;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;

/** A post as the log has it, read before the transaction that decides about it. */
public sealed interface PostContent {

  /** Here it is. */
  record Found(PostMeta meta, RawMessage message) implements PostContent {}

  /** Something else lies there. */
  record Lost(String reason) implements PostContent {}

  /**
   * Reads it.
   *
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  static PostContent read(MailPointer pointer, MailReader mailReader) {
    if (!pointer.position().topic().equals(Topics.POSTS)) {
      return new Lost("no posts are kept in " + pointer.position().topic());
    }
    try {
      MailReader.StoredMail stored = mailReader.read(pointer);
      return new Found(MailRecords.meta(stored.record(), PostMeta.class), stored.message());
    } catch (DeadPointerException e) {
      return new Lost(Objects.requireNonNullElse(e.getMessage(), "no reason given"));
    }
  }
}
