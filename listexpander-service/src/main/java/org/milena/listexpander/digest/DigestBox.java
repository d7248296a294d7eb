package org.milena.listexpander.digest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.DigestPost;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.incoming.MailFacts;
import org.milena.listexpander.ledger.Ledger;

/** Where posts wait for the next digest and the next summary of their list. */
public final class DigestBox {
  private final InstantSource clock;

  public DigestBox(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Puts a published post among those that wait, if anybody reads digests or summaries of the list.
   *
   * @param kept its message as the list publishes it, before anything is done to it because of
   *     DMARC
   */
  public void put(Ledger ledger, MailingList list, ListMail mail, RawMessage kept, Instant now) {
    if (!list.settings().digests().digests()) {
      return;
    }
    boolean digests =
        ledger.hasReaders(list.id(), DeliveryMode.MIME_DIGEST)
            || ledger.hasReaders(list.id(), DeliveryMode.PLAIN_DIGEST);
    boolean summaries = ledger.hasReaders(list.id(), DeliveryMode.SUMMARY);
    if (!digests && !summaries) {
      return;
    }
    MailFacts facts = MailFacts.of(kept);
    ledger.send(
        MailRecords.mail(
            Topics.DIGESTS,
            list.id().value(),
            RecordType.DIGEST_MAIL,
            mail.meta(),
            mail.id(),
            kept),
        position ->
            ledger.put(
                new DigestPost(
                    list.id(),
                    mail.id(),
                    new MailPointer(position, mail.id(), kept.sha256()),
                    facts.authorText(),
                    facts.subject(),
                    kept.size(),
                    now,
                    !summaries,
                    !digests)));
  }

  /**
   * A member gets digests no longer. What waits is sent to the member alone, within seconds.
   *
   * @param before the member, still with the mode of a digest
   */
  public void farewell(Ledger ledger, MailingList list, Member before) {
    if (!before.receives(DeliveryMode.MIME_DIGEST) && !before.receives(DeliveryMode.PLAIN_DIGEST)) {
      return;
    }
    ledger.settle(); // posts of this very transaction may still wait to know where they lie
    List<DigestPost> waiting = Waiting.forDigest(ledger.digestPosts(list.id()));
    if (!waiting.isEmpty()) {
      Farewell.of(before, clock.instant()).note(ledger, list.id(), waiting.getLast().mailId());
    }
  }

  /** A list is taken away, and what waits with it. */
  public void forget(Ledger ledger, ListId list) {
    ledger.settle();
    ledger.digestPosts(list).forEach(ledger::delete);
    Farewell.all(ledger, list).forEach(farewell -> farewell.done(ledger, list));
  }
}
