package org.milena.listexpander.source;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way out to texts of addresses. */
public interface SourceDoor {

  /** What came of it. */
  sealed interface Answer {
    /**
     * A text.
     *
     * @param etag what its server calls this version; null when it has no name
     */
    record Text(String text, @Nullable String etag) implements Answer {}

    /** It is still the version that was named. */
    record Same() implements Answer {}

    /**
     * Nothing, and why.
     *
     * @param reason a sentence that shows nothing of the net around us
     */
    record Fault(String reason) implements Answer {}
  }

  /** Finds the addresses of names. */
  @FunctionalInterface
  interface Names {
    /** All of them; empty when there is no such name, or nobody answers. */
    List<InetAddress> of(String host);
  }

  /**
   * Fetches one.
   *
   * @param etag the version that is known; null for none
   */
  Answer fetch(SourceUrl url, @Nullable String etag);
}
