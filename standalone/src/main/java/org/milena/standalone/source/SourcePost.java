package org.milena.standalone.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.RawMessage;

/**
 * A message of an archive.
 *
 * @param place where it stands there, in a few words
 * @param receivedAt when the archive took it; null where it does not say
 * @param isPrivate whether the archive kept it from the public
 * @param urls paths under which the archive showed it, with their leading slash
 * @param keys names it had there, and that cannot be computed from its octets
 */
public record SourcePost(
    String place,
    RawMessage raw,
    @Nullable Instant receivedAt,
    boolean isPrivate,
    List<String> urls,
    List<String> keys) {

  public SourcePost {
    urls = List.copyOf(urls);
    keys = List.copyOf(keys);
  }

  /** One that has no more than its octets. */
  public SourcePost(String place, RawMessage raw, @Nullable Instant receivedAt) {
    this(place, raw, receivedAt, false, List.of(), List.of());
  }

  /** With these paths. */
  public SourcePost withUrls(List<String> others) {
    return new SourcePost(place, raw, receivedAt, isPrivate, others, keys);
  }
}
