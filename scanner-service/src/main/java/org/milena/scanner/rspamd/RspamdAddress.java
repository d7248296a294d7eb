package org.milena.scanner.rspamd;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.failure.UnfitException;

/**
 * Where a rspamd worker of type {@code normal} (or its proxy) listens.
 *
 * @param base scheme, host and port, without a slash behind
 */
public record RspamdAddress(URI base) {

  /** The port of rspamd's normal worker. */
  public static final int PORT = 11333;

  private static final Pattern URL =
      Pattern.compile(
          "(https?)://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?/?",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads {@code http://HOST[:PORT]} or {@code https://HOST[:PORT]}.
   *
   * @throws UnfitException when it is neither
   */
  public static RspamdAddress of(String text) {
    Matcher url = URL.matcher(text);
    if (url.matches()) {
      int port = url.group(3) == null ? PORT : Integer.parseInt(url.group(3));
      URI base =
          URI.create(url.group(1).toLowerCase(Locale.ROOT) + "://" + url.group(2) + ":" + port);
      if (port > 0 && port < 65_536 && base.getHost() != null) {
        return new RspamdAddress(base);
      }
    }
    throw new UnfitException(
        "milena.scanner.rspamd: not the address of a rspamd: \""
            + text
            + "\"; it is http://HOST[:PORT]");
  }

  /** One of its commands. */
  URI command(String name) {
    return base.resolve("/" + name);
  }

  /** As it is written in the settings. */
  public String text() {
    return base.toString();
  }
}
