package org.milena.scanner.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What engines said of a content, for an hour. A mail that comes again is not read again, unless
 * engine or database have another version now.
 *
 * <p>Spam filters are not asked of the past: they judge client and envelope, too. Nor is an engine
 * that does not say its version, since nobody knows then whether it knows more now.
 */
final class VerdictCache {

  /** As long as rspamd keeps its own. */
  static final Duration KEPT = Duration.ofHours(1);

  private static final int ENTRIES = 20_000;

  private final Cache<Key, EngineVerdict> verdicts;

  private record Key(String engine, String version, String sha256) {}

  VerdictCache(InstantSource clock) {
    verdicts =
        Caffeine.newBuilder()
            .maximumSize(ENTRIES)
            .expireAfterWrite(KEPT)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /** What the engine said, and would say again. */
  Optional<EngineVerdict> find(Engine engine, Specimen specimen) {
    String version = engine.version();
    return isKept(engine, version)
        ? Optional.ofNullable(verdicts.getIfPresent(key(engine, version, specimen)))
        : Optional.empty();
  }

  /**
   * Keeps a verdict.
   *
   * @param before the version the engine had when it was asked: when it is another one now, nobody
   *     knows which of them said it
   */
  void keep(Engine engine, String before, Specimen specimen, EngineVerdict verdict) {
    // whether all of it could be read may depend on how busy the engine was
    boolean certain = !(verdict instanceof EngineVerdict.Unscannable);
    if (certain && isKept(engine, before) && before.equals(engine.version())) {
      verdicts.put(key(engine, before, specimen), verdict);
    }
  }

  private static boolean isKept(Engine engine, String version) {
    return engine.role() != Engine.Role.SPAM && !version.isEmpty();
  }

  private static Key key(Engine engine, String version, Specimen specimen) {
    return new Key(engine.name(), version, specimen.sha256());
  }
}
