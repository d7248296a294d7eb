package org.milena.archive.thread;

import java.util.Map;
import org.milena.common.event.ArchiveId;

/**
 * What new posts do to the threads of their list.
 *
 * @param threads the thread of each new post
 * @param merged threads that go up in another: all their posts get its name
 */
public record ThreadPlan(Map<ArchiveId, ArchiveId> threads, Map<ArchiveId, ArchiveId> merged) {
  public ThreadPlan {
    threads = Map.copyOf(threads);
    merged = Map.copyOf(merged);
  }
}
