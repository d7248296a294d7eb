package org.milena.scanner.quarantine;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.QuarantineDigest;

/** The digests that count, and which part of the log each one tells of. */
final class DigestRounds {

  /** Rounds remembered; a record of an older one is never to be done again. */
  private static final int REMEMBERED = 100;

  /**
   * A digest that counts.
   *
   * @param after it tells of mails behind this offset, exclusive
   * @param before and before this one: its own
   */
  record Round(QuarantineDigest digest, long after, long before) {

    boolean tellsOf(long offset) {
      return offset > after && offset < before;
    }
  }

  private final TreeMap<Instant, Round> rounds = new TreeMap<>();

  /** Takes in the next record of the log. */
  synchronized void apply(QuarantineDigest digest, long offset) {
    if (!rounds.isEmpty() && !digest.until().isAfter(rounds.lastKey())) {
      return; // somebody was before
    }
    rounds.put(digest.until(), new Round(digest, toldUntil(), offset));
    if (rounds.size() > REMEMBERED) {
      rounds.pollFirstEntry();
    }
  }

  /** What this record tells of, if it is the one that counts. Compared as a value. */
  synchronized Optional<Round> find(QuarantineDigest digest) {
    @Nullable Round round = rounds.get(digest.until());
    return round != null && round.digest().equals(digest) ? Optional.of(round) : Optional.empty();
  }

  /** Everything before this offset has been told of; -1 in the beginning. */
  synchronized long toldUntil() {
    return rounds.isEmpty() ? -1 : rounds.lastEntry().getValue().before();
  }

  /** Whether this period, or a later one, has its digest. */
  synchronized boolean has(Instant until) {
    return !rounds.isEmpty() && !rounds.lastKey().isBefore(until);
  }
}
