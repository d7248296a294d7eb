package org.milena.archive.trace;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * Keeps the lines of all stories. Every method throws {@link
 * org.milena.common.failure.OutageException} when the store is away.
 */
public interface TraceStore {

  /**
   * Keeps lines; one that is there already stays as it is. Returns when they are durable.
   *
   * @throws org.milena.common.stage.RefusedRecordsException when some of them cannot be kept, ever;
   *     the others are durable
   */
  void add(List<TraceEntry> entries);

  /** The mails whose message has this id (without angle brackets), newest first. */
  List<MailId> mails(String messageId, int max);

  /** What happened to a mail, in order of time. */
  List<MailEvent> events(MailId mail);

  /** Shows all results of a mail, in order of time. */
  void results(MailId mail, Consumer<DeliveryResult> each);

  /**
   * Shows the results of a mail's copies on some lists, in order of time.
   *
   * @param most how many are shown
   * @return whether these were all
   */
  boolean results(MailId mail, Collection<ListId> lists, int most, Consumer<DeliveryResult> each);
}
