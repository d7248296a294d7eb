package org.milena.scanner.voting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.event.ScanReport.Passage;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.SpamReport;
import org.milena.common.settings.ScanPolicy;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.Reading;
import org.milena.scanner.scan.Word;
import org.milena.scanner.voting.ScanDecision.Decided;
import org.milena.scanner.voting.ScanDecision.Wait;

/**
 * The vote over a mail.
 *
 * <p>First malware, by {@link Standing}: infected is kept; while an engine is out, the mail waits,
 * unless the policy's patience is over and the others make its quorum; what an engine could not
 * read is kept, unless the policy lets such an engine abstain and the others make the quorum. Then
 * what the policy says of each objection of each engine, of one that abstains too, and of spam: the
 * strictest counts.
 */
public final class Voting {

  private static final Optional<Voice> CLEAN = Optional.of(Voice.CLEAN);

  private Voting() {}

  /**
   * Decides.
   *
   * @param age of the mail since it was received
   */
  public static ScanDecision decide(Reading reading, ScanPolicy policy, Duration age) {
    Standing standing = standing(reading.words());
    if (standing == Standing.INFECTED) {
      return new Decided(Verdict.INFECTED, Passage.KEEP);
    }
    if (standing == Standing.WAITING) {
      if (!goesOnWithout(reading, policy, age)) {
        return new Wait(
            reading.silent().stream().map(Word.Silent::reason).collect(Collectors.joining("; ")));
      }
      standing = standing(List.copyOf(reading.said()));
    }
    return switch (standing) {
      case OPEN, CLEAN -> judged(reading, policy);
      case UNREADABLE, DOUBTED ->
          policy.unscannable() == ScanPolicy.Unscannable.ABSTAIN && isQuorate(reading, policy)
              ? judged(reading, policy)
              : new Decided(Verdict.UNSCANNABLE, Passage.KEEP);
      case INFECTED, WAITING -> throw new IllegalStateException("was handled above");
    };
  }

  private static Standing standing(List<Word> words) {
    return Standing.of(words.stream().flatMap(word -> Voice.of(word).stream()).toList());
  }

  /** The built-in checks are never done without: they are a part of this very process. */
  private static boolean goesOnWithout(Reading reading, ScanPolicy policy, Duration age) {
    Duration patience = policy.patience();
    if (patience == null || age.compareTo(patience) < 0) {
      return false;
    }
    List<Word.Silent> silent = reading.silent();
    if (silent.stream().anyMatch(word -> word.role() == Engine.Role.BUILTIN)) {
      return false;
    }
    return silent.stream().noneMatch(word -> word.role() == Engine.Role.ANTIVIRUS)
        || isQuorate(reading, policy);
  }

  /** Whether enough antivirus engines read all of it and found nothing; never less than one. */
  private static boolean isQuorate(Reading reading, ScanPolicy policy) {
    long engines =
        reading.words().stream().filter(word -> word.role() == Engine.Role.ANTIVIRUS).count();
    long clean = reading.said().stream().filter(said -> Voice.of(said).equals(CLEAN)).count();
    long wanted = policy.quorum() == 0 ? engines : Math.min(policy.quorum(), engines);
    return clean >= Math.max(1, wanted);
  }

  private static Decided judged(Reading reading, ScanPolicy policy) {
    List<Passage> objections =
        reading.said().stream()
            .flatMap(said -> said.verdict().objections().stream())
            .map(objection -> passage(objection, policy))
            .toList();
    boolean spam =
        reading.spam().map(report -> report.level() == SpamReport.Level.SPAM).orElse(false);
    Passage passage =
        Stream.concat(objections.stream(), spam ? Stream.of(policy.spam()) : Stream.empty())
            .max(Passage::compareTo)
            .orElse(Passage.PASS);
    Verdict verdict = !objections.isEmpty() ? Verdict.POLICY : spam ? Verdict.SPAM : Verdict.CLEAN;
    return new Decided(verdict, passage);
  }

  private static Passage passage(Objection objection, ScanPolicy policy) {
    return switch (objection) {
      case ATTACHMENT, PARTIAL -> policy.attachments();
      case ENCRYPTED -> policy.encrypted();
      case MACRO -> policy.macros();
    };
  }
}
