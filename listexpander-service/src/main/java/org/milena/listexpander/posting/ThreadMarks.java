package org.milena.listexpander.posting;

import com.google.re2j.Pattern;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.milena.common.event.ThreadWish;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MessageId;

/**
 * What in a header tells the thread a post belongs to (RFC 5322 section 3.6.4).
 *
 * @param parents ids in {@code References}, then in {@code In-Reply-To}, without angle brackets
 * @param own the post's own id
 * @param reply whether its subject says that it is an answer
 * @param subject without that, and without prefixes of lists
 */
public record ThreadMarks(
    Set<String> parents, Optional<String> own, boolean reply, String subject) {
  private static final Pattern ANSWER =
      Pattern.compile(
          "^(?:re|aw|sv|vs|antw|fwd?|wg)(?:\\[\\d{1,4}\\]|\\^\\d{1,4})?\\s*[:\uff1a]\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PREFIX = Pattern.compile("^\\[[^\\[\\]]{1,80}\\]\\s*");

  public ThreadMarks {
    parents = new LinkedHashSet<>(parents);
  }

  /**
   * Reads them.
   *
   * @param subject decoded, on one line
   */
  public static ThreadMarks of(HeaderBlock header, String subject) {
    Set<String> parents = new LinkedHashSet<>();
    Stream.of("References", "In-Reply-To")
        .flatMap(name -> header.all(name).stream())
        .map(HeaderField::value)
        .flatMap(value -> MessageId.parseAll(value).stream())
        .forEach(id -> parents.add(id.value()));
    String left = bare(subject);
    return new ThreadMarks(
        parents,
        header
            .first("Message-ID")
            .flatMap(field -> MessageId.parse(field.value()))
            .map(MessageId::value),
        ANSWER.matcher(PREFIX.matcher(subject.strip()).replaceFirst("")).find(),
        left);
  }

  /** A subject without {@code Re:} and its like, and without prefixes of lists. */
  public static String bare(String subject) {
    String left = subject.strip();
    while (true) {
      String next = ANSWER.matcher(PREFIX.matcher(left).replaceFirst("")).replaceFirst("");
      if (next.isEmpty() || next.equals(left)) {
        return left;
      }
      left = next;
    }
  }

  /** The post that the thread began with, where the mail names it. */
  public Optional<String> first() {
    return parents.stream().findFirst();
  }

  /** Whether it answers this post, or one below it. */
  public boolean names(String messageId) {
    return parents.contains(messageId);
  }

  /**
   * All threads that it may belong to: those of the posts that it names; for an answer that names
   * none, the one under its subject.
   */
  public Set<String> threads() {
    boolean bySubject = parents.isEmpty() && reply && !subject.isEmpty();
    return bySubject ? Set.of(ThreadWish.bySubject(subject)) : parents;
  }

  /**
   * One name for all posts of a thread: the id of the first; for an answer that names none, its
   * subject. Empty for a post without id that answers nothing.
   */
  public Optional<String> root() {
    if (!parents.isEmpty()) {
      return Optional.of(parents.iterator().next());
    }
    return reply ? Optional.of(ThreadWish.bySubject(subject)) : own;
  }
}
