package org.milena.archive.elasticsearch;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indices of the stories of mails: one a month, since without by-query APIs only a whole index
 * can be removed when its time is over.
 */
public final class StoryIndices {
  private static final Logger log = LoggerFactory.getLogger(StoryIndices.class);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu.MM", Locale.ROOT);

  private final SearchConnection connection;
  private final String prefix;
  private final Indices indices;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();

  /**
   * @param prefix of all names
   * @param indices makes them
   */
  StoryIndices(SearchConnection connection, String prefix, Indices indices) {
    this.connection = connection;
    this.prefix = prefix;
    this.indices = indices;
  }

  /** The alias of all months, which is there once one is. */
  String all() {
    return prefix + "-trace";
  }

  /** The index of a month, which is there. */
  String of(YearMonth month) {
    String name = prefix + "-trace-v1-" + MONTH.format(month);
    if (ready.add(name)) {
      try {
        var unused = indices.create(name, all(), "trace-v1.json", null, "1s", 1);
      } catch (RuntimeException e) {
        ready.remove(name);
        throw e;
      }
    }
    return name;
  }

  /** Removes the months before this one. */
  public List<String> removeBefore(YearMonth first) {
    String oldest = prefix + "-trace-v1-" + MONTH.format(first);
    List<String> old =
        connection
            .call(
                "listing the months of stories",
                client -> client.indices().get(r -> r.index(prefix + "-trace-v1-*")))
            .result()
            .keySet()
            .stream()
            .filter(name -> name.compareTo(oldest) < 0)
            .sorted()
            .toList();
    if (!old.isEmpty()) {
      connection.call("removing old stories", client -> client.indices().delete(r -> r.index(old)));
      ready.removeAll(old);
      log.info("removed old stories: {}", old);
    }
    return old;
  }
}
