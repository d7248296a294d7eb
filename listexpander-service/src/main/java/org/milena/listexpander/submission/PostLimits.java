package org.milena.listexpander.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;

/**
 * How many posts an account may send by this instance: {@value #MOST} within an hour that begins
 * with the first of them. What lists take of one sender is their own setting.
 */
final class PostLimits {
  static final int MOST = 30;
  static final Duration SPAN = Duration.ofHours(1);

  /** Accounts that are kept in mind; beyond, the one whose hour began first is forgotten. */
  private static final int MAX_ACCOUNTS = 10_000;

  private final InstantSource clock;

  /** By account, in the order in which their hours began. */
  private final LinkedHashMap<String, Hour> hours = new LinkedHashMap<>();

  private record Hour(Instant began, int taken) {}

  PostLimits(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes one of those of the account; false when all are taken. */
  synchronized boolean take(String account) {
    Instant now = clock.instant();
    Hour hour = hours.get(account);
    if (hour != null && now.isBefore(hour.began().plus(SPAN))) {
      if (hour.taken() >= MOST) {
        return false;
      }
      hours.put(account, new Hour(hour.began(), hour.taken() + 1));
      return true;
    }
    hours.remove(account);
    if (hours.size() >= MAX_ACCOUNTS) {
      var _ = hours.pollFirstEntry();
    }
    hours.put(account, new Hour(now, 1));
    return true;
  }
}
