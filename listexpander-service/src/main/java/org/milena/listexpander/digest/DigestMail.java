package org.milena.listexpander.digest;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta.BodyFacts;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.UnsubscribeLink;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.outgoing.MachineMail;
import org.milena.common.outgoing.MachineMail.Occasion;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.listexpander.expansion.Dispatch;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;

/**
 * Sends what is made of posts: from {@code list-request}, with the fields that posts of the list
 * have, and marked as made by a machine (RFC 3834 section 5).
 */
public final class DigestMail {
  private final ListHeaders headers;
  private final SiteUrls urls;
  private final DigestTexts texts;
  private final Supplier<MailId> ids;

  /**
   * @param ids gives each mail its name
   */
  public DigestMail(ListHeaders headers, SiteUrls urls, DigestTexts texts, Supplier<MailId> ids) {
    this.headers = headers;
    this.urls = urls;
    this.texts = texts;
    this.ids = ids;
  }

  /** The words around posts. */
  DigestTexts texts() {
    return texts;
  }

  /** Sends a digest of messages; does nothing without recipients. */
  void sendMime(
      Ledger ledger,
      MailingList list,
      DigestTexts.Around around,
      List<ReadyPost> posts,
      List<MailAddress> recipients,
      Instant now) {
    if (recipients.isEmpty()) {
      return;
    }
    MailId id = ids.get();
    boolean eightBit = posts.stream().anyMatch(post -> MimeDigest.isEightBit(post.part()));
    RawMessage header =
        envelope(
            mail(list, around.title(), id, now).withBody(MimeDigest.contentType(id), ""),
            list,
            eightBit);
    RawMessage body = MimeDigest.body(around, posts, id, eightBit);
    ByteArrayOutputStream whole = new ByteArrayOutputStream(header.size() + body.size());
    whole.writeBytes(header.unsafeBytes());
    whole.writeBytes(body.unsafeBytes());
    send(
        ledger,
        list,
        around.title() + ", " + told(posts.size()),
        id,
        RawMessage.wrap(whole.toByteArray()),
        eightBit,
        recipients,
        now);
  }

  /** Sends a digest in one text; does nothing without recipients. */
  void sendPlain(
      Ledger ledger,
      MailingList list,
      DigestTexts.Around around,
      List<ReadyPost> posts,
      List<MailAddress> recipients,
      Instant now) {
    sendText(
        ledger,
        list,
        around.title(),
        around.title() + ", " + told(posts.size()) + ", as plain text",
        recipients.isEmpty() ? "" : PlainDigest.write(around, posts),
        recipients,
        now);
  }

  /**
   * Sends a text; does nothing without recipients.
   *
   * @param told what the story of the mail calls it
   */
  void sendText(
      Ledger ledger,
      MailingList list,
      String subject,
      String told,
      String text,
      List<MailAddress> recipients,
      Instant now) {
    if (recipients.isEmpty()) {
      return;
    }
    MailId id = ids.get();
    RawMessage message = envelope(mail(list, subject, id, now).withText(text), list, false);
    send(ledger, list, told, id, message, false, recipients, now);
  }

  private static String told(int posts) {
    return posts == 1 ? "with 1 post" : "with %,d posts".formatted(posts);
  }

  private MachineMail mail(MailingList list, String subject, MailId id, Instant now) {
    return new MachineMail(
        new HeaderMailbox(list.displayName(), list.roleAddress("request")),
        list.address(),
        subject,
        messageId(list, id),
        now,
        new Occasion.Own());
  }

  private static MessageId messageId(MailingList list, MailId id) {
    return new MessageId(id + "@" + list.address().domain());
  }

  private RawMessage envelope(RawMessage written, MailingList list, boolean eightBit) {
    HeaderEditor editor =
        HeaderEditor.of(written)
            .replace("Precedence", "list")
            .replaceRaw("Reply-To", list.address().toString());
    if (eightBit) {
      editor.replace("Content-Transfer-Encoding", "8bit");
    }
    RawMessage form = headers.deliveryForm(editor.toMessage(), list, Optional.empty());
    // a digest has no place of its own in the archive, but its posts are there
    return list.settings().archive().archived() && !HeaderBlock.of(form).has("List-Archive")
        ? HeaderEditor.of(form)
            .prependRaw("List-Archive", "<" + urls.archive(list.address()) + ">")
            .toMessage()
        : form;
  }

  private void send(
      Ledger ledger,
      MailingList list,
      String told,
      MailId id,
      RawMessage message,
      boolean eightBit,
      List<MailAddress> recipients,
      Instant now) {
    MailAddress bounces = list.roleAddress("bounces");
    Dispatch.send(
        ledger,
        new OutgoingMail(
            new OutgoingMeta(
                id,
                list.id(),
                OutgoingMeta.Kind.POST,
                new BodyFacts(eightBit, !list.address().isAscii())),
            message,
            list.settings().copies().verp()
                ? new ReturnPath.Verp(bounces)
                : new ReturnPath.Fixed(new ReversePath.Mailbox(bounces)),
            urls.secure()
                ? new UnsubscribeLink(urls.unsubscribePrefix(), list.roleAddress("unsubscribe"))
                : null,
            null),
        recipients::forEach,
        now,
        count ->
            ledger.tell(
                new MailEvent(
                    id,
                    now,
                    MailEvent.Kind.EXPANDED,
                    list.id(),
                    messageId(list, id).value(),
                    "%s, to %,d members of %s.".formatted(told, count, list.address()),
                    count)));
  }
}
