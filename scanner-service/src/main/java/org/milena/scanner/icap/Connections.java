package org.milena.scanner.icap;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The connections to one service: never more than it allows, and a few that are kept for the next
 * mail. Few and not for long, because many services give a thread to each, idle or not.
 *
 * <p>What is too old is closed whenever a connection is taken or given back, and by nothing else:
 * after the last mail, up to {@value #MAX_KEPT} stay open until the next one, or until the service
 * closes them.
 */
final class Connections implements AutoCloseable {

  private static final int MAX_KEPT = 4;
  private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Kept(Wire wire, long since) {}

  private final IcapAddress address;
  private final LongSupplier nanos;
  private final Lock lock = new ReentrantLock();
  private final Condition free = lock.newCondition();
  private final Deque<Kept> kept = new ArrayDeque<>();
  private int allowed = Integer.MAX_VALUE;
  private int lent;

  Connections(IcapAddress address) {
    this(address, System::nanoTime);
  }

  Connections(IcapAddress address, LongSupplier nanos) {
    this.address = address;
    this.nanos = nanos;
  }

  /** How many the service takes. */
  void allow(int connections) {
    lock.lock();
    try {
      allowed = connections;
      free.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * One to talk on. It must be given back.
   *
   * @param fresh a new one, since a kept one was closed by the service; the others will be, too
   */
  Wire take(Deadline deadline, boolean fresh) throws IOException {
    lockWhenFree(deadline);
    try {
      lent++;
      if (fresh) {
        closeBeyond(0);
      }
      closeOld();
      while (!kept.isEmpty()) {
        Wire last = kept.removeLast().wire();
        if (last.quiet()) {
          last.begin(deadline);
          return last;
        }
        last.close();
      }
    } finally {
      lock.unlock();
    }
    return open(deadline);
  }

  private Wire open(Deadline deadline) throws IOException {
    Wire wire = null;
    try {
      wire = Wire.open(address, deadline);
      return wire;
    } finally {
      if (wire == null) {
        notOpened();
      }
    }
  }

  /**
   * Takes one back.
   *
   * @param again whether both sides are willing to go on with it
   */
  void giveBack(Wire wire, boolean again) {
    lock.lock();
    try {
      // at once with what is kept: two that come back together must not count each other as lent
      lent--;
      closeOld();
      if (again && wire.idle()) {
        kept.addLast(new Kept(wire, nanos.getAsLong()));
        closeBeyond(Math.min(MAX_KEPT, allowed - lent));
      } else {
        wire.close();
      }
      free.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The longest idle stand first. */
  private void closeOld() {
    long now = nanos.getAsLong();
    while (!kept.isEmpty() && now - kept.getFirst().since() >= KEEP_NANOS) {
      kept.removeFirst().wire().close();
    }
  }

  private void closeBeyond(int most) {
    while (kept.size() > Math.max(0, most)) {
      kept.removeFirst().wire().close();
    }
  }

  private void notOpened() {
    lock.lock();
    try {
      lent--;
      free.signal();
    } finally {
      lock.unlock();
    }
  }

  private void lockWhenFree(Deadline deadline) throws IOException {
    lock.lock();
    boolean isFree = false;
    try {
      while (lent >= allowed) {
        long unused = free.awaitNanos(deadline.nanosLeft());
      }
      isFree = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      if (!isFree) {
        lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closeBeyond(0);
    } finally {
      lock.unlock();
    }
  }
}
