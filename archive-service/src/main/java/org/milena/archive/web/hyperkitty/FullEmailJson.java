package org.milena.archive.web.hyperkitty;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An email with its text. */
record FullEmailJson(
    @JsonUnwrapped EmailJson email,
    VotesJson votes,
    String content,
    List<AttachmentJson> attachments) {

  /** What people think of it: nothing, there are no votes. */
  record VotesJson(int likes, int dislikes, String status) {
    static final VotesJson NONE = new VotesJson(0, 0, "neutral");
  }

  /**
   * An attachment.
   *
   * @param email where its email is
   * @param counter its number, from 1
   * @param encoding null: not told
   * @param download where its content is
   */
  record AttachmentJson(
      String email,
      int counter,
      String name,
      @JsonProperty("content_type") String contentType,
      @Nullable String encoding,
      long size,
      String download) {}
}
