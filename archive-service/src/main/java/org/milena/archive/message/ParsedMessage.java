package org.milena.archive.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the archive understands of a message.
 *
 * @param messageId without angle brackets; made from the octets where the message has none
 * @param subject decoded, on one line; may be empty
 * @param date of the Date field, if it can be read
 * @param references ids of the References field, oldest first
 * @param inReplyTo ids of the In-Reply-To field
 * @param text what a reader would read: plain text, else HTML without its markup
 * @param attachedText of attachments whose text could be read; for search only
 * @param defects what could not be read, one sentence each
 */
public record ParsedMessage(
    String messageId,
    String subject,
    Person author,
    List<Person> to,
    List<Person> cc,
    @Nullable Instant date,
    List<String> references,
    List<String> inReplyTo,
    PostText text,
    String attachedText,
    List<Attachment> attachments,
    List<String> defects) {

  public ParsedMessage {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    references = List.copyOf(references);
    inReplyTo = List.copyOf(inReplyTo);
    attachments = List.copyOf(attachments);
    defects = List.copyOf(defects);
  }
}
