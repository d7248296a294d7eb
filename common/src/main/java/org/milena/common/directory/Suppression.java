package org.milena.common.directory;

import java.time.Instant;
import org.milena.common.mail.MailAddress;

/** An address that nothing is sent to, and why. */
public record Suppression(MailAddress address, String reason, Instant since) {

  /** Key of commands about an address. */
  public static String commandKey(MailAddress address) {
    return "suppression:" + address.key();
  }
}
