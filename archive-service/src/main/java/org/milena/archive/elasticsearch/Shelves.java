package org.milena.archive.elasticsearch;

import java.util.function.Supplier;
import org.milena.archive.post.Shelf;
import org.milena.common.failure.OutageException;

/** The shelf that readers see, as of the moment it is asked for. */
public final class Shelves implements Supplier<Shelf> {
  private final SearchConnection connection;
  private final Indices indices;

  /** Of these indices. */
  public Shelves(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
  }

  /**
   * @throws OutageException when the search engine is away, or what it has is of another version
   *     and is being made again
   */
  @Override
  public Shelf get() {
    return of(
        indices
            .current()
            .orElseThrow(() ->
                new OutageException(
                    "the index was made by another version of Milena and is being built anew")));
  }

  Shelf of(IndexNames names) {
    return new Shelf(
        new PostDocuments(connection, names, new RawDocuments(connection, names)),
        new ThreadDocuments(connection, names));
  }
}
