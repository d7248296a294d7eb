package org.milena.archive.importing;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was written a moment ago and may not be in the index yet. Forgets what is older than the
 * index can be behind, and the oldest where it is too much: then a record may be written twice,
 * which changes nothing.
 */
final class RecentPosts {
  private static final int MAX = 20_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private record Written(String sha256, Instant at) {}

  private final Map<String, Written> names =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Written> eldest) {
          return size() > MAX;
        }
      };

  synchronized void add(String name, String sha256, Instant now) {
    names.put(name, new Written(sha256, now));
  }

  /** The digest of what was written under a name; null when nothing was. */
  synchronized @Nullable String sha256(String name, Instant now) {
    Written written = names.get(name);
    return written == null || !now.isBefore(written.at().plus(REMEMBERED))
        ? null
        : written.sha256();
  }
}
