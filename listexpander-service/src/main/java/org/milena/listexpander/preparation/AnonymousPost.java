package org.milena.listexpander.preparation;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.milena.common.directory.MailingList;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/**
 * A post without a trace of its author in the header. Only fields stay that are known to say
 * nothing of who wrote it; what they name of the author's address or domain goes, too. The body is
 * the author's own business.
 */
public final class AnonymousPost {
  private static final Set<String> KEPT =
      Set.of(
          "subject",
          "date",
          "mime-version",
          "precedence",
          "auto-submitted",
          "importance",
          "priority",
          "keywords",
          "x-topics",
          "x-ack",
          "x-beenthere",
          "x-list-administrivia",
          "x-content-filtered-by",
          "list-id",
          "archived-at");

  /** Of which only what names others stays, or which become ours. */
  private static final Set<String> REWRITTEN =
      Set.of("from", "to", "cc", "in-reply-to", "references", "message-id");

  private static final List<String> KEPT_BEGINNINGS = List.of("content-", "x-mailman-", "x-spam-");
  private static final List<String> RECIPIENTS = List.of("To", "Cc");
  private static final List<String> IDS = List.of("In-Reply-To", "References");
  private static final int MAX_NAMES = 100;
  private static final int MAX_IDS = 100;
  private static final int MAX_ID = 900;

  /** The post of nobody. */
  public static RawMessage of(RawMessage post, MailingList list, MailId id) {
    HeaderBlock header = HeaderBlock.of(post);
    Set<String> names = names(header, list);
    HeaderEditor editor = HeaderEditor.of(post).removeIf(field -> !stays(field, names));
    for (String name : RECIPIENTS) {
      AddressField.write(
          editor,
          name,
          AddressField.merged(
              AddressField.read(header, name).stream()
                  .filter(mailbox -> !isAbout(mailbox.toString(), names))
                  .toList()));
    }
    for (String name : IDS) {
      references(editor, header, name, names);
    }
    AddressField.write(
        editor, "From", List.of(new HeaderMailbox(list.displayName(), list.address())));
    editor.replaceRaw("Message-ID", messageId(header, list, id).toString());
    return editor.toMessage();
  }

  /** A name of ours; one that this list has given before stays. */
  private static MessageId messageId(HeaderBlock header, MailingList list, MailId id) {
    return header
        .first("Message-ID")
        .flatMap(field -> MessageId.parse(field.value()))
        .filter(known -> known.value().endsWith("@" + list.id().value()))
        .filter(_ -> isOurs(header, list))
        .orElseGet(() -> new MessageId(id + "@" + list.id().value()));
  }

  private static boolean isOurs(HeaderBlock header, MailingList list) {
    List<HeaderMailbox> from = AddressField.read(header, "From");
    return from.size() == 1 && from.getFirst().address().key().equals(list.address().key());
  }

  /** What would give the author away: address and domain, in lower case. */
  private static Set<String> names(HeaderBlock header, MailingList list) {
    Set<String> names = new HashSet<>();
    for (String field : List.of("From", "Sender", "Reply-To", "Return-Path")) {
      for (HeaderMailbox mailbox : AddressField.read(header, field)) {
        MailAddress address = mailbox.address();
        if (names.size() < MAX_NAMES && !address.key().equals(list.address().key())) {
          names.add(address.key());
          if (!address.domain().equals(list.address().domain())) {
            names.add("@" + address.domain());
          }
        }
      }
    }
    return names;
  }

  private static boolean stays(HeaderField field, Set<String> names) {
    String name = field.name().toLowerCase(Locale.ROOT);
    if (REWRITTEN.contains(name)) {
      return true;
    }
    boolean known = KEPT.contains(name) || KEPT_BEGINNINGS.stream().anyMatch(name::startsWith);
    boolean own = name.equals("subject") || name.startsWith("content-");
    return known && (own || !isAbout(field.value(), names));
  }

  private static boolean isAbout(String text, Set<String> names) {
    String lower = text.toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(lower::contains);
  }

  private static void references(
      HeaderEditor editor, HeaderBlock header, String name, Set<String> names) {
    List<MessageId> ids =
        header.all(name).stream()
            .flatMap(field -> MessageId.parseAll(field.value()).stream())
            .filter(id -> id.value().length() <= MAX_ID && !isAbout(id.value(), names))
            .toList();
    // the thread's first message, and the nearest ones
    List<MessageId> some =
        ids.size() <= MAX_IDS
            ? ids
            : Stream.concat(ids.stream().limit(1), ids.stream().skip(ids.size() - MAX_IDS + 1L))
                .toList();
    if (some.isEmpty()) {
      editor.remove(name);
    } else {
      editor.replaceRaw(
          name, some.stream().map(MessageId::toString).collect(Collectors.joining("\r\n ")));
    }
  }

  private AnonymousPost() {}
}
