package org.milena.egress.route;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.failure.UnfitException;

/** Which way mail leaves. */
public sealed interface Mode {

  /** It does not: outgoing mail is kept in an outbox that can be read. */
  record Capture() implements Mode {}

  /** All of it goes to one host, which knows the rest. */
  record Smarthost(String host, int port) implements Mode {}

  /** To the mail hosts of each destination (RFC 5321 section 5.1). */
  record Mx() implements Mode {}

  /** How a setting writes it. */
  Pattern SMARTHOST =
      Pattern.compile("smarthost:(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+):([0-9]{1,5})");

  /**
   * Reads {@code capture}, {@code smarthost:HOST:PORT} (IPv6 in brackets) or {@code mx}.
   *
   * @throws UnfitException when it is none of these
   */
  static Mode parse(String text) {
    String mode = text.strip();
    Matcher smarthost = SMARTHOST.matcher(mode);
    if (mode.toLowerCase(Locale.ROOT).equals("capture")) {
      return new Capture();
    }
    if (mode.toLowerCase(Locale.ROOT).equals("mx")) {
      return new Mx();
    }
    if (smarthost.matches()) {
      int port = Integer.parseInt(smarthost.group(2));
      if (port >= 1 && port <= 65_535) {
        return new Smarthost(smarthost.group(1).replaceAll("[\\[\\]]", ""), port);
      }
    }
    throw new UnfitException(
        "milena.egress.mode (MILENA_EGRESS) is \""
            + text
            + "\", which is none of capture, smarthost:HOST:PORT, mx; mail would go nowhere or"
            + " astray");
  }

  /** As the setting writes it. */
  default String text() {
    return switch (this) {
      case Capture() -> "capture";
      case Smarthost(String host, int port) ->
          "smarthost:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
      case Mx() -> "mx";
    };
  }
}
