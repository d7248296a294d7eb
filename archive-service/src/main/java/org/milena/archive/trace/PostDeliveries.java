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
  private final TraceStore store;

  /** From the lines in this store. */
  public PostDeliveries(TraceStore store) {
    this.store = store;
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
   */
  public List<PostDelivery> of(MailId mail, Readers readers, int limit) {
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
    if (!counts.isEmpty()) {
      store.results(
          mail,
          result -> {
            Count count = result.list() == null ? null : counts.get(result.list());
            if (count != null && isPost(result)) {
              Traces.latest(count.recipients, result);
            }
          });
    }
    return counts.values().stream().map(count -> count.result(limit)).toList();
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

    private PostDelivery result(int limit) {
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
          shown && failed.size() > limit);
    }

    private static Optional<Instant> at(List<Instant> sorted, int index) {
      return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(index));
    }
  }
}
