package org.milena.archive.rebuild;

import java.util.Optional;
import org.milena.archive.post.Shelf;

/**
 * The makings of the index. All methods throw {@link org.milena.common.failure.OutageException}
 * when the search engine is away.
 */
public interface Generations {

  /** An index that is being made. */
  interface Making {

    /** Names it. */
    String name();

    /** Where its posts go. */
    Shelf shelf();

    /** What it holds. */
    ArchiveDigest digest();

    /** Has readers and writers see it from now on, and nobody the one before. */
    void show();

    /** Takes it away. */
    void drop();
  }

  /** Begins another one; empty, and seen by nobody. */
  Making begin();

  /** What the one that readers see holds. */
  ArchiveDigest digest();

  /**
   * Why the one that readers see must be built anew, a sentence for the log: this version of the
   * program cannot write into it, or the settings want another one. Empty when it need not.
   */
  Optional<String> outdated();
}
