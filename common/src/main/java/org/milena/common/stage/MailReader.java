package org.milena.common.stage;

import org.milena.common.event.MailPointer;
import org.milena.common.mail.RawMessage;

/** Follows pointers to messages. */
public interface MailReader {

  /**
   * Reads the message that the pointer means.
   *
   * @throws org.milena.common.failure.OutageException when the broker is away
   * @throws DeadPointerException when another mail or nothing lies there
   */
  StoredMail read(MailPointer pointer);

  /** A message and the record that holds it. */
  record StoredMail(RawMessage message, InRecord record) {}
}
