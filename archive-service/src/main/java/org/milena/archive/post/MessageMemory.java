package org.milena.archive.post;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.milena.common.failure.OutageException;

/**
 * The memory for whole messages: whoever takes one out of the store says so here first, and waits
 * while others have taken as much as there is. So any number of requests at once, each for a
 * message of 25 MB, cannot exhaust the heap.
 *
 * <p>Whoever comes first is served first. Small messages have a quarter of it for themselves, and
 * so never wait for large ones. One that is larger than all of it gets all of it, when nobody else
 * has any.
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
     * It is taken apart, changed and written anew: some of it lies there as text, which takes twice
     * as much where it is not Latin. Measured with 8 MB of short addresses beside one such letter:
     * 14.3 times.
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

    @Override
    void close();
  }

  /** Octets that are counted as one. */
  private static final int UNIT = 1024;

  private static final long SMALL = 4 << 20;

  private static final class Lane {
    private final Semaphore units;
    private final int all;

    Lane(long octets) {
      this.all = Math.clamp(octets / UNIT, 1, Integer.MAX_VALUE);
      this.units = new Semaphore(all, true);
    }

    int units(long octets) {
      return Math.clamp((octets + UNIT - 1) / UNIT, 1, all);
    }
  }

  private static final class Taken implements Held {
    private final Lane lane;
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
    public void close() {
      giveBack(units);
    }

    private void giveBack(int more) {
      units -= more;
      lane.units.release(more);
    }
  }

  private final Lane small;
  private final Lane large;
  private final long smallest;
  private final Duration patience;

  /**
   * So much of it.
   *
   * @param octets that all together may take
   * @param patience how long one waits for it
   */
  public MessageMemory(long octets, Duration patience) {
    this.small = new Lane(octets / 4);
    this.large = new Lane(octets - octets / 4);
    this.smallest = Math.min(SMALL, octets / 16);
    this.patience = patience;
  }

  /**
   * Takes memory for a message.
   *
   * @param size of the message in octets
   * @throws OutageException when there is none for too long
   */
  public Held take(Use use, long size) {
    return take(use.octets(size), patience);
  }

  /**
   * Takes memory.
   *
   * @throws OutageException when there is none for so long
   */
  public Held take(long octets, Duration longest) {
    Lane lane = octets <= smallest ? small : large;
    int units = lane.units(octets);
    try {
      if (!lane.units.tryAcquire(units, longest.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new OutageException("as many large messages are read already as fit into memory");
      }
      return new Taken(lane, units);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("the wait for memory was broken off", e);
    }
  }

  /** Octets that are taken now. */
  public long taken() {
    return UNIT
        * ((long) small.all
            - small.units.availablePermits()
            + large.all
            - large.units.availablePermits());
  }
}
