package org.milena.archive.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.milena.common.header.BaseSubject;

/**
 * What ties a post to others by its subject alone, where it names no other post: {@code Re: x}
 * without References belongs to {@code x}. The last step of Jamie Zawinski's algorithm, made weak:
 *
 * <ul>
 *   <li>Only an answer joins. Two people who both write {@code Some question} are no thread until
 *       somebody answers so that nobody can tell which of them is meant.
 *   <li>The subject has two words at least.
 *   <li>Time is cut into quarters of 90 days; an answer belongs to subjects of its own and the one
 *       before. Cutting, and not measuring from post to post, keeps the result independent of the
 *       order in which posts arrive.
 * </ul>
 *
 * @param answers whether it is an answer
 * @param subject without {@code Re:} and prefixes of lists, in lower case
 * @param quarter number of the 90 days in which it was written
 */
record SubjectLink(boolean answers, String subject, long quarter) {
  private static final Duration QUARTER = Duration.ofDays(90);

  /** That of a post which names no other; empty where its subject is no link. */
  static Optional<SubjectLink> of(String subject, Instant date) {
    BaseSubject base = BaseSubject.of(subject);
    String words = base.text().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    return words.indexOf(' ') < 0
        ? Optional.empty()
        : Optional.of(
            new SubjectLink(
                base.answers(), words, Math.floorDiv(date.getEpochSecond(), QUARTER.toSeconds())));
  }

  /** Two posts that share one of these, and of which one is an answer, are in one thread. */
  Set<String> topics() {
    Set<String> topics = new LinkedHashSet<>();
    topics.add(topic(quarter));
    if (answers) {
      topics.add(topic(quarter - 1));
    }
    return topics;
  }

  private String topic(long number) {
    return number + " " + subject;
  }

  /** How an index names the posts that answer in a topic. No Message-ID has white space. */
  static String answering(String topic) {
    return "answers " + topic;
  }

  /** How an index names the posts that begin something in a topic. */
  static String beginning(String topic) {
    return "begins " + topic;
  }
}
