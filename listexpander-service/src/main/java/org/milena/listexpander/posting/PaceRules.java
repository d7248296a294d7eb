package org.milena.listexpander.posting;

import java.util.Optional;
import org.milena.common.event.ThreadLock;
import org.milena.common.header.BaseSubject;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.posting.Rule.Finding;
import org.milena.listexpander.sentence.Phrase;

/** How many posts, how fast, and where no more are wanted. */
final class PaceRules {

  /** A post belongs to a closed thread: it says so itself, or answers under its subject. */
  static Optional<Finding> threadLock(PostFacts facts) {
    ThreadMarks marks = facts.content().thread();
    return facts.around().locks().stream()
        .filter(lock -> belongs(marks, lock))
        .findFirst()
        .flatMap(lock ->
            Finding.of(
                lock.rejects() ? PostAction.REJECT : PostAction.HOLD, Phrase.THREAD_CLOSED.say()));
  }

  private static boolean belongs(ThreadMarks marks, ThreadLock lock) {
    return marks.names(lock.messageId())
        || (!lock.subject().isEmpty()
            && marks.reply()
            && marks.subject().equalsIgnoreCase(BaseSubject.of(lock.subject()).text()));
  }

  /** Another post with this name is there: a program's mistake, or somebody's trick. */
  static Optional<Finding> duplicateMessageId(PostFacts facts) {
    return facts
        .around()
        .otherWithSameId()
        .flatMap(other -> Finding.hold(Phrase.SAME_MESSAGE_ID.say(other.mailId().toString())));
  }

  /**
   * The first posts of a new member are seen by a moderator. Any member who speaks counts, so that
   * a second name on the post does not help.
   */
  static Optional<Finding> probation(PostFacts facts) {
    return facts
        .speakers()
        .flatMap(claimant -> claimant.entry().stream())
        .filter(member -> SenderRules.mayPost(member) && member.options().probation() > 0)
        .findFirst()
        .flatMap(member ->
            Finding.hold(Phrase.PROBATION.say(member.address(), member.options().probation())));
  }

  static Optional<Finding> senderRate(PostFacts facts) {
    int most = facts.list().settings().posting().postsPerHour();
    return most > 0 && facts.around().authorHasPosted(most)
        ? Finding.hold(Phrase.SENDER_RATE.say(most))
        : Optional.empty();
  }

  static Optional<Finding> threadRate(PostFacts facts) {
    int most = facts.list().settings().posting().threadPostsPerHour();
    return most > 0 && facts.around().threadHasPosts(most)
        ? Finding.hold(Phrase.THREAD_RATE.say(most))
        : Optional.empty();
  }

  private PaceRules() {}
}
