package org.milena.listexpander.bounce;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailEvent;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;

/** Looks at what came back. */
public final class Bounces {
  private final VerpTags tags;

  public Bounces(VerpTags tags) {
    this.tags = tags;
  }

  /**
   * Notes a bounce.
   *
   * @param tag what stood behind {@code -bounces+}, if anything
   */
  public void note(
      Ledger ledger, MailingList list, ListMail mail, @Nullable String tag, Instant now) {
    Optional<VerpTags.Tag> genuine = tag == null ? Optional.empty() : tags.read(list.id(), tag);
    String text =
        genuine
            .map(known ->
                "A copy sent on %s came back: %s"
                    .formatted(LocalDate.ofEpochDay(known.sentOnDay()), mail.facts().subject()))
            .orElse(
                tag == null
                    ? "Mail to the bounce address without a tag: " + mail.facts().subject()
                    : "Mail to the bounce address with a tag that is not ours.");
    ledger.tell(
        mail.event(now, MailEvent.Kind.BOUNCE, list.id(), text, genuine.isPresent() ? 1 : 0));
  }
}
