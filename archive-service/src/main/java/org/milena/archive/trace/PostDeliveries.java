package org.milena.archive.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;

/** Counts what became of the copies of posts. */
public final class PostDeliveries {
  /** So many results of a mail are read; each is what one host said of one or more recipients. */
  static final int MOST_RESULTS = 20_000;

  private final TraceStore store;
  private final int mostResults;

  /** From the lines in this store. */
  public PostDeliveries(TraceStore store) {
    this(store, MOST_RESULTS);
  }

  PostDeliveries(TraceStore store, int mostResults) {
    this.store = store;
    this.mostResults = mostResults;
  }

  /** How much of it a reader may know. */
  public enum Sight {
    /** Nothing. */
    NONE,
    /** Numbers and times. */
    COUNTS,
    /** Also who does not get a copy, and why. */
    FAILURES
  }

  /** Says how much a reader may know of one post on one list. */
  @FunctionalInterface
  public interface Readers {
    /**
     * How much.
     *
     * @param author who is proven to have written it; null where nobody is
     */
    Sight of(ListId list, @Nullable MailAddress author);
  }

  /**
   * What became of a mail on each list that expanded it, as far as the reader may know.
   *
   * @param limit how many failures of a list are given
   * @param mostCopies where there are more on a list, they are not counted
   */
  public List<PostDelivery> of(MailId mail, Readers readers, int limit, long mostCopies) {
    Map<ListId, Count> counts = new LinkedHashMap<>();
    for (MailEvent event : store.events(mail)) {
      ListId list = event.list();
      if (event.kind() == MailEvent.Kind.EXPANDED && list != null) {
        Sight sight = readers.of(list, event.author());
        if (sight != Sight.NONE) {
          counts.putIfAbsent(list, new Count(event, list, sight));
        }
      }
    }
    Map<ListId, Count> counted = new HashMap<>(counts);
    counted.values().removeIf(count -> count.expanded.count() > mostCopies);
    boolean all =
        counted.isEmpty()
            || store.results(
                mail,
                counted.keySet(),
                mostResults,
                result -> {
                  Count count = result.list() == null ? null : counted.get(result.list());
                  if (count != null && isPost(result)) {
                    Traces.latest(count.recipients, result);
                  }
                });
    return counts.values().stream()
        .map(count -> count.result(limit, all && counted.containsKey(count.list)))
        .toList();
  }

  /** A notice about a post has its own id; where records say no kind, they are of copies. */
  private static boolean isPost(DeliveryResult result) {
    return result.kind() == null || result.kind() == OutgoingMeta.Kind.POST;
  }

  private static final class Count {
    private final Map<String, MailStory.Recipient> recipients = new HashMap<>();
    private final MailEvent expanded;
    private final ListId list;
    private final Sight sight;

    private Count(MailEvent expanded, ListId list, Sight sight) {
      this.expanded = expanded;
      this.list = list;
      this.sight = sight;
    }

    private PostDelivery result(int limit, boolean complete) {
      List<Instant> delivered = new ArrayList<>();
      Map<String, PostDelivery.Failure> failed = new TreeMap<>();
      long deferred = 0;
      for (MailStory.Recipient one : recipients.values()) {
        switch (one.outcome()) {
          case RecipientOutcome.Relayed _ -> delivered.add(one.at());
          case RecipientOutcome.Deferred _ -> deferred++;
          case RecipientOutcome.Failed(var status, var reason) ->
              failed.put(
                  one.address().key(),
                  new PostDelivery.Failure(one.address(), status, reason, one.at()));
        }
      }
      delivered.sort(null);
      boolean shown = sight == Sight.FAILURES;
      return new PostDelivery(
          expanded.mailId(),
          expanded.messageId(),
          list,
          expanded.at(),
          expanded.count(),
          delivered.size(),
          deferred,
          failed.size(),
          Math.max(0, expanded.count() - recipients.size()),
          at(delivered, 0).orElse(null),
          at(delivered, (delivered.size() - 1) / 2).orElse(null),
          at(delivered, delivered.size() - 1).orElse(null),
          shown ? failed.values().stream().limit(limit).toList() : null,
          shown && failed.size() > limit,
          complete);
    }

    private static Optional<Instant> at(List<Instant> sorted, int index) {
      return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(index));
    }
  }
}
