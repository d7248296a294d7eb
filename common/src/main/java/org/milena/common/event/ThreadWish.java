package org.milena.common.event;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * What a member wants of one thread.
 *
 * @param messageId of the post the thread began with, without angle brackets; or of a later one,
 *     for what is below it
 * @param subject of that post, without prefixes and {@code Re:}; empty when answers are told by
 *     their references alone
 * @param at since when
 * @param lastPostAt when the thread had its newest post, at most some days too early
 */
public record ThreadWish(
    ListId list,
    MailAddress address,
    String messageId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String subject,
    Kind kind,
    Instant at,
    Instant lastPostAt) {

  /** What is wanted. */
  public enum Kind {
    /** Each of its posts as it comes, whatever else is delivered. */
    FOLLOW,
    /** None of its posts as they come. */
    MUTE
  }

  public ThreadWish {
    subject = requireNonNullElse(subject, "");
  }

  /** The same for a thread that had a post now. */
  public ThreadWish seen(Instant now) {
    return new ThreadWish(list, address, messageId, subject, kind, at, now);
  }

  /** Key on {@link Topics#WISHES}. */
  public String key() {
    return key(list, address, messageId);
  }

  /** Key on {@link Topics#WISHES}. */
  public static String key(ListId list, MailAddress address, String messageId) {
    return prefix(list, address) + messageId;
  }

  /** How the keys of one member's wishes on a list begin. */
  public static String prefix(ListId list, MailAddress address) {
    return Topics.listKey(list, address.key()) + Topics.KEY_SEPARATOR;
  }

  /** How the keys of all wishes on a list begin. */
  public static String prefix(ListId list) {
    return Topics.listKey(list, "");
  }

  /** Names of threads that posts of this one go by. */
  public List<String> threads() {
    return subject.isEmpty() ? List.of(messageId) : List.of(messageId, bySubject(subject));
  }

  /** What the posts of a thread go by that name no other post, only its subject. */
  public static String bySubject(String subject) {
    return "subject " + subject.toLowerCase(Locale.ROOT);
  }
}
