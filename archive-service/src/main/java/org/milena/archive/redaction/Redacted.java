package org.milena.archive.redaction;

import java.util.List;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.Splice;

/** What became of a wish. */
public sealed interface Redacted {

  /**
   * It can be had.
   *
   * @param message what is left
   * @param splices the way there
   * @param unread attachments into which nobody can look; none where no passage was looked for
   */
  record Done(RawMessage message, List<Splice> splices, List<String> unread) implements Redacted {}

  /**
   * It cannot.
   *
   * @param code for programs: {@code not-found}, {@code in-attachment}, {@code not-removable}
   * @param why one sentence for humans, without what should be taken out
   */
  record Refused(String code, String why) implements Redacted {}
}
