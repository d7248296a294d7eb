package org.milena.archive.elasticsearch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.PatchFacts;
import org.milena.archive.message.Person;
import org.milena.archive.message.PostText;
import org.milena.archive.message.TextBlock;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.FullPost;
import org.milena.archive.post.KeptPost;
import org.milena.archive.post.NewPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * A post as the index holds it; field for field {@code posts-v5.json}.
 *
 * @param keys each as {@link KeyDigest} has it
 */
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
    @Nullable List<String> keys,
    List<String> references,
    List<String> inReplyTo,
    boolean reply,
    String subject,
    Person author,
    List<Person> to,
    List<Person> cc,
    @Nullable String authorKey,
    @Nullable String authorName,
    String excerpt,
    @Nullable String layout,
    @Nullable Map<String, List<String>> text,
    boolean patch,
    @Nullable List<String> diffFiles,
    @Nullable List<String> blobsBefore,
    @Nullable List<String> blobsAfter,
    @Nullable String patchId,
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
      List.of(
          "text",
          "layout",
          "attached",
          "links",
          "keys",
          "authorKey",
          "authorName",
          "fileNames",
          "diffFiles",
          "blobsBefore",
          "blobsAfter",
          "patchId");

  static PostDocument of(NewPost added) {
    ArchivedPost post = added.post();
    PatchFacts patch = PatchFacts.of(added.text());
    return new PostDocument(
        post.id(),
        post.list(),
        post.mailId(),
        post.thread(),
        post.date(),
        post.receivedAt(),
        post.messageId(),
        new ArrayList<>(post.forThread().names()),
        added.keys().stream().map(KeyDigest::of).toList(),
        post.references(),
        post.inReplyTo(),
        post.forThread().parent().isPresent(),
        post.subject(),
        post.author(),
        post.to(),
        post.cc(),
        authorKey(post.author()),
        post.author().name().isEmpty() ? null : post.author().name(),
        post.excerpt(),
        added.text().layout(),
        byLetter(added.text()),
        patch.isPatch(),
        patch.files(),
        patch.blobsBefore(),
        patch.blobsAfter(),
        patch.patchId(),
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

  /** Authors are counted by it. */
  static String authorKey(Person author) {
    String shown = author.address().isEmpty() ? author.name() : author.address();
    return shown.toLowerCase(Locale.ROOT);
  }

  private static Map<String, List<String>> byLetter(PostText text) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    text.byKind().forEach((kind, lines) -> texts.put(String.valueOf(kind.letter()), lines));
    return texts;
  }

  /** The text that {@link #layout} and {@link #text} hold; empty where they were not read. */
  static PostText text(@Nullable String layout, @Nullable Map<String, List<String>> texts) {
    if (layout == null || texts == null) {
      return PostText.EMPTY;
    }
    Map<TextBlock.Kind, List<String>> byKind = new EnumMap<>(TextBlock.Kind.class);
    texts.forEach((letter, lines) -> byKind.put(TextBlock.Kind.of(letter.charAt(0)), lines));
    return PostText.of(layout, byKind);
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
    return new FullPost(post(), text(layout, text));
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
