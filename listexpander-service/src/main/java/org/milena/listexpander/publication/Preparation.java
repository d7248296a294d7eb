package org.milena.listexpander.publication;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.Sentence;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveSettings;
import org.milena.common.settings.AttachmentForm;
import org.milena.common.settings.CopySettings;
import org.milena.common.settings.DmarcSettings;
import org.milena.common.settings.Personalization;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.preparation.AnonymousPost;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.RecipientField;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.preparation.SubjectPrefix;
import org.milena.listexpander.preparation.content.AttachmentLinks;
import org.milena.listexpander.preparation.content.ContentFilter;
import org.milena.listexpander.preparation.content.FilterOutcome;
import org.milena.listexpander.preparation.content.PersonalMarks;
import org.milena.listexpander.preparation.dmarc.AuthorLists;
import org.milena.listexpander.preparation.dmarc.DmarcDecision;
import org.milena.listexpander.preparation.dmarc.DmarcMitigation;
import org.milena.listexpander.preparation.dmarc.ListAuthor;

/** Makes a post ready, and writes nothing. */
final class Preparation {
  /** The fields of a link of one's own (RFC 8058). */
  private static final Set<String> LINKS = Set.of("list-unsubscribe", "list-unsubscribe-post");

  private final ListHeaders headers;
  private final SiteUrls urls;
  private final PostExtras extras;

  Preparation(ListHeaders headers, SiteUrls urls, PostExtras extras) {
    this.headers = headers;
    this.urls = urls;
    this.extras = extras;
  }

  /** What became of it. */
  sealed interface Result {

    /** It can be posted. */
    record Ready(PreparedPost post) implements Result {}

    /** The filter of contents leaves nothing. */
    record NothingLeft(Sentence reason) implements Result {}

    /** Receivers would refuse it, and the list gives it back first. */
    record Refused(Sentence reason) implements Result {}

    /** Receivers would refuse it, and the list drops it first. */
    record Dropped(String reason) implements Result {}
  }

  /** The post, ready; or why it cannot be. */
  Result prepare(Ledger ledger, MailingList list, ListMail mail) {
    return switch (ContentFilter.filter(mail.message(), list.settings().filter())) {
      case FilterOutcome.Unchanged() -> ready(ledger, list, mail, mail.message(), List.of());
      case FilterOutcome.Filtered(var message, var changes) ->
          ready(ledger, list, mail, message, changes);
      case FilterOutcome.NothingLeft(var reason) -> new Result.NothingLeft(reason);
    };
  }

  private Result ready(
      Ledger ledger, MailingList list, ListMail mail, RawMessage filtered, List<String> changes) {
    CopySettings copies = list.settings().copies();
    RawMessage content =
        copies.anonymous() ? AnonymousPost.of(filtered, list, mail.id()) : filtered;
    Optional<ArchiveId> archiveId = archiveId(list, mail);
    OptionalLong number =
        SubjectPrefix.of(copies.subjectPrefix()).filter(SubjectPrefix::counts).isPresent()
            ? OptionalLong.of(ledger.state(list.id()).posts() + 1)
            : OptionalLong.empty();
    AttachmentLinks.Linked linked = linked(ledger, list, content, archiveId);
    PersonalMarks marks = PersonalMarks.of(mail.meta().sha256(), copies.personalize());
    PostValues values =
        new PostValues(number, archiveId.map(id -> urls.post(list.address(), id)), marks);
    RawMessage listCopy =
        headers.deliveryForm(
            extras.texts(ledger, list, values).around(linked.message()),
            list,
            archiveId,
            number.orElse(0));
    RawMessage copy =
        copies.personalize() == Personalization.FULL
            ? RecipientField.leftOpen(listCopy, list)
            : listCopy;
    DmarcDecision decision = dmarc(ledger, list, mail, copy);
    String reason = decision.reason();
    return switch (decision) {
      case DmarcDecision.Pass _ ->
          ready(
              content,
              marks.cut(copy),
              linked.count(),
              archiveId,
              number,
              changes,
              "From stays as it is: " + reason + ".");
      case DmarcDecision.Munge _ ->
          ready(
              content,
              marks.cut(ListAuthor.munged(copy, list)),
              linked.count(),
              archiveId,
              number,
              changes,
              "From is the list's: " + reason + ".");
      case DmarcDecision.Wrap _ ->
          ready(
              content,
              marks.cut(ListAuthor.wrapped(copy, list, mail.id())),
              linked.count(),
              archiveId,
              number,
              changes,
              "It goes inside a message of the list: " + reason + ".");
      case DmarcDecision.Reject(var why) -> new Result.Refused(why);
      case DmarcDecision.Discard _ -> new Result.Dropped(reason);
    };
  }

  private AttachmentLinks.Linked linked(
      Ledger ledger, MailingList list, RawMessage content, Optional<ArchiveId> archiveId) {
    CopySettings copies = list.settings().copies();
    if (copies.attachments() == AttachmentForm.KEEP || archiveId.isEmpty()) {
      return new AttachmentLinks.Linked(content, 0);
    }
    return AttachmentLinks.in(
        content,
        copies.attachmentLinkSize(),
        attachment ->
            extras.attachment(
                ledger,
                list,
                attachment,
                urls.attachment(list.address(), archiveId.get(), attachment.part())));
  }

  private static Result ready(
      RawMessage content,
      PersonalMarks.Cut copy,
      int links,
      Optional<ArchiveId> archiveId,
      OptionalLong number,
      List<String> changes,
      String dmarc) {
    return new Result.Ready(
        new PreparedPost(
            content, copy.message(), copy.marks(), links, archiveId, number, changes, dmarc));
  }

  private static Optional<ArchiveId> archiveId(MailingList list, ListMail mail) {
    ArchiveSettings archive = list.settings().archive();
    return archive.archived() && !(archive.respectNoArchive() && asksNotTo(mail))
        ? Optional.of(
            ArchiveId.compute(
                list.id(),
                mail.facts().messageId().map(MessageId::value).orElse(""),
                mail.meta().sha256()))
        : Optional.empty();
  }

  /** {@code X-No-Archive} as in Usenet, whatever it says, and {@code X-Archive: no}. */
  private static boolean asksNotTo(ListMail mail) {
    HeaderBlock header = HeaderBlock.of(mail.message());
    return header.has("X-No-Archive")
        || header
            .first("X-Archive")
            .filter(field -> field.decoded().strip().equalsIgnoreCase("no"))
            .isPresent();
  }

  private DmarcDecision dmarc(Ledger ledger, MailingList list, ListMail mail, RawMessage copy) {
    DmarcSettings settings = list.settings().dmarc();
    AuthorLists authors =
        new AuthorLists(
            extras.matching(ledger, list, settings.dmarcAddresses()),
            extras.matching(ledger, list, settings.dmarcExcept()));
    return new DmarcMitigation(list, authors)
        .decide(evidence(mail), mail.message(), copy, addedLater(list));
  }

  /** The fields, in lower case, that each recipient's copy gets on its way. */
  private Set<String> addedLater(MailingList list) {
    Set<String> names = new HashSet<>(hasOwnLinks(list) ? LINKS : Set.of());
    if (list.settings().copies().personalize() == Personalization.FULL) {
      names.add("to");
    }
    return names;
  }

  /** Whether each recipient's copy gets a link of its own. */
  boolean hasOwnLinks(MailingList list) {
    return urls.secure() && list.settings().copies().listHeaders();
  }

  private static @Nullable AuthenticationEvidence evidence(ListMail mail) {
    var scan = mail.meta().scan();
    return scan == null ? null : scan.authentication().evidence();
  }
}
