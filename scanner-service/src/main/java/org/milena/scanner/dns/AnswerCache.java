package org.milena.scanner.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.milena.scanner.authentication.lookup.Answer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Answers, each for its own time, within a space that no zone can burst. */
final class AnswerCache {
  private static final int EACH = 200;

  private final Cache<Question, Kept> kept;

  /**
   * What was asked.
   *
   * @param name in any case
   */
  record Question(Name name, int type) {}

  /**
   * An answer.
   *
   * @param time it may be kept; none when zero
   */
  record Kept(Answer<Record> answer, Duration time) {

    /** About how many octets it takes. */
    int size() {
      int size = EACH;
      for (Record record : answer.orNone()) {
        size += EACH + record.rdataToWireCanonical().length;
      }
      return size;
    }
  }

  /**
   * @param octets about how much it may hold
   */
  AnswerCache(long octets, LongSupplier nanos) {
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(octets)
            .weigher((Question _, Kept answer) -> answer.size())
            .expireAfter(Expiry.creating((Question _, Kept answer) -> answer.time()))
            .ticker(nanos::getAsLong)
            .build();
  }

  Optional<Kept> find(Question question) {
    return Optional.ofNullable(kept.getIfPresent(question));
  }

  void keep(Question question, Kept answer) {
    if (answer.time().isPositive()) {
      kept.put(question, answer);
    }
  }
}
