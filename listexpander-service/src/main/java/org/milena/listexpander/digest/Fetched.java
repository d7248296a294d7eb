package org.milena.listexpander.digest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.milena.common.event.DigestPost;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailReader;

/**
 * What became of the messages of waiting posts when they were read.
 *
 * @param ready by post
 * @param gone why the message is not there any more, by post
 */
record Fetched<T>(Map<MailId, T> ready, Map<MailId, String> gone) {

  Fetched {
    ready = Map.copyOf(ready);
    gone = Map.copyOf(gone);
  }

  /**
   * Reads messages in their order, and keeps only what is made of them.
   *
   * @param enough whether no more is to be read, asked with each thing that was made
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  static <T> Fetched<T> read(
      MailReader mails,
      List<DigestPost> posts,
      BiFunction<DigestPost, RawMessage, T> make,
      Predicate<T> enough) {
    Map<MailId, T> ready = new HashMap<>();
    Map<MailId, String> gone = new HashMap<>();
    for (DigestPost post : posts) {
      try {
        T made = make.apply(post, mails.read(post.content()).message());
        ready.put(post.mailId(), made);
        if (enough.test(made)) {
          break;
        }
      } catch (DeadPointerException e) {
        gone.put(post.mailId(), e.getMessage() == null ? "no reason given" : e.getMessage());
      }
    }
    return new Fetched<>(ready, gone);
  }

  /** Whether it was tried to read this one. */
  boolean has(DigestPost post) {
    return ready.containsKey(post.mailId()) || gone.containsKey(post.mailId());
  }

  /** Those of these posts that could be read, in their order. */
  List<T> of(List<DigestPost> posts) {
    return posts.stream()
        .flatMap(post -> Optional.ofNullable(ready.get(post.mailId())).stream())
        .toList();
  }
}
