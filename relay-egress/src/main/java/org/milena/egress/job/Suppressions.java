package org.milena.egress.job;

import java.util.Optional;
import org.milena.common.mail.MailAddress;

/** Who gets nothing. */
@FunctionalInterface
public interface Suppressions {

  /** Why nothing is sent to this address, if so. */
  Optional<String> why(MailAddress address);
}
