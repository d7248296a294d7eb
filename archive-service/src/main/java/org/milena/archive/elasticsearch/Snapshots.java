package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * States of the index that searches go on in (points in time), so that pages of one search do not
 * shift while posts come.
 *
 * <p>A state costs the search engine memory and files while it is kept. So it lasts for minutes
 * after its last page, and there are so many at most: the oldest gives way to a new one.
 */
final class Snapshots {
  /** For how long a state lasts after each page. */
  static final Time KEEP = Time.of(t -> t.time("3m"));

  private static final int LONGEST_NAME = 2500;

  /** A state of now that others may go on in. */
  private record Young(String index, String name, long since) {}

  private final SearchConnection connection;
  private final int max;
  private final Duration shared;
  private final Queue<String> names = new ArrayDeque<>();
  private @Nullable Young young;

  /**
   * @param max how many states there are at most
   * @param shared how old a state may be that another search goes on in: each one that is begun is
   *     a request, and most are never asked for again
   */
  Snapshots(SearchConnection connection, int max, Duration shared) {
    this.connection = connection;
    this.max = max;
    this.shared = shared;
  }

  /**
   * The state of now, or of a moment ago, for pages that perhaps nobody asks for; null where its
   * name is too long for a URL, as with many shards.
   */
  @Nullable String forPages(String index) {
    long now = System.nanoTime();
    synchronized (names) {
      Young last = young;
      if (last != null
          && last.index().equals(index)
          && now - last.since() < shared.toNanos()
          && names.contains(last.name())) {
        return last.name();
      }
    }
    String name = open(index, KEEP);
    if (name.length() > LONGEST_NAME) {
      close(name);
      return null;
    }
    String oldest;
    synchronized (names) {
      names.add(name);
      young = new Young(index, name, now);
      oldest = names.size() > max ? names.remove() : null;
    }
    if (oldest != null) {
      close(oldest);
    }
    return name;
  }

  /**
   * The state of now; whoever opens it closes it.
   *
   * @param keep for how long it lasts if nobody reads in it
   */
  String open(String index, Time keep) {
    return connection
        .ask(
            "keeping a state of the index",
            client -> client.openPointInTime(r -> r.index(index).keepAlive(keep)))
        .id();
  }

  void close(String name) {
    connection.ask(
        "letting a state of the index go",
        client -> {
          try {
            return client.closePointInTime(r -> r.id(name)).succeeded();
          } catch (ElasticsearchException e) {
            if (isGone(e)) {
              return true;
            }
            throw e;
          }
        });
  }

  /** Whether this says that a state is there no more. */
  static boolean isGone(ElasticsearchException e) {
    return e.status() == 404;
  }
}
