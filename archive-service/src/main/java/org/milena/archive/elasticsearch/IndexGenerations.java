package org.milena.archive.elasticsearch;

import java.util.Optional;
import org.milena.archive.post.Shelf;
import org.milena.archive.rebuild.ArchiveDigest;
import org.milena.archive.rebuild.Generations;

/** Makings of the indices of posts and bytes. */
public final class IndexGenerations implements Generations {
  private final SearchConnection connection;
  private final Indices indices;
  private final Shelves shelves;

  /** Of these indices. */
  public IndexGenerations(SearchConnection connection, Indices indices, Shelves shelves) {
    this.connection = connection;
    this.indices = indices;
    this.shelves = shelves;
  }

  private record Begun(IndexGenerations all, Generation generation) implements Making {
    @Override
    public String name() {
      return generation.posts();
    }

    @Override
    public Shelf shelf() {
      return all.shelves.of(generation);
    }

    @Override
    public ArchiveDigest digest() {
      return new DocumentDigest(all.connection).of(generation.posts());
    }

    @Override
    public void show() {
      all.indices.replace(generation);
    }

    @Override
    public void drop() {
      all.indices.drop(generation);
    }
  }

  @Override
  public Making begin() {
    return new Begun(this, indices.begin());
  }

  @Override
  public ArchiveDigest digest() {
    return new DocumentDigest(connection).of(indices.posts());
  }

  @Override
  public Optional<String> outdated() {
    return indices.outdated();
  }
}
