package org.milena.archive.web.ponymail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.Person;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.web.ArchiveView;
import org.milena.common.directory.MailingList;

/**
 * A mail as Pony Mail lists it. All but its moment is left out where only numbers were asked for.
 *
 * @param id of the post; {@code mid} is the same
 * @param list the list's address
 * @param listRaw its list id in angle brackets
 * @param epoch when it was written, seconds since 1970
 * @param bodyShort its first words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MailJson(
    @Nullable String id,
    @Nullable String mid,
    @JsonProperty("message-id") @Nullable String messageId,
    @Nullable String list,
    @JsonProperty("list_raw") @Nullable String listRaw,
    @Nullable String from,
    @Nullable String subject,
    @Nullable String date,
    long epoch,
    @JsonProperty("in-reply-to") @Nullable String inReplyTo,
    @Nullable String references,
    @JsonProperty("private") @Nullable Boolean isPrivate,
    @Nullable List<AttachmentJson> attachments,
    @JsonProperty("body_short") @Nullable String bodyShort,
    @Nullable List<String> permalinks) {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern SPECIAL = Pattern.compile("[\\[\\]\\\\()<>@,:;\".]");

  /**
   * An attachment.
   *
   * @param hash SHA-256 of its content; names it
   */
  record AttachmentJson(
      String filename, @JsonProperty("content_type") String contentType, String hash, long size) {}

  /** The moment of a mail, and nothing else. */
  static MailJson moment(ArchivedPost post) {
    return new MailJson(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        post.date().getEpochSecond(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * A mail as the caller sees it.
   *
   * @param links ids under which it is found
   */
  static MailJson of(MailingList list, ArchivedPost post, List<String> links) {
    return new MailJson(
        post.id().value(),
        post.id().value(),
        "<" + post.messageId() + ">",
        list.address().toString(),
        raw(list),
        named(post.author()),
        ArchiveView.text(post.subject()),
        date(post.date()),
        post.date().getEpochSecond(),
        framed(post.inReplyTo()),
        framed(post.references()),
        !ArchiveView.isOpen(list),
        post.attachments().stream()
            .map(attachment ->
                new AttachmentJson(
                    ArchiveView.text(attachment.name()),
                    attachment.type(),
                    attachment.sha256(),
                    attachment.size()))
            .toList(),
        ArchiveView.text(post.excerpt()),
        links);
  }

  static String raw(MailingList list) {
    return "<" + list.id().value() + ">";
  }

  private static String date(Instant moment) {
    return SECONDS.format(moment);
  }

  static String framed(List<String> ids) {
    return ids.stream().map(id -> "<" + id + ">").collect(Collectors.joining(" "));
  }

  /** {@code Anna Author <anna@example.org>}, as the caller sees it. */
  static String named(Person author) {
    Person person = ArchiveView.person(author);
    if (person.name().isEmpty() || person.address().isEmpty()) {
      return person.shown();
    }
    String name = person.name().replace("\\", "\\\\").replace("\"", "\\\"");
    String quote = SPECIAL.matcher(person.name()).find() ? "\"" : "";
    return quote + name + quote + " <" + person.address() + ">";
  }
}
