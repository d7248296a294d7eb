package org.milena.scanner.authentication.lookup;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Look-ups of one check, or of all checks of one mail, until a deadline; after it every answer is
 * trouble, and nobody is asked (RFC 7208 section 4.6.4 has it for SPF). May be shared by threads,
 * whose deadline is then the same.
 */
public final class TimedNames implements NameLookup {
  private final NameLookup names;
  private final InstantSource clock;
  private final Duration limit;
  private final Instant deadline;

  /** The time begins now. */
  public TimedNames(NameLookup names, InstantSource clock, Duration limit) {
    this.names = names;
    this.clock = clock;
    this.limit = limit;
    this.deadline = clock.instant().plus(limit);
  }

  private <T> Answer<T> timed(Supplier<Answer<T>> lookup) {
    return clock.instant().isBefore(deadline)
        ? lookup.get()
        : new Answer.Trouble<>("the check took longer than " + limit.toSeconds() + " s");
  }

  @Override
  public Answer<String> txt(String name) {
    return timed(() -> names.txt(name));
  }

  @Override
  public Answer<InetAddress> ipv4(String name) {
    return timed(() -> names.ipv4(name));
  }

  @Override
  public Answer<InetAddress> ipv6(String name) {
    return timed(() -> names.ipv6(name));
  }

  @Override
  public Answer<String> mx(String name) {
    return timed(() -> names.mx(name));
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    return timed(() -> names.ptr(address));
  }
}
