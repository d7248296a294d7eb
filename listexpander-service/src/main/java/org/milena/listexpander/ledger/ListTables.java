package org.milena.listexpander.ledger;

import java.time.Duration;
import java.util.List;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.SavedSearch;
import org.milena.common.event.BounceScore;
import org.milena.common.event.DigestPost;
import org.milena.common.event.Hold;
import org.milena.common.event.ListState;
import org.milena.common.event.Removal;
import org.milena.common.event.SeenPost;
import org.milena.common.event.ThreadLock;
import org.milena.common.event.ThreadWish;
import org.milena.common.event.Topics;
import org.milena.common.event.TrackedPost;
import org.milena.common.table.Table;
import org.milena.common.table.TableMaker;

/** The tables that lists live in. This instance's views; rows are changed in transactions only. */
public record ListTables(
    DirectoryTables directory,
    Table<Hold> holds,
    Table<SeenPost> seen,
    Table<PendingRequest> pending,
    Table<ListState> states,
    Table<BounceScore> bounces,
    Table<DigestPost> digestPosts,
    Table<ThreadLock> locks,
    Table<TrackedPost> tracked,
    Table<Removal> removals,
    Table<ThreadWish> wishes,
    Table<SavedSearch> searches,
    WishedThreads wished,
    DigestReaders digestReaders,
    Pauses pauses,
    Staff staff) {

  /** Makes all that the directory does not have. No table may have been started yet. */
  public static ListTables of(DirectoryTables directory, TableMaker maker) {
    Table<ThreadWish> wishes = maker.table(Topics.WISHES, ThreadWish.class);
    return new ListTables(
        directory,
        maker.table(Topics.HOLDS, Hold.class),
        maker.table(Topics.SEEN, SeenPost.class),
        maker.table(Topics.PENDING, PendingRequest.class),
        maker.table(Topics.STATE, ListState.class),
        maker.table(Topics.BOUNCES, BounceScore.class),
        maker.table(Topics.DIGEST_POSTS, DigestPost.class),
        maker.table(Topics.LOCKS, ThreadLock.class),
        maker.table(Topics.TRACKED, TrackedPost.class),
        maker.table(Topics.REMOVALS, Removal.class),
        wishes,
        maker.table(Topics.SEARCHES, SavedSearch.class),
        new WishedThreads(wishes),
        new DigestReaders(directory.members()),
        new Pauses(directory.members()),
        new Staff(directory.members()));
  }

  /**
   * Waits until every view holds all that was committed when this was called.
   *
   * @param atMost for each table
   * @throws org.milena.common.table.StaleViewException when one does not follow in time
   */
  public void awaitCurrent(Duration atMost) {
    directory.awaitCurrent(atMost);
    for (Table<?> table :
        List.of(
            holds,
            seen,
            pending,
            states,
            bounces,
            digestPosts,
            locks,
            tracked,
            removals,
            wishes,
            searches)) {
      table.awaitCurrent(atMost);
    }
  }
}
