package org.milena.listexpander.preparation;

import java.util.List;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.EncodedWords;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.CopySettings;
import org.milena.common.settings.SubscribePolicy;

/** The header fields that a list adds to a post, and those it takes away. */
public final class ListHeaders {

  /** Passwords for moderators (RFC 5537 section 3.1 and Mailman): nobody else may see one. */
  static final List<String> SECRETS =
      List.of("Approved", "Approve", "X-Approved", "X-Approve", "Urgent");

  /**
   * What only the last list a post came through may say (RFC 2369 section 4, RFC 2919, RFC 5064).
   */
  static final List<String> REPLACED =
      List.of(
          "List-Id",
          "List-Help",
          "List-Owner",
          "List-Post",
          "List-Subscribe",
          "List-Unsubscribe",
          "List-Unsubscribe-Post",
          "List-Archive",
          "Archived-At");

  /**
   * Requests for receipts: every member's program would answer the author (RFC 8098 section 2.1).
   */
  static final List<String> RECEIPTS =
      List.of(
          "Return-Receipt-To", "Disposition-Notification-To", "X-Confirm-Reading-To", "X-PMRQC");

  /** By which archives know a message. */
  private static final List<String> HASHES = List.of("X-Message-ID-Hash", "Message-ID-Hash");

  private static final String BEEN_THERE = "X-BeenThere";

  private final SiteUrls urls;

  public ListHeaders(SiteUrls urls) {
    this.urls = urls;
  }

  /** The form that is kept for good: two fields more, and nothing that belongs to a recipient. */
  public RawMessage archiveForm(RawMessage post, MailingList list, ArchiveId id) {
    return digestForm(post, list, Optional.of(id));
  }

  /**
   * The form that digests are made of: that of the archive, as its author is meant to be seen.
   *
   * @param id empty when the list keeps no archive
   */
  public RawMessage digestForm(RawMessage post, MailingList list, Optional<ArchiveId> id) {
    HeaderEditor editor = HeaderEditor.of(post);
    remove(editor, SECRETS);
    remove(editor, REPLACED);
    id.ifPresent(archiveId -> archivedAt(editor, list, archiveId));
    editor.prependRaw("List-Id", listId(list));
    return editor.toMessage();
  }

  /**
   * The form that is sent, of a list that does not number its posts.
   *
   * @param id empty when the list keeps no archive
   */
  public RawMessage deliveryForm(RawMessage post, MailingList list, Optional<ArchiveId> id) {
    return deliveryForm(post, list, id, 0);
  }

  /**
   * The form that is sent, the same for every member.
   *
   * @param id empty when the list keeps no archive
   * @param number of the post, where the list numbers them
   */
  public RawMessage deliveryForm(
      RawMessage post, MailingList list, Optional<ArchiveId> id, long number) {
    HeaderBlock header = HeaderBlock.of(post);
    CopySettings copies = list.settings().copies();
    HeaderEditor editor = HeaderEditor.of(post);
    remove(editor, SECRETS);
    remove(editor, REPLACED);
    remove(editor, RECEIPTS);
    remove(editor, HASHES);
    // the last one put on top stands first
    if (!header.has("Precedence")) {
      editor.prependRaw("Precedence", "list");
    }
    if (header.all(BEEN_THERE).stream().noneMatch(field -> names(field, list.address()))) {
      // accumulates, so that two lists that are members of each other stop after one lap
      editor.prependRaw(BEEN_THERE, list.address().toString());
    }
    header
        .first("Message-ID")
        .flatMap(field -> MessageId.parse(field.value()))
        .map(MessageIdHash::of)
        .ifPresent(hash -> HASHES.forEach(name -> editor.prependRaw(name, hash)));
    id.ifPresent(archiveId -> archivedAt(editor, list, archiveId));
    if (copies.listHeaders()) {
      commands(editor, list, id.isPresent());
    }
    editor.prependRaw("List-Id", listId(list));
    SubjectPrefix.of(copies.subjectPrefix())
        .ifPresent(prefix -> prefix.apply(editor, header, number));
    ReplyToField.apply(editor, header, list);
    return editor.toMessage();
  }

  /** The fields of RFC 2369. */
  private void commands(HeaderEditor editor, MailingList list, boolean archived) {
    if (archived) {
      editor.prependRaw("List-Archive", "<" + urls.archive(list.address()) + ">");
    }
    if (!urls.secure()) {
      // with https each recipient's own is added when the copy is sent
      editor.prependRaw("List-Unsubscribe", mailto(list, "unsubscribe"));
    }
    if (list.settings().membership().subscribePolicy() != SubscribePolicy.CLOSED) {
      editor.prependRaw("List-Subscribe", mailto(list, "subscribe"));
    }
    editor.prependRaw("List-Owner", mailto(list, "owner"));
    editor.prependRaw(
        "List-Post",
        list.settings().copies().listPost()
            ? "<" + SiteUrls.mailto(list.address()) + ">"
            : "NO"); // RFC 2369 section 3.4
    editor.prependRaw(
        "List-Help", "<" + SiteUrls.mailto(list.roleAddress("request")) + "?subject=help>");
  }

  private void archivedAt(HeaderEditor editor, MailingList list, ArchiveId id) {
    editor.prependRaw("Archived-At", "<" + urls.post(list.address(), id) + ">");
  }

  private static boolean names(HeaderField field, MailAddress address) {
    return AddressListParser.parse(field.value()).stream()
        .anyMatch(mailbox -> mailbox.address().key().equals(address.key()));
  }

  /** The form for owners: their address has been passed, and nothing else is different. */
  public RawMessage ownerForm(RawMessage mail, MailingList list) {
    HeaderEditor editor = HeaderEditor.of(mail);
    remove(editor, SECRETS);
    editor.prependRaw(BEEN_THERE, list.roleAddress("owner").toString());
    return editor.toMessage();
  }

  private static void remove(HeaderEditor editor, List<String> names) {
    names.forEach(editor::remove);
  }

  private static String mailto(MailingList list, String role) {
    return "<" + SiteUrls.mailto(list.roleAddress(role)) + ">";
  }

  /** On one line, however long its text: some programs compare the field as it stands. */
  static String listId(MailingList list) {
    String name = list.displayName().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    String id = "<" + list.id().value() + ">";
    if (name.isEmpty()) {
      return id;
    }
    boolean plain = name.chars().allMatch(c -> c >= ' ' && c <= '~') && !name.contains("=?");
    String phrase =
        plain
            ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
            : EncodedWords.encode(name);
    return phrase + " " + id;
  }
}
