package org.milena.common.settings;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ScanReport.Passage;

/**
 * What is made of the words of several engines. One positive always suffices: a mail that an engine
 * calls infected goes nowhere, and no policy can change that. Nor can any let pass what no engine
 * has read.
 *
 * @param quorum how many antivirus engines must have read a mail to its end and found nothing; 0:
 *     all there are. Never more than there are
 * @param patience how long a mail waits for an engine that is out, from its receipt, before the
 *     quorum of the others is enough; null: as long as it takes
 * @param unscannable what the word of an engine counts that could not read all of a mail
 * @param encrypted what becomes of a mail nobody can look into
 * @param macros what becomes of a document that brings a program
 * @param attachments what becomes of a type of attachment that is blocked, and of pieces of
 *     messages
 * @param spam what becomes of a mail that the spam filter would refuse
 */
public record ScanPolicy(
    int quorum,
    @Nullable Duration patience,
    Unscannable unscannable,
    Passage encrypted,
    Passage macros,
    Passage attachments,
    Passage spam) {

  /** What the word of an engine counts that could not read all of a mail. */
  public enum Unscannable {
    /** The mail is kept. */
    KEEP,
    /** Nothing: others must make the quorum without it. */
    ABSTAIN
  }

  /**
   * All engines must answer; what cannot be read is kept, and so are blocked attachments and spam;
   * what is encrypted or brings macros goes to a moderator.
   */
  public static final ScanPolicy DEFAULT =
      new ScanPolicy(
          0, null, Unscannable.KEEP, Passage.HOLD, Passage.HOLD, Passage.KEEP, Passage.KEEP);

  /** What an older record leaves open is as by default. */
  public ScanPolicy {
    if (quorum < 0) {
      throw new IllegalArgumentException("a quorum of " + quorum);
    }
    if (patience != null && patience.isNegative()) {
      throw new IllegalArgumentException("patience of " + patience);
    }
    unscannable = requireNonNullElse(unscannable, Unscannable.KEEP);
    encrypted = requireNonNullElse(encrypted, Passage.HOLD);
    macros = requireNonNullElse(macros, Passage.HOLD);
    attachments = requireNonNullElse(attachments, Passage.KEEP);
    spam = requireNonNullElse(spam, Passage.KEEP);
  }
}
