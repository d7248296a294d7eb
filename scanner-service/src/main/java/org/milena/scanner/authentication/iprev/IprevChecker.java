package org.milena.scanner.authentication.iprev;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.lookup.TimedNames;

/**
 * Looks up the names of a client, and their addresses (RFC 8601 section 3). An address without a
 * name is a {@code permerror} (section 2.7.3); of many names the first ten are looked at.
 */
public final class IprevChecker {
  private static final int MAX_NAMES = 10;

  /** Anything else could not be written into a header field as it is. */
  private static final Pattern HOST_NAME =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final NameLookup dns;
  private final InstantSource clock;

  /**
   * A checker.
   *
   * @param clock by which no look-up of a check begins after 10 seconds: what is not known by then
   *     is a temporary error
   */
  public IprevChecker(NameLookup dns, InstantSource clock) {
    this.dns = dns;
    this.clock = clock;
  }

  /** Checks. */
  public Iprev check(InetAddress client) {
    var names = new TimedNames(dns, clock, LIMIT);
    return switch (names.ptr(client)) {
      case Answer.Trouble<String> _ -> new Iprev(Result.TEMPERROR, null);
      case Answer.NoName<String> _, Answer.NoData<String> _ -> new Iprev(Result.PERMERROR, null);
      case Answer.Found<String>(List<String> claimed) -> check(client, claimed, names);
    };
  }

  private static Iprev check(InetAddress client, List<String> claimed, NameLookup names) {
    boolean trouble = false;
    for (String name : claimed.subList(0, Math.min(MAX_NAMES, claimed.size()))) {
      String host = name.toLowerCase(Locale.ROOT);
      if (!HOST_NAME.matcher(host).matches()) {
        continue;
      }
      Answer<InetAddress> addresses =
          client instanceof Inet4Address ? names.ipv4(host) : names.ipv6(host);
      if (addresses.orNone().contains(client)) {
        return new Iprev(Result.PASS, host);
      }
      trouble |= addresses instanceof Answer.Trouble<InetAddress>;
    }
    return new Iprev(trouble ? Result.TEMPERROR : Result.FAIL, null);
  }
}
