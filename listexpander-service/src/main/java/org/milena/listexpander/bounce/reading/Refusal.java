package org.milena.listexpander.bounce.reading;

import java.util.Optional;
import org.milena.common.mail.MailAddress;
import org.milena.common.status.EnhancedStatus;

/** What it means that a host refused a copy while we spoke with it, so that no report wraps it. */
public final class Refusal {

  /**
   * Reads a refusal. Never throws.
   *
   * @param status enhanced status code (RFC 3463)
   * @param reason what the host said
   */
  public static ReturnedRecipient read(MailAddress address, String status, String reason) {
    Diagnosis diagnosis = Diagnosis.of(EnhancedStatus.parse(status), reason);
    return new ReturnedRecipient(
        Optional.of(address),
        Optional.empty(),
        diagnosis.status(),
        diagnosis.reply(),
        diagnosis.failure().orElse(FailureClass.SOFT),
        reason);
  }

  private Refusal() {}
}
