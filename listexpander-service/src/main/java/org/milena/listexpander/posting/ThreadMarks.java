package org.milena.listexpander.posting;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.milena.common.event.ThreadWish;
import org.milena.common.header.BaseSubject;
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
    BaseSubject base = BaseSubject.of(subject);
    return new ThreadMarks(
        parents,
        header
            .first("Message-ID")
            .flatMap(field -> MessageId.parse(field.value()))
            .map(MessageId::value),
        base.answers(),
        base.text());
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
