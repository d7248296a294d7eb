package org.milena.archive.elasticsearch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.Person;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.FullPost;
import org.milena.archive.post.KeptPost;
import org.milena.archive.post.NewPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/** A post as the index holds it; field for field {@code posts-v1.json}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PostDocument(
    ArchiveId id,
    ListId list,
    MailId mailId,
    ArchiveId thread,
    Instant date,
    Instant receivedAt,
    String messageId,
    @Nullable List<String> links,
    List<String> references,
    List<String> inReplyTo,
    String subject,
    Person author,
    List<Person> to,
    List<Person> cc,
    @Nullable String authorText,
    @Nullable String recipientText,
    String excerpt,
    @Nullable String body,
    @Nullable String attached,
    List<Attachment> attachments,
    @Nullable List<String> fileNames,
    boolean hasAttachments,
    int size,
    String sha256,
    String rawSha256,
    List<String> defects,
    String sourceTopic,
    int sourcePartition,
    long sourceOffset) {

  /** What only searching needs, and pages do not. */
  static final List<String> NOT_FOR_PAGES =
      List.of("body", "attached", "links", "authorText", "recipientText", "fileNames");

  static PostDocument of(NewPost added) {
    ArchivedPost post = added.post();
    return new PostDocument(
        post.id(),
        post.list(),
        post.mailId(),
        post.thread(),
        post.date(),
        post.receivedAt(),
        post.messageId(),
        new ArrayList<>(post.forThread().links()),
        post.references(),
        post.inReplyTo(),
        post.subject(),
        post.author(),
        post.to(),
        post.cc(),
        text(Stream.of(post.author())),
        text(Stream.concat(post.to().stream(), post.cc().stream())),
        post.excerpt(),
        added.text(),
        added.attachedText().isBlank() ? null : added.attachedText(),
        post.attachments(),
        // whole, and in pieces: the analyser takes leak.patch for one word
        post.attachments().stream()
            .map(Attachment::name)
            .flatMap(name -> Stream.of(name, name.replaceAll("[._-]+", " ")))
            .distinct()
            .toList(),
        !post.attachments().isEmpty(),
        post.size(),
        post.sha256(),
        post.rawSha256(),
        post.defects(),
        added.source().topic(),
        added.source().partition(),
        added.source().offset());
  }

  private static String text(Stream<Person> people) {
    return people
        .map(person -> person.name() + " " + person.address())
        .collect(Collectors.joining("\n"));
  }

  ArchivedPost post() {
    return new ArchivedPost(
        id,
        list,
        mailId,
        thread,
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

  FullPost full() {
    return new FullPost(post(), Objects.requireNonNullElse(body, ""));
  }

  KeptPost kept() {
    return new KeptPost(
        list,
        thread,
        post().forThread(),
        rawSha256,
        new RecordPosition(sourceTopic, sourcePartition, sourceOffset));
  }
}
