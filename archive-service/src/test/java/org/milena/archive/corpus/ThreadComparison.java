package org.milena.archive.corpus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.milena.archive.thread.ThreadPost;
import org.milena.archive.thread.Threads;
import org.milena.common.event.ArchiveId;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;

/**
 * Compares how a list is threaded.
 *
 * <p>A difference is explained by doing again what the other program does: with ids read in its
 * narrow way our algorithm must give its threads, so that what is left is what we read beyond it;
 * and what the subjects do is what differs with and without them.
 */
final class ThreadComparison {
  private static final Pattern ID = Pattern.compile("<([^<>\\s]+)>");

  private final Tally tally;

  ThreadComparison(Tally tally) {
    this.tally = tally;
  }

  /** Messages by number of a thread, for each message. */
  private record Grouping(Map<Integer, Set<Integer>> groups) {
    static Grouping of(List<Kept> all, Function<Kept, ?> thread) {
      Map<Object, Set<Integer>> members = new HashMap<>();
      all.forEach(kept ->
          members.computeIfAbsent(thread.apply(kept), _ -> new TreeSet<>()).add(kept.number()));
      Map<Integer, Set<Integer>> groups = new HashMap<>();
      members.values().forEach(group -> group.forEach(number -> groups.put(number, group)));
      return new Grouping(groups);
    }

    static Grouping computed(List<Kept> all, Function<Kept, ThreadPost> post, boolean bySubject) {
      Map<ArchiveId, ArchiveId> threads = Threads.group(all.stream().map(post).toList(), bySubject);
      return of(all, kept -> String.valueOf(threads.get(kept.id())));
    }

    Set<Integer> of(Kept kept) {
      return groups.getOrDefault(kept.number(), Set.of());
    }

    int count() {
      return new HashSet<>(groups.values()).size();
    }
  }

  /** How many threads there are. */
  record Count(int theirs, int ours) {}

  /**
   * @param sent what was imported, by number from 1
   */
  Count compare(List<Kept> all, List<RawMessage> sent) {
    Grouping archive = Grouping.of(all, kept -> kept.text("thread"));
    Grouping index = Grouping.of(all, kept -> kept.index().thread());
    Grouping whole = Grouping.computed(all, Kept::forThread, true);
    Grouping byIds = Grouping.computed(all, Kept::forThread, false);
    Grouping narrow =
        Grouping.computed(all, kept -> narrowly(kept, sent.get(kept.number() - 1)), false);
    for (Kept kept : all) {
      Set<Integer> ours = archive.of(kept);
      Set<Integer> theirs = index.of(kept);
      Set<Why> reasons = new TreeSet<>();
      if (!whole.of(kept).equals(byIds.of(kept))) {
        reasons.add(Why.BY_SUBJECT);
      }
      if (!byIds.of(kept).equals(narrow.of(kept))) {
        reasons.add(Why.MORE_IDS);
      }
      boolean understood = ours.equals(whole.of(kept)) && theirs.equals(narrow.of(kept));
      if (ours.equals(theirs)) {
        tally.compared(Aspect.THREAD, Set.of());
      } else if (understood && !reasons.isEmpty()) {
        tally.compared(Aspect.THREAD, reasons);
      } else {
        tally.unexplained(
            Aspect.THREAD, kept.number(), "the index has " + theirs + ", the archive " + ours);
      }
    }
    return new Count(index.count(), archive.count());
  }

  /** Ids in angle brackets alone, and of In-Reply-To the first one. */
  private static ThreadPost narrowly(Kept kept, RawMessage message) {
    HeaderBlock header = HeaderBlock.of(message);
    return kept.forThread(
        ids(header, "References"), ids(header, "In-Reply-To").stream().limit(1).toList());
  }

  private static List<String> ids(HeaderBlock header, String name) {
    return header
        .first(name)
        .map(field -> ID.matcher(field.value()).results().map(id -> id.group(1)).toList())
        .orElse(List.of());
  }
}
