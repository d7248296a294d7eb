package org.milena.scanner.authentication.dkim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.NameLookup;

/**
 * The keys that one message needs, each asked for once. All questions of a message together have a
 * bounded time; what is asked after that is not known. For one thread.
 */
public final class KeyFinder {

  /** What was found at a name. */
  sealed interface Keys {

    /** At least one record of DKIM. */
    record Found(List<KeyRecord> records) implements Keys {}

    /** There is none. */
    record None() implements Keys {}

    /** Nobody knows. */
    record Unknown(String reason) implements Keys {}
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A name has one record; more than these are not looked at (RFC 6376 section 3.6.2.2). */
  private static final int MAX_RECORDS = 4;

  private final NameLookup names;
  private final InstantSource clock;
  private final Map<String, Keys> known = new HashMap<>();
  private @Nullable Instant begun;

  /** For the keys of one message. */
  public KeyFinder(NameLookup names, InstantSource clock) {
    this.names = names;
    this.clock = clock;
  }

  Keys find(String selector, String domain) {
    return known.computeIfAbsent(selector + "._domainkey." + domain, this::ask);
  }

  private Keys ask(String name) {
    Instant now = clock.instant();
    Instant first = begun;
    if (first == null) {
      begun = now;
    } else if (now.isAfter(first.plus(PATIENCE))) {
      return new Keys.Unknown("the keys take too long to come");
    }
    return switch (names.txt(name)) {
      case Answer.Found<String>(var texts) -> ours(texts);
      case Answer.NoData<String>() -> new Keys.None();
      case Answer.NoName<String>() -> new Keys.None();
      case Answer.Trouble<String>(var reason) -> new Keys.Unknown(reason);
    };
  }

  private static Keys ours(List<String> texts) {
    List<KeyRecord> records =
        texts.stream()
            .map(KeyRecord::parse)
            .filter(record -> !(record instanceof KeyRecord.Foreign))
            .limit(MAX_RECORDS)
            .toList();
    return records.isEmpty() ? new Keys.None() : new Keys.Found(records);
  }
}
