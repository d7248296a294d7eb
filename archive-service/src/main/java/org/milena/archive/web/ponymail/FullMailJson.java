package org.milena.archive.web.ponymail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.Person;
import org.milena.archive.post.ArchivedPost;

/**
 * A mail with its text.
 *
 * @param dbid SHA3-256 of the octets; empty where the post has none of that name
 * @param children what answers it; absent where nobody asked for its thread
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FullMailJson(
    @JsonUnwrapped MailJson mail,
    @JsonProperty("from_raw") String fromRaw,
    String to,
    String cc,
    String body,
    String dbid,
    @Nullable List<AnswerJson> children) {

  /**
   * Which mail answers which.
   *
   * @param tid id of the mail; {@code id} and {@code mid} are the same
   * @param irt Message-ID that it answers, in angle brackets; may be empty
   */
  record AnswerJson(
      String tid,
      String mid,
      String id,
      @JsonProperty("message-id") String messageId,
      String subject,
      String from,
      long epoch,
      String irt,
      @JsonProperty("list_raw") String listRaw,
      List<AnswerJson> children) {}

  static FullMailJson of(
      MailJson mail,
      ArchivedPost post,
      String body,
      String dbid,
      @Nullable List<AnswerJson> children) {
    return new FullMailJson(
        mail, MailJson.named(post.author()), all(post.to()), all(post.cc()), body, dbid, children);
  }

  private static String all(List<Person> people) {
    return people.stream().map(MailJson::named).collect(Collectors.joining(", "));
  }
}
