package org.milena.listexpander.ledger;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.milena.common.directory.Member;
import org.milena.common.mail.ListId;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.table.Table;

/**
 * Which lists have members who read digests or summaries, without a walk over all members for each
 * post.
 *
 * <p>The view is counted as it changes. It lags by what the running transaction wrote, so members
 * written are noted as well; a note on a list that counts nobody is proven by one walk, and
 * forgotten when that finds nobody. Never says no too early; may say yes until the view knows that
 * the last one left.
 */
public final class DigestReaders {
  private static final Set<DeliveryMode> WAYS =
      EnumSet.of(DeliveryMode.MIME_DIGEST, DeliveryMode.PLAIN_DIGEST, DeliveryMode.SUMMARY);

  private record Way(ListId list, DeliveryMode mode) {}

  private final Map<Way, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Set<Way> noted = ConcurrentHashMap.newKeySet();

  /** The table must not have been started yet: counting begins with its first row. */
  DigestReaders(Table<Member> members) {
    members.onChange((_, before, now) -> {
      before.ifPresent(member -> count(member, -1));
      now.ifPresent(member -> count(member, 1));
    });
  }

  private void count(Member member, int by) {
    if (reads(member)) {
      counts.computeIfAbsent(way(member), _ -> new AtomicInteger()).addAndGet(by);
    }
  }

  /** A transaction writes this member. */
  void note(Member member) {
    if (reads(member)) {
      noted.add(way(member));
    }
  }

  /**
   * Whether the list has such readers.
   *
   * @param walk finds out for certain, inside the transaction
   */
  boolean any(ListId list, DeliveryMode mode, BooleanSupplier walk) {
    Way way = new Way(list, mode);
    AtomicInteger count = counts.get(way);
    if (count != null && count.get() > 0) {
      return true;
    }
    if (!noted.contains(way)) {
      return false;
    }
    boolean found = walk.getAsBoolean();
    if (!found) {
      noted.remove(way);
    }
    return found;
  }

  private static boolean reads(Member member) {
    return WAYS.contains(member.options().mode()) && member.receives(member.options().mode());
  }

  private static Way way(Member member) {
    return new Way(member.list(), member.options().mode());
  }
}
