package org.milena.scanner.quarantine;

import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailPointer;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.mail.MailId;

/**
 * A mail that was kept back.
 *
 * @param content where its message lies
 * @param author header {@code From}, decoded, safe to show
 * @param subject likewise
 * @param size of the message in octets
 * @param act what an operator did first, if anything
 */
public record QuarantineEntry(
    QuarantineMeta meta,
    MailPointer content,
    String author,
    String subject,
    int size,
    @Nullable QuarantineAct act) {

  /** What became of it. */
  public enum State {
    KEPT,
    RELEASED,
    DELETED
  }

  /** Its name. */
  public MailId id() {
    return meta.mail().mailId();
  }

  /** What became of it. */
  public State state() {
    QuarantineAct done = act;
    if (done == null) {
      return State.KEPT;
    }
    return switch (done.act()) {
      case RELEASED -> State.RELEASED;
      case DELETED -> State.DELETED;
    };
  }

  QuarantineEntry with(QuarantineAct first) {
    return new QuarantineEntry(meta, content, author, subject, size, first);
  }
}
