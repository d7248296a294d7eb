package org.milena.archive.thread;

import java.time.Instant;
import java.util.List;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** Short words for tests. */
final class ThreadPosts {
  static final ListId LIST = ListId.of("dev.example.org");

  /** A post that is named after its Message-ID, written at this minute. */
  static ThreadPost post(String messageId, int minute, String... references) {
    return copy(messageId, "", minute, references);
  }

  /** Another post under the same Message-ID. */
  static ThreadPost copy(String messageId, String mark, int minute, String... references) {
    return new ThreadPost(
        ArchiveId.compute(LIST, messageId, mark),
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * minute),
        messageId,
        List.of(references),
        List.of(),
        "");
  }

  /** The same with a subject. */
  static ThreadPost about(String subject, ThreadPost post) {
    return new ThreadPost(
        post.id(), post.date(), post.messageId(), post.references(), post.inReplyTo(), subject);
  }

  private ThreadPosts() {}
}
