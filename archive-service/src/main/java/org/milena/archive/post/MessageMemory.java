package org.milena.archive.post;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.milena.common.failure.OutageException;

/**
 * The memory for whole messages: whoever takes one out of the store says so here first, and waits
 * while others have taken as much as there is. So any number of requests at once, each for a
 * message of 25 MB, cannot exhaust the heap.
 *
 * <p>Whoever comes first is served first. Small messages have a quarter of it for themselves, and
 * so never wait for large ones; an eighth more is for small answers that go out, so that readers
 * who are slow to take them keep nobody else's from being made. One that is larger than all of it
 * gets all of it, when nobody else has any; of those that want most of it one at a time waits in
 * the line, and holds up all behind it, the others wait beside it.
 */
public final class MessageMemory {

  /** What is done with a message, and how much memory that takes at most. */
  public enum Use {
    /** It is read from the store and handed on. */
    WHOLE {
      @Override
      public long octets(long size) {
        return 3 * size;
      }
    },

    /**
     * It is masked, piece by piece: it lies there as it was and as it becomes, which is at most a
     * half and 1 MiB more, and once more to be looked through. The measured worst is in {@code
     * SmallHeapTest}.
     */
    MASKED {
      @Override
      public long octets(long size) {
        return 5 * size + 8 * Math.min(size, 1 << 20);
      }
    },

    /**
     * It is taken apart, changed and written anew: some of it lies there as text, which takes twice
     * as much where it is not Latin.
     */
    REWRITTEN {
      @Override
      public long octets(long size) {
        return 16 * size;
      }
    },

    /**
     * Its HTML is read into a tree, which is many times as large as the first million octets; its
     * pictures are written into it, which are never larger than the message or four million octets.
     */
    PAGE {
      @Override
      public long octets(long size) {
        return 3 * size + 60 * Math.min(size, 1 << 20) + 20 * Math.min(size, 4 << 20);
      }
    };

    /**
     * Memory at most.
     *
     * @param size of the message in octets
     */
    public abstract long octets(long size);
  }

  /** Memory that somebody has; closed when it is needed no more. */
  public interface Held extends AutoCloseable {

    /**
     * Gives back all but so many octets: what is left while a message goes out to a slow reader.
     */
    void shrinkTo(long octets);

    /**
     * The same for an answer that is made and goes out now; a small one leaves the memory that is
     * for making them.
     *
     * @throws OutageException when too many small ones go out already; then all is held as before
     */
    void send(long octets);

    @Override
    void close();
  }

  /** Octets that are counted as one. */
  private static final int UNIT = 1024;

  /** Octets of a message. */
  private static final long SMALL = 1 << 20;

  private static final class Lane {
    private final Semaphore units;
    private final Semaphore waitsForMost = new Semaphore(1, true);
    private final int all;

    Lane(long octets) {
      this.all = Math.clamp(octets / UNIT, 1, Integer.MAX_VALUE);
      this.units = new Semaphore(all, true);
    }

    int units(long octets) {
      return Math.clamp((octets + UNIT - 1) / UNIT, 1, all);
    }

    boolean take(int wanted, Duration longest) throws InterruptedException {
      if (wanted <= all / 2) {
        return units.tryAcquire(wanted, longest.toNanos(), TimeUnit.NANOSECONDS);
      }
      long end = System.nanoTime() + longest.toNanos();
      if (!waitsForMost.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      try {
        return units.tryAcquire(wanted, end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } finally {
        waitsForMost.release();
      }
    }

    long taken() {
      return (long) UNIT * (all - units.availablePermits());
    }
  }

  private final class Taken implements Held {
    private Lane lane;
    private int units;

    Taken(Lane lane, int units) {
      this.lane = lane;
      this.units = units;
    }

    @Override
    public void shrinkTo(long octets) {
      giveBack(units - Math.min(units, lane.units(octets)));
    }

    @Override
    public void send(long octets) {
      if (!lane.equals(small)) {
        shrinkTo(octets);
        return;
      }
      int sent = sending.units(octets);
      if (!sending.units.tryAcquire(sent)) {
        throw new OutageException("as many messages go out already as fit into memory");
      }
      giveBack(units);
      lane = sending;
      units = sent;
    }

    @Override
    public void close() {
      giveBack(units);
    }

    private void giveBack(int more) {
      units -= more;
      lane.units.release(more);
    }
  }

  private final Lane small;
  private final Lane sending;
  private final Lane large;
  private final Duration patience;

  /**
   * So much of it.
   *
   * @param octets that all together may take
   * @param patience how long one waits for it
   */
  public MessageMemory(long octets, Duration patience) {
    this.small = new Lane(octets / 4);
    this.sending = new Lane(octets / 8);
    this.large = new Lane(octets - octets / 4 - octets / 8);
    this.patience = patience;
  }

  /**
   * Takes memory for a message.
   *
   * @param size of the message in octets
   * @throws OutageException when there is none for too long
   */
  public Held take(Use use, long size) {
    return take(size, use.octets(size), patience);
  }

  /**
   * Takes memory for a message if there is some now, before all who wait; empty otherwise.
   *
   * @param size of the message in octets
   */
  public Optional<Held> takeNow(Use use, long size) {
    long octets = use.octets(size);
    Lane lane = lane(size, octets);
    int units = lane.units(octets);
    return lane.units.tryAcquire(units) ? Optional.of(new Taken(lane, units)) : Optional.empty();
  }

  /**
   * Takes memory.
   *
   * @param size of all messages that it is for, in octets
   * @param octets of memory
   * @throws OutageException when there is none for so long
   */
  public Held take(long size, long octets, Duration longest) {
    Lane lane = lane(size, octets);
    int units = lane.units(octets);
    try {
      if (!lane.take(units, longest)) {
        throw new OutageException("as many large messages are read already as fit into memory");
      }
      return new Taken(lane, units);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("the wait for memory was broken off", e);
    }
  }

  /** Small is what leaves room for others like it. */
  private Lane lane(long size, long octets) {
    return size <= SMALL && small.units(octets) <= small.all / 2 ? small : large;
  }

  /** Octets that are taken now. */
  public long taken() {
    return small.taken() + sending.taken() + large.taken();
  }
}
