package org.milena.scanner.quarantine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.QuarantineAct.Act;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;
import org.milena.scanner.routing.Routing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see of the quarantine, and what they can do. */
public final class Quarantine {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(Quarantine.class);

  private final QuarantineIndex index;
  private final QuarantineLog view;
  private final Publisher publisher;
  private final MailReader reader;
  private final Routing routing;
  private final InstantSource clock;

  /** Over this view of the log. */
  public Quarantine(
      QuarantineIndex index,
      QuarantineLog view,
      Publisher publisher,
      MailReader reader,
      Routing routing,
      InstantSource clock) {
    this.index = index;
    this.view = view;
    this.publisher = publisher;
    this.reader = reader;
    this.routing = routing;
    this.clock = clock;
  }

  /**
   * The newest mails first.
   *
   * @param before only mails older than this one, if given
   * @throws OutageException while the log is being read for the first time
   */
  public List<QuarantineEntry> list(
      QuarantineEntry.State state, @Nullable MailId before, int limit) {
    requireComplete();
    return index.newest(before, entry -> entry.state() == state, limit);
  }

  /** One mail, whatever became of it. */
  public Optional<QuarantineEntry> find(MailId id) {
    Optional<QuarantineEntry> found = index.find(id);
    if (found.isEmpty()) {
      requireComplete();
    }
    return found;
  }

  /** The message itself; absent when the log does not hold it any more. */
  public Optional<RawMessage> message(QuarantineEntry entry) {
    try {
      return Optional.of(reader.read(entry.content()).message());
    } catch (DeadPointerException e) {
      log.info("{} is no longer in the quarantine's log", entry.id(), e);
      return Optional.empty();
    }
  }

  /**
   * Lets a mail go. When this returns, the act is durable and the mail is on its way.
   *
   * @param by the operator's account
   * @throws OutageException when it is not known whether the act was written; asking again is safe
   */
  public ActOutcome release(MailId id, String by) {
    Optional<QuarantineEntry> found = find(id);
    if (found.isPresent() && !routing.unfilled(found.get().meta().mail().recipients()).isEmpty()) {
      return new ActOutcome.NobodyToReceive();
    }
    return act(found, Act.RELEASED, by);
  }

  /** Takes a mail out of sight for good; its bytes go when the log forgets them. */
  public ActOutcome delete(MailId id, String by) {
    return act(find(id), Act.DELETED, by);
  }

  private ActOutcome act(Optional<QuarantineEntry> found, Act act, String by) {
    if (found.isEmpty()) {
      return new ActOutcome.Unknown();
    }
    QuarantineEntry entry = found.get();
    if (entry.act() != null) {
      return outcome(entry, act);
    }
    if (act == Act.RELEASED && message(entry).isEmpty()) {
      return new ActOutcome.Unknown();
    }
    QuarantineAct record = new QuarantineAct(entry.id(), act, by, clock.instant());
    RecordPosition position =
        await(
            publisher.publish(
                MailRecords.json(
                    Topics.QUARANTINE, entry.id().toString(), RecordType.QUARANTINE_ACT, record)));
    view.awaitPassed(position, PATIENCE);
    log.info("{} is {} by {}", entry.id(), act, by);
    return index.find(entry.id()).map(now -> outcome(now, act)).orElseGet(ActOutcome.Unknown::new);
  }

  private static ActOutcome outcome(QuarantineEntry entry, Act wanted) {
    QuarantineAct first = entry.act();
    return first != null && first.act() == wanted
        ? new ActOutcome.Done(entry)
        : new ActOutcome.Decided(entry);
  }

  private void requireComplete() {
    if (!view.isComplete()) {
      throw new OutageException("the quarantine is still being read");
    }
  }

  private static RecordPosition await(CompletableFuture<RecordPosition> published) {
    try {
      return published.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new OutageException("the act was not acknowledged", e);
    } catch (TimeoutException e) {
      throw new OutageException("the act was not acknowledged within " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while writing an act", e);
    }
  }
}
