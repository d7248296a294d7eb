package org.milena.listexpander.digest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.event.DigestPost;
import org.milena.common.event.MailEvent;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.incoming.MailFacts;

/**
 * A waiting post in both forms, ready to be put into a digest.
 *
 * @param part the message with the fields that a digest keeps
 * @param section header and text as they stand in a digest of texts, without the post's number
 * @param topic its line in the table of contents
 */
record ReadyPost(
    DigestPost row, Optional<MessageId> messageId, RawMessage part, String section, String topic) {
  private static final int MAX_SUBJECT = 200;
  private static final int MAX_AUTHOR = 80;

  /** Makes both forms of a message as it waited. */
  static ReadyPost of(DigestPost row, RawMessage message, DigestLimits limits) {
    HeaderBlock header = HeaderBlock.of(message);
    MailFacts facts = MailFacts.of(message);
    Optional<String> link = link(header);
    String text = PostText.of(message, link, limits.text());
    return new ReadyPost(
        row,
        facts.messageId(),
        PostPart.of(message, text, limits.post(), link),
        PostSection.of(header, text),
        topic(facts));
  }

  /** Where the archive has the post (RFC 5064), if it does. */
  static Optional<String> link(HeaderBlock header) {
    return header
        .first("Archived-At")
        .map(field -> field.value())
        .filter(value -> value.length() > 2 && value.startsWith("<") && value.endsWith(">"))
        .map(value -> value.substring(1, value.length() - 1));
  }

  private static String topic(MailFacts facts) {
    String subject = OneLine.of(facts.subject(), MAX_SUBJECT);
    return "%s (%s)".formatted(subject.isEmpty() ? "(no subject)" : subject, author(facts));
  }

  /** The author's name for people, or the address of one without a name. */
  static String author(MailFacts facts) {
    List<HeaderMailbox> authors = facts.authors();
    String name =
        authors.isEmpty()
            ? facts.authorText()
            : authors.getFirst().displayName().isEmpty()
                ? authors.getFirst().address().toString()
                : authors.getFirst().displayName();
    return OneLine.of(name, MAX_AUTHOR);
  }

  /** Octets in a digest of messages. */
  int partSize() {
    return part.size();
  }

  /** Octets in a digest of texts, when that is encoded. */
  int sectionSize() {
    return section.getBytes(StandardCharsets.UTF_8).length / 54 * 78 + 78;
  }

  /** A line in the post's life. */
  MailEvent event(Instant at, MailEvent.Kind kind, String text, int count) {
    return new MailEvent(
        row.mailId(),
        at,
        kind,
        row.list(),
        messageId.map(MessageId::value).orElse(null),
        text,
        count);
  }
}
