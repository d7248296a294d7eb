package org.milena.scanner.quarantine;

import org.milena.common.event.MailMeta;
import org.milena.common.event.ScanReport;
import org.milena.common.mail.RawMessage;

/** Asks the engines, as they are now, about a mail that was kept back. */
@FunctionalInterface
public interface Rescan {

  /**
   * What they say now.
   *
   * @throws org.milena.common.failure.OutageException when one of them is out
   */
  ScanReport scan(MailMeta mail, RawMessage message);
}
