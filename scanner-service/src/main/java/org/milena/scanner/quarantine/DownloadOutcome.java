package org.milena.scanner.quarantine;

import org.milena.common.mail.RawMessage;

/** What became of an operator's wish to have a copy of a mail. */
public sealed interface DownloadOutcome {

  /** Here it is; that it was given out stands in the log. */
  record Granted(QuarantineEntry entry, RawMessage message) implements DownloadOutcome {}

  /** It was deleted, or kept for as long as mail is kept. */
  record Gone(QuarantineEntry entry, QuarantineEntry.State why) implements DownloadOutcome {}

  /** There is no such mail, or no longer. */
  record Unknown() implements DownloadOutcome {}
}
