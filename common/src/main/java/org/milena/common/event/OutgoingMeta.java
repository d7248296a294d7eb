package org.milena.common.event;

import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * Belongs to a message in delivery form.
 *
 * @param list the list it is for, or absent for relayed mail and notices of the site
 */
public record OutgoingMeta(
    MailId mailId, @Nullable ListId list, Kind kind, MailMeta.BodyFacts body) {

  /** Why it is sent. */
  public enum Kind {
    POST,
    NOTICE,
    RELAY
  }
}
