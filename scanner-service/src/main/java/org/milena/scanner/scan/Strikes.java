package org.milena.scanner.scan;

import java.util.LinkedHashMap;
import java.util.Map;
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

  private record Count(int strikes, boolean tookEngineDown) {}

  /** One more; returns how many there are now. */
  synchronized int add(MailId id, Engine engine, boolean tookEngineDown) {
    Count now =
        counts.merge(
            new Key(id, engine.name()),
            new Count(1, tookEngineDown),
            (before, one) ->
                new Count(
                    before.strikes + one.strikes, before.tookEngineDown || one.tookEngineDown));
    return now.strikes;
  }

  /** Whether the engine went out while it read this mail. */
  synchronized boolean tookEngineDown(MailId id, Engine engine) {
    Count count = counts.get(new Key(id, engine.name()));
    return count != null && count.tookEngineDown;
  }

  /** The engine gave a verdict. */
  synchronized void forget(MailId id, Engine engine) {
    counts.remove(new Key(id, engine.name()));
  }
}
