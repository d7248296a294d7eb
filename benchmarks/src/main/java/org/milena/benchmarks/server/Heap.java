package org.milena.benchmarks.server;

import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** The heap of another JVM of ours. */
public final class Heap implements AutoCloseable {
  private final Beans beans;
  private final MemoryMXBean memory;
  private final List<MemoryPoolMXBean> pools;

  Heap(Beans beans) {
    this.beans = beans;
    this.memory = beans.memory();
    this.pools =
        beans.memoryPools().stream().filter(pool -> pool.getType() == MemoryType.HEAP).toList();
  }

  /** Octets that are in use after a full collection. */
  public long live() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Looks for a new peak from now on. */
  public void forgetPeak() {
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** Most octets that each part of the heap had in use, summed up; garbage included. */
  public long peak() {
    return pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  @Override
  public void close() {
    beans.close();
  }
}
