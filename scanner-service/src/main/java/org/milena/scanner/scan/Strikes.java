package org.milena.scanner.scan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailId;

/**
 * How often a mail made an engine fail that was ready when it was asked. Kept in memory only: after
 * a restart a mail begins anew, which costs some tries and no mail.
 */
final class Strikes {

  /** Mails remembered; the oldest is forgotten first. */
  private static final int REMEMBERED = 10_000;

  private final Map<Key, Count> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Count> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Key(MailId id, String engine) {}

  /**
   * @param blamed the verdict once the mail is to blame
   */
  private record Count(
      int strikes, boolean tookEngineDown, EngineVerdict.@Nullable Unscannable blamed) {}

  /** One more; returns how many there are now. */
  synchronized int add(MailId id, Engine engine, boolean tookEngineDown) {
    Count now =
        counts.merge(
            new Key(id, engine.name()),
            new Count(1, tookEngineDown, null),
            (before, one) ->
                new Count(
                    before.strikes + one.strikes,
                    before.tookEngineDown || one.tookEngineDown,
                    before.blamed));
    return now.strikes;
  }

  /** Whether the engine went out while it read this mail. */
  synchronized boolean tookEngineDown(MailId id, Engine engine) {
    Count count = counts.get(new Key(id, engine.name()));
    return count != null && count.tookEngineDown;
  }

  /**
   * The mail is to blame. Kept, since it may be asked about again: while another engine is out, or
   * when what was written of it comes to nothing.
   */
  synchronized EngineVerdict blame(MailId id, Engine engine, EngineVerdict.Unscannable verdict) {
    counts.computeIfPresent(
        new Key(id, engine.name()),
        (_, count) -> new Count(count.strikes, count.tookEngineDown, verdict));
    return verdict;
  }

  /** The verdict on a mail that is to blame. */
  synchronized Optional<EngineVerdict> blamed(MailId id, Engine engine) {
    Count count = counts.get(new Key(id, engine.name()));
    return count == null ? Optional.empty() : Optional.ofNullable(count.blamed);
  }

  /** The engine gave a verdict, or is to be asked as if it had never failed. */
  synchronized void forget(MailId id, Engine engine) {
    counts.remove(new Key(id, engine.name()));
  }
}
