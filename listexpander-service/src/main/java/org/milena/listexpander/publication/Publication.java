package org.milena.listexpander.publication;

import java.time.Instant;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Topics;
import org.milena.common.event.UnsubscribeLink;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.ReversePath;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.digest.DigestBox;
import org.milena.listexpander.expansion.Dispatch;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;

/** Posts what was accepted. */
public final class Publication {
  private final ListHeaders headers;
  private final SiteUrls urls;
  private final DigestBox digests;

  public Publication(ListHeaders headers, SiteUrls urls, DigestBox digests) {
    this.headers = headers;
    this.urls = urls;
    this.digests = digests;
  }

  /**
   * Archives and expands a post.
   *
   * @param why a sentence for its story
   */
  public void post(Ledger ledger, MailingList list, ListMail mail, Instant now, String why) {
    ledger.tell(mail.event(now, MailEvent.Kind.ACCEPTED, list.id(), why, 0));
    Optional<ArchiveId> archived = archive(ledger, list, mail, now);
    digests.put(ledger, list, mail, archived, now);
    MailAddress bounces = list.roleAddress("bounces");
    Dispatch.send(
        ledger,
        new OutgoingMail(
            new OutgoingMeta(mail.id(), list.id(), OutgoingMeta.Kind.POST, mail.meta().body()),
            headers.deliveryForm(mail.message(), list, archived),
            list.settings().copies().verp()
                ? new ReturnPath.Verp(bounces)
                : new ReturnPath.Fixed(new ReversePath.Mailbox(bounces)),
            urls.secure()
                ? new UnsubscribeLink(urls.unsubscribePrefix(), list.roleAddress("unsubscribe"))
                : null,
            null),
        consumer ->
            ledger.eachMember(
                list.id(),
                member -> {
                  if (member.receivesPosts()) {
                    consumer.accept(member.address());
                  }
                }),
        now,
        count ->
            ledger.tell(
                mail.event(
                    now,
                    MailEvent.Kind.EXPANDED,
                    list.id(),
                    "Expanded to %,d members of %s.".formatted(count, list.address()),
                    count)));
  }

  private Optional<ArchiveId> archive(Ledger ledger, MailingList list, ListMail mail, Instant now) {
    if (!list.settings().archive().archived()) {
      return Optional.empty();
    }
    String sha256 = mail.meta().sha256();
    ArchiveId id =
        ArchiveId.compute(
            list.id(), mail.facts().messageId().map(MessageId::value).orElse(""), sha256);
    ledger.send(
        MailRecords.mail(
                Topics.POSTS,
                id.value(),
                RecordType.POST,
                new PostMeta(mail.id(), list.id(), id, mail.meta().receivedAt(), now, sha256),
                mail.id(),
                headers.archiveForm(mail.message(), list, id))
            .inPartitionOf(list.id().value()));
    return Optional.of(id);
  }
}
