package org.milena.listexpander.bounce;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.listexpander.bounce.reading.ReturnedRecipient;

/**
 * A copy to a member that came back, certainly.
 *
 * @param member whose copy it was
 * @param report what is said of it, which may name another address
 * @param cause the mail that says so, or the one that was refused
 * @param day on which it counts, UTC
 */
record Failure(MailAddress member, ReturnedRecipient report, MailId cause, LocalDate day) {

  /** The day of a time. */
  static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** What it is worth. */
  double points() {
    return Points.of(report);
  }
}
