package org.milena.archive.thread;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milena.common.event.ArchiveId;

/**
 * What threading needs of a post.
 *
 * @param date when it was written, as the archive understands it
 * @param messageId without angle brackets; never empty
 * @param references ids of the References field, oldest first
 * @param inReplyTo ids of the In-Reply-To field
 * @param subject decoded, on one line
 */
public record ThreadPost(
    ArchiveId id,
    Instant date,
    String messageId,
    List<String> references,
    List<String> inReplyTo,
    String subject) {

  /** Earliest first; the id decides between posts of one moment, so that no order is left open. */
  public static final Comparator<ThreadPost> BY_DATE =
      Comparator.comparing(ThreadPost::date).thenComparing(post -> post.id().value());

  public ThreadPost {
    references = List.copyOf(references);
    inReplyTo = List.copyOf(inReplyTo);
  }

  /** All message ids it names, its own first: whoever shares one of them is in its thread. */
  public Set<String> links() {
    Set<String> links = new LinkedHashSet<>();
    links.add(messageId);
    links.addAll(references);
    links.addAll(inReplyTo);
    return links;
  }

  /** What ties it to others where it names none of them. */
  Optional<SubjectLink> subjectLink() {
    return references.isEmpty() && inReplyTo.isEmpty()
        ? SubjectLink.of(subject, date)
        : Optional.empty();
  }

  /**
   * All names under which an index finds its thread: {@link #links()}, and those of its subject.
   */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(links());
    subjectLink()
        .ifPresent(link -> {
          for (String topic : link.topics()) {
            names.add(link.answers() ? SubjectLink.answering(topic) : SubjectLink.beginning(topic));
          }
        });
    return names;
  }

  /**
   * The message it answers: the last of the References, and only without them In-Reply-To (RFC 5322
   * section 3.6.4), since programs keep References and users edit the other.
   */
  public Optional<String> parent() {
    for (String id : references.reversed()) {
      if (!id.equals(messageId)) {
        return Optional.of(id);
      }
    }
    return inReplyTo.stream().filter(id -> !id.equals(messageId)).findFirst();
  }
}
