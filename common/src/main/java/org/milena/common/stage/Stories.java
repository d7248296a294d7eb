package org.milena.common.stage;

import org.milena.common.event.MailEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stories of mails that begin outside a stage. */
public final class Stories {
  private static final Logger log = LoggerFactory.getLogger(Stories.class);

  /**
   * Writes the first line of a mail's story: after the mail's acknowledgement, so that no story
   * begins with a mail that was not taken; and without waiting, since the mail itself is safe.
   */
  public static void begin(Publisher publisher, MailEvent event) {
    log.info("{}", event.text());
    var unused =
        publisher
            .publish(MailRecords.event(event))
            .whenComplete((_, failure) -> {
              if (failure != null) {
                log.warn(
                    "The story of {} lacks its beginning: {}", event.mailId(), failure.toString());
              }
            });
  }

  private Stories() {}
}
