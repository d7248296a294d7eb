package org.milena.testkit.corpus;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What another program (Python's email package) reads of a message of a list: a yardstick, not the
 * law; on broken mail a parser may rightly differ.
 *
 * @param n from 1, in the order of the mbox
 * @param messageId without angle brackets; null for none
 * @param date seconds since 1970; null where it cannot be read
 * @param thread number of the thread: union of all ids in References and In-Reply-To
 * @param charsets of all parts that are text, as they name them; {@code (none)} for none
 * @param sha256 of the raw message, lower-case hex
 */
public record IndexEntry(
    int n,
    @JsonProperty("message_id") @Nullable String messageId,
    @Nullable String from,
    @JsonProperty("from_name") @Nullable String fromName,
    @Nullable Long date,
    @Nullable String subject,
    int thread,
    @JsonProperty("thread_size") int threadSize,
    int bytes,
    @Nullable String type,
    List<String> charsets,
    List<IndexedAttachment> attachments,
    String sha256) {

  /**
   * An attachment as that program sees it.
   *
   * @param sha1 of the decoded content, lower-case hex
   */
  public record IndexedAttachment(
      @Nullable String name,
      @Nullable String type,
      @Nullable String disposition,
      long size,
      String sha1) {}
}
