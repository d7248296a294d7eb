package org.milena.listexpander.bounce;

import java.time.Instant;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.directory.Suppression;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;

/** The list of addresses that the site sends nothing to. */
public final class Suppressing {
  /** Longest reason. */
  static final int MAX_REASON = 300;

  /** Nothing is sent to this address any more. */
  public static CommandOutcome put(Ledger ledger, MailAddress address, String reason, Instant now) {
    Optional<Refused> unfit = unfit(reason);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    Instant since = ledger.suppression(address).map(Suppression::since).orElse(now);
    ledger.put(new Suppression(address, reason.strip(), since));
    return new Done("Nothing is sent to " + address + " any more.", 1);
  }

  /** Mail is sent to this address again. */
  public static CommandOutcome delete(Ledger ledger, MailAddress address) {
    if (ledger.suppression(address).isEmpty()) {
      return new NotFound(address + " is not suppressed.");
    }
    ledger.deleteSuppression(address);
    return new Done("Mail is sent to " + address + " again.", 1);
  }

  /** Why this can be no reason; empty when it can. */
  public static Optional<Refused> unfit(String reason) {
    return reason.isBlank()
            || reason.length() > MAX_REASON
            || reason.chars().anyMatch(Character::isISOControl)
        ? Optional.of(
            new Refused("reason", "A reason is one line of 1 to " + MAX_REASON + " characters."))
        : Optional.empty();
  }

  private Suppressing() {}
}
