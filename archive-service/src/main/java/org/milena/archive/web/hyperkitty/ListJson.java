package org.milena.archive.web.hyperkitty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.milena.archive.web.ArchiveView;
import org.milena.common.directory.MailingList;

/**
 * A list.
 *
 * @param name its address
 * @param archivePolicy {@code public}, or {@code private} where it is for members
 * @param threads where they are
 * @param emails where they are
 */
record ListJson(
    String url,
    String name,
    @JsonProperty("display_name") String displayName,
    String description,
    @JsonProperty("subject_prefix") String subjectPrefix,
    @JsonProperty("archive_policy") String archivePolicy,
    @JsonProperty("created_at") Instant createdAt,
    String threads,
    String emails) {

  static ListJson of(Addresses addresses, MailingList list) {
    return new ListJson(
        addresses.list(),
        list.address().toString(),
        list.displayName(),
        list.description(),
        list.settings().copies().subjectPrefix(),
        ArchiveView.isOpen(list) ? "public" : "private",
        list.createdAt(),
        addresses.threads(),
        addresses.emails());
  }
}
