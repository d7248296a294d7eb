package org.milena.archive.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.Person;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.directory.MailingList;

/**
 * A post without its text, as the API gives it.
 *
 * @param addressesMasked whether {@code a…@example.org} stands for {@code alice@example.org}
 * @param url of its page
 */
public record PostJson(
    String id,
    String list,
    String thread,
    String messageId,
    Instant date,
    Instant receivedAt,
    String subject,
    Person from,
    List<Person> to,
    List<Person> cc,
    List<String> references,
    List<String> inReplyTo,
    String excerpt,
    List<AttachmentJson> attachments,
    int size,
    String sha256,
    String rawSha256,
    List<String> defects,
    boolean addressesMasked,
    String url,
    String rawUrl) {

  /** An attachment and where it is. */
  public record AttachmentJson(
      String part,
      String name,
      String type,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String detected,
      long size,
      String sha256,
      String url) {}

  /** A post of a list, as this reader sees it. */
  public static PostJson of(MailingList list, ArchivedPost post) {
    return new PostJson(
        post.id().value(),
        list.address().toString(),
        post.thread().value(),
        post.messageId(),
        post.date(),
        post.receivedAt(),
        Reader.text(post.subject()),
        Reader.person(post.author()),
        post.to().stream().map(Reader::person).toList(),
        post.cc().stream().map(Reader::person).toList(),
        post.references(),
        post.inReplyTo(),
        Reader.text(post.excerpt()),
        post.attachments().stream().map(attachment -> json(list, post, attachment)).toList(),
        post.size(),
        post.sha256(),
        post.rawSha256(),
        post.defects(),
        Reader.masks(),
        Links.post(list, post),
        Links.api(list) + "/messages/" + post.id() + "/raw");
  }

  private static AttachmentJson json(MailingList list, ArchivedPost post, Attachment attachment) {
    return new AttachmentJson(
        attachment.part(),
        Reader.text(attachment.name()),
        attachment.type(),
        attachment.detected(),
        attachment.size(),
        attachment.sha256(),
        Links.attachment(list, post.id(), attachment.part()));
  }
}
