package org.milena.listexpander.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailId;
import org.milena.listexpander.submission.SubmissionOutcome;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Posts to a list without a mail program. For whoever is signed in. */
@RestController
@RequestMapping("/api/v1/lists/{list}/posts")
public class PostsApi {
  private final WebPosts posts;

  public PostsApi(WebPosts posts) {
    this.posts = posts;
  }

  /** A post that is to be sent. */
  record NewPost(
      @Nullable String subject,
      @Nullable String text,
      @Nullable String from,
      @Nullable String displayName,
      @Nullable String inReplyTo,
      @Nullable List<@Nullable String> references) {}

  /**
   * A post that is on its way.
   *
   * @param mailId by which its story is found
   * @param messageId without angle brackets
   */
  record SentPost(MailId mailId, String messageId) {}

  /**
   * Sends a post. It is a mail of the account's then, and may be held or rejected like one.
   *
   * @param key with which the same post may be sent again, and is one all the same; may be quoted
   */
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  SentPost send(
      @PathVariable("list") String address,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody NewPost post) {
    MailingList list = posts.require(address);
    SubmissionOutcome.Taken taken =
        posts.send(
            list,
            new WebPosts.Draft(
                post.subject(),
                post.text(),
                post.from(),
                post.displayName(),
                post.inReplyTo(),
                post.references(),
                key == null ? null : unquoted(key)));
    return new SentPost(taken.mail(), taken.id().value());
  }

  /** Clients send the bare word, or a string in quotes. */
  private static String unquoted(String key) {
    String text = key.strip();
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }
}
