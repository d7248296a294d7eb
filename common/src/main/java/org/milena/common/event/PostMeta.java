package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * Belongs to a post in the archive.
 *
 * @param archiveId key of the record: see {@link ArchiveId}
 * @param receivedAt when the edge took it
 * @param acceptedAt when the list accepted it
 * @param sha256 of the message as its author sent it, lower-case hex
 * @param imported where it comes from, when it was posted elsewhere; null for a post of ours
 * @param formerKeys keys by which it was linked to, and that its octets no longer have since
 *     something was taken out of them; null when nothing was
 */
public record PostMeta(
    MailId mailId,
    ListId list,
    ArchiveId archiveId,
    Instant receivedAt,
    Instant acceptedAt,
    String sha256,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Imported imported,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> formerKeys) {

  public PostMeta {
    formerKeys = formerKeys == null ? null : List.copyOf(formerKeys);
  }

  /** A post as it came. */
  public PostMeta(
      MailId mailId,
      ListId list,
      ArchiveId archiveId,
      Instant receivedAt,
      Instant acceptedAt,
      String sha256,
      @Nullable Imported imported) {
    this(mailId, list, archiveId, receivedAt, acceptedAt, sha256, imported, null);
  }

  /** A post of ours. */
  public PostMeta(
      MailId mailId,
      ListId list,
      ArchiveId archiveId,
      Instant receivedAt,
      Instant acceptedAt,
      String sha256) {
    this(mailId, list, archiveId, receivedAt, acceptedAt, sha256, null, null);
  }

  /** The same of a post out of which something was taken, with its keys before. */
  public PostMeta withFormerKeys(List<String> keys) {
    return new PostMeta(
        mailId, list, archiveId, receivedAt, acceptedAt, sha256, imported, List.copyOf(keys));
  }

  /**
   * A post that another archive had.
   *
   * @param from what was read, in a few words: {@code mbox users.mbox}
   * @param urls paths under which the other archive showed it, with their leading slash
   * @param keys names that other archive had for it, and that cannot be computed from its octets
   */
  public record Imported(String from, List<String> urls, List<String> keys) {
    public Imported {
      urls = List.copyOf(urls);
      keys = List.copyOf(keys);
    }
  }
}
