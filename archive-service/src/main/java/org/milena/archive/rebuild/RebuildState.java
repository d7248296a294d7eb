package org.milena.archive.rebuild;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far building anew is.
 *
 * @param index what is being made, or was made last; null when nothing was since the start
 * @param done how many records of the log were read
 * @param of how many there are, about: what was compacted away counts, too
 * @param skipped records that could not be read; they are among the dead letters
 * @param before what the old index held when it began
 * @param after what the new one holds
 * @param problem why it waits or has ended, one sentence; null while all is well
 */
public record RebuildState(
    Phase phase,
    @Nullable String index,
    long done,
    long of,
    long skipped,
    @Nullable Instant began,
    @Nullable Instant ended,
    @Nullable ArchiveDigest before,
    @Nullable ArchiveDigest after,
    @Nullable String problem) {

  /** Nothing was done since the start of this instance. */
  static final RebuildState NEVER =
      new RebuildState(Phase.NONE, null, 0, 0, 0, null, null, null, null, null);

  /** What is being done. */
  public enum Phase {
    /** Nothing. */
    NONE,
    /** The log is read into the new index. */
    FILLING,
    /** Readers see the new one; what came in the last moment is added. */
    SHOWN,
    /** It is done. */
    DONE,
    /** It ended, and readers see the old one. */
    FAILED
  }

  /** Whether it goes on. */
  public boolean isRunning() {
    return phase == Phase.FILLING || phase == Phase.SHOWN;
  }
}
