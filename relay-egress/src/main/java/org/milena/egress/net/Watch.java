package org.milena.egress.net;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after time: cuts wires that are overdue, and runs what is to be run now and then.
 *
 * <p>Not a socket's own time limit, because that knows reads only, and one octet from the host
 * begins it anew.
 */
final class Watch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final long EVERY_MILLIS = 100;

  private final Set<SocketWire> wires = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Runnable nowAndThen;

  Watch(Runnable nowAndThen) {
    this.nowAndThen = nowAndThen;
    Thread.ofPlatform().daemon().name("egress-watch").start(this::run);
  }

  void add(SocketWire wire) {
    wires.add(wire);
  }

  void remove(SocketWire wire) {
    wires.remove(wire);
  }

  /** Wires that are open. */
  int open() {
    return wires.size();
  }

  private void run() {
    try {
      while (!stopped.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        for (SocketWire wire : wires) {
          wire.cutIfOverdue(now);
        }
        try {
          nowAndThen.run();
        } catch (RuntimeException e) {
          log.error("looking after sites failed", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    wires.forEach(SocketWire::close);
  }
}
