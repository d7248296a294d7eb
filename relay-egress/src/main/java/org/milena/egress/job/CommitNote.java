package org.milena.egress.job;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a committed offset says to the next owner of the partition: from where results of deliveries
 * still in hand must be read back. Kept as the offset's metadata.
 */
public final class CommitNote {
  private static final String PREFIX = "results=";

  private CommitNote() {}

  /** The metadata. */
  public static String write(long readBackFrom) {
    return PREFIX + readBackFrom;
  }

  /** The place; empty when the metadata does not say: then all results must be read back. */
  public static OptionalLong read(@Nullable String metadata) {
    if (metadata == null || !metadata.startsWith(PREFIX)) {
      return OptionalLong.empty();
    }
    try {
      long from = Long.parseLong(metadata.substring(PREFIX.length()));
      return from < 0 ? OptionalLong.empty() : OptionalLong.of(from);
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
