package org.milena.scanner.authentication.lookup;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A DNS that is in no hurry, and the clock by which it is not. Remembers what it was asked. Answers
 * one after the other whoever asks.
 */
public final class SlowLookup implements NameLookup, InstantSource {

  private final NameLookup names;
  private final Duration delay;
  private final Predicate<String> slow;
  private final List<String> asked = new ArrayList<>();
  private Instant now;

  /** Slow with all names. */
  public SlowLookup(NameLookup names, Instant now, Duration delay) {
    this(names, now, delay, _ -> true);
  }

  /** Slow with some names; addresses count as written. */
  public SlowLookup(NameLookup names, Instant now, Duration delay, Predicate<String> slow) {
    this.names = names;
    this.now = now;
    this.delay = delay;
    this.slow = slow;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Names and addresses that were asked for, in their order. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private synchronized <T> Answer<T> late(String name, Supplier<Answer<T>> answer) {
    asked.add(name);
    if (slow.test(name)) {
      now = now.plus(delay);
    }
    return answer.get();
  }

  @Override
  public Answer<String> txt(String name) {
    return late(name, () -> names.txt(name));
  }

  @Override
  public Answer<InetAddress> ipv4(String name) {
    return late(name, () -> names.ipv4(name));
  }

  @Override
  public Answer<InetAddress> ipv6(String name) {
    return late(name, () -> names.ipv6(name));
  }

  @Override
  public Answer<String> mx(String name) {
    return late(name, () -> names.mx(name));
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    return late(address.getHostAddress(), () -> names.ptr(address));
  }
}
