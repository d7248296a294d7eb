package org.milena.archive.importing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.RawMessage;

/**
 * A message as another archive had it.
 *
 * @param place where it stands there, in a few words, for reports
 * @param receivedAt when that archive took it; null where it does not say
 * @param isPrivate whether that archive kept it from the public
 * @param urls paths under which it was shown there
 * @param keys names it had there, and that cannot be computed from its octets
 */
public record ForeignPost(
    String place,
    RawMessage raw,
    @Nullable Instant receivedAt,
    boolean isPrivate,
    List<String> urls,
    List<String> keys) {

  public ForeignPost {
    urls = List.copyOf(urls);
    keys = List.copyOf(keys);
  }
}
