package org.milena.archive.web.hyperkitty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.Person;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.web.ArchiveView;

/**
 * An email without its text.
 *
 * @param messageId without angle brackets
 * @param thread where it is
 * @param parent where the one is that it answers; null where that is not here
 * @param children where those are that answer it
 */
record EmailJson(
    String url,
    String mailinglist,
    @JsonProperty("message_id") String messageId,
    @JsonProperty("message_id_hash") String messageIdHash,
    String thread,
    SenderJson sender,
    @JsonProperty("sender_name") String senderName,
    String subject,
    Instant date,
    @Nullable String parent,
    List<String> children) {

  /**
   * Who sent it.
   *
   * @param address with {@code (a)} for the {@code @}, as HyperKitty has it
   * @param mailmanId null: people have no such id here
   * @param emails null: likewise
   */
  record SenderJson(
      String address,
      @JsonProperty("mailman_id") @Nullable String mailmanId,
      @Nullable String emails) {}

  /**
   * An email as the caller sees it.
   *
   * @param first the earliest post of its thread
   */
  static EmailJson of(
      Addresses addresses,
      ArchivedPost post,
      ArchivedPost first,
      @Nullable ArchivedPost parent,
      List<ArchivedPost> children) {
    Person author = ArchiveView.person(post.author());
    return new EmailJson(
        addresses.email(post),
        addresses.list(),
        post.messageId(),
        Addresses.hash(post),
        addresses.thread(first),
        new SenderJson(author.address().replace("@", " (a) "), null, null),
        author.name(),
        ArchiveView.text(post.subject()),
        post.date(),
        parent == null ? null : addresses.email(parent),
        children.stream().map(addresses::email).distinct().toList());
  }
}
