package org.milena.archive.post;

import java.time.Instant;
import java.util.List;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.Person;
import org.milena.archive.thread.ThreadPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * A post without its text.
 *
 * @param thread its thread, named by the earliest post of it
 * @param date of the Date field where that is believable, else when we took it
 * @param references ids of the References field, oldest first
 * @param inReplyTo ids of the In-Reply-To field
 * @param excerpt the first words of its own text
 * @param size in octets
 * @param sha256 of the message as its author sent it, lower-case hex
 * @param rawSha256 of the message as it is kept
 * @param defects what could not be read, one sentence each
 */
public record ArchivedPost(
    ArchiveId id,
    ListId list,
    MailId mailId,
    ArchiveId thread,
    Instant date,
    Instant receivedAt,
    String messageId,
    List<String> references,
    List<String> inReplyTo,
    String subject,
    Person author,
    List<Person> to,
    List<Person> cc,
    String excerpt,
    List<Attachment> attachments,
    int size,
    String sha256,
    String rawSha256,
    List<String> defects) {

  public ArchivedPost {
    references = List.copyOf(references);
    inReplyTo = List.copyOf(inReplyTo);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    attachments = List.copyOf(attachments);
    defects = List.copyOf(defects);
  }

  /** What threading needs of it. */
  public ThreadPost forThread() {
    return new ThreadPost(id, date, messageId, references, inReplyTo, subject);
  }

  /** The same post in another thread. */
  public ArchivedPost inThread(ArchiveId other) {
    return new ArchivedPost(
        id,
        list,
        mailId,
        other,
        date,
        receivedAt,
        messageId,
        references,
        inReplyTo,
        subject,
        author,
        to,
        cc,
        excerpt,
        attachments,
        size,
        sha256,
        rawSha256,
        defects);
  }
}
