package org.milena.archive.export;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.PostPlace;

/**
 * Which octet of an mbox which post begins at, as far as it was seen. Only so many mboxes are kept,
 * and of each so many places at most: what is forgotten is found by reading again.
 */
final class Marks {
  private static final int MBOXES = 64;
  private static final int PLACES = 512;

  /** Octets that are soon read again: others must not be forgotten for them. */
  private static final long SMALL = 16 << 20;

  /**
   * A place.
   *
   * @param offset of the first octet behind it, from 0
   * @param after the post before it; null at the beginning
   */
  record Mark(long offset, @Nullable PostPlace after) {
    static final Mark BEGINNING = new Mark(0, null);
  }

  /** Of one mbox: places so far from each other at least, and the furthest of all. */
  private static final class Seen {
    private final TreeMap<Long, Mark> marks = new TreeMap<>();
    private long distance = 1;
    private Mark last = Mark.BEGINNING;
    private @Nullable Long size;

    void add(Mark mark) {
      if (mark.offset() >= last.offset()) {
        last = mark;
      }
      Long before = marks.floorKey(mark.offset());
      Long behind = marks.ceilingKey(mark.offset());
      if ((before == null || mark.offset() - before >= distance)
          && (behind == null || behind - mark.offset() >= distance)) {
        marks.put(mark.offset(), mark);
      }
      if (marks.size() > PLACES) {
        distance = Math.max(2 * distance, 2 * (marks.lastKey() - marks.firstKey()) / PLACES);
        thin();
      }
    }

    private void thin() {
      long kept = Long.MIN_VALUE / 2;
      for (Iterator<Long> offsets = marks.keySet().iterator(); offsets.hasNext(); ) {
        long offset = offsets.next();
        if (offset - kept < distance) {
          offsets.remove();
        } else {
          kept = offset;
        }
      }
    }

    Mark before(long offset) {
      if (last.offset() <= offset) {
        return last;
      }
      Map.Entry<Long, Mark> nearest = marks.floorEntry(offset);
      return nearest == null ? Mark.BEGINNING : nearest.getValue();
    }
  }

  private final Map<String, Seen> mboxes = new LinkedHashMap<>(16, 0.75f, true);

  synchronized void add(String tag, Mark mark) {
    seen(tag).add(mark);
  }

  synchronized void end(String tag, long size) {
    seen(tag).size = size;
  }

  private Seen seen(String tag) {
    Seen seen = mboxes.computeIfAbsent(tag, _ -> new Seen());
    if (mboxes.size() > MBOXES) {
      mboxes.remove(leastWorth(tag));
    }
    return seen;
  }

  /** The one of the small ones that nobody asked for longest; of all where none is small. */
  private String leastWorth(String asked) {
    return mboxes.entrySet().stream()
        .filter(mbox -> !mbox.getKey().equals(asked))
        .filter(mbox -> mbox.getValue().last.offset() < SMALL)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> mboxes.keySet().iterator().next());
  }

  /** The last one that is not behind this octet. */
  synchronized Mark before(String tag, long offset) {
    Seen seen = mboxes.get(tag);
    return seen == null ? Mark.BEGINNING : seen.before(offset);
  }

  /** How long the mbox is; null where its end was not seen. */
  synchronized @Nullable Long size(String tag) {
    Seen seen = mboxes.get(tag);
    return seen == null ? null : seen.size;
  }

  synchronized void forget(String tag) {
    mboxes.remove(tag);
  }
}
