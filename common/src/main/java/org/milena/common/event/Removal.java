package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;

/**
 * A post that was taken out of the archive, or parts of it. Kept for good: whoever follows an old
 * link is told, and an import cannot bring back what was removed.
 *
 * @param messageId of the post, without angle brackets
 * @param date when the post was written, as the archive had it
 * @param reason one sentence for whoever looks for the post
 * @param by who did it
 * @param redacted what was taken out of a post that is still there; null when it is gone
 * @param left SHA-256 of what is left of a post that is still there, lower-case hex; null when it
 *     is gone
 */
public record Removal(
    ListId list,
    ArchiveId archiveId,
    String messageId,
    Instant date,
    String reason,
    String by,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String redacted,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String left) {

  /** Of a post that is gone. */
  public static Removal gone(
      ListId list,
      ArchiveId archiveId,
      String messageId,
      Instant date,
      String reason,
      String by,
      Instant at) {
    return new Removal(list, archiveId, messageId, date, reason, by, at, null, null);
  }

  /** The key of its row. */
  public String key() {
    return key(list, archiveId);
  }

  /** The key of the row of a post. */
  public static String key(ListId list, ArchiveId post) {
    return Topics.listKey(list, post.value());
  }

  /** Whether nothing of the post is left. */
  @JsonIgnore
  public boolean isGone() {
    return redacted == null;
  }
}
