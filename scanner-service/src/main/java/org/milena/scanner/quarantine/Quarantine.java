package org.milena.scanner.quarantine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.QuarantineAct.Act;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;
import org.milena.scanner.quarantine.QuarantineEntry.State;
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
  private final Rescan rescan;
  private final boolean secondOperator;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * Over this view of the log.
   *
   * @param secondOperator whether two operators must want an infected mail released
   */
  public Quarantine(
      QuarantineIndex index,
      QuarantineLog view,
      Publisher publisher,
      MailReader reader,
      Routing routing,
      Rescan rescan,
      boolean secondOperator,
      InstantSource clock,
      RandomGenerator random) {
    this.index = index;
    this.view = view;
    this.publisher = publisher;
    this.reader = reader;
    this.routing = routing;
    this.rescan = rescan;
    this.secondOperator = secondOperator;
    this.clock = clock;
    this.random = random;
  }

  /**
   * The newest mails first.
   *
   * @param before only mails older than this one, if given
   * @throws OutageException while the log is being read for the first time
   */
  public List<QuarantineEntry> list(
      State state, QuarantineFilter filter, @Nullable MailId before, int limit) {
    requireComplete();
    return index.newest(before, entry -> state(entry) == state && filter.test(entry), limit);
  }

  /**
   * How many there are in each state; every state has its number.
   *
   * @throws OutageException while the log is being read for the first time
   */
  public Map<State, Long> counts(QuarantineFilter filter) {
    requireComplete();
    return index.count(filter);
  }

  /** What became of a mail until now. */
  public State state(QuarantineEntry entry) {
    return entry.state(clock.instant());
  }

  /** One mail, whatever became of it. */
  public Optional<QuarantineEntry> find(MailId id) {
    Optional<QuarantineEntry> found = index.find(id);
    if (found.isEmpty()) {
      requireComplete();
    }
    return found;
  }

  /**
   * Facts about the message itself; absent when it was deleted, has expired, or the log does not
   * hold it any more.
   */
  public Optional<MessageFacts> look(QuarantineEntry entry) {
    return switch (state(entry)) {
      case KEPT, RELEASED -> message(entry).map(MessageFacts::of);
      case DELETED, EXPIRED -> Optional.empty();
    };
  }

  private Optional<RawMessage> message(QuarantineEntry entry) {
    try {
      return Optional.of(reader.read(entry.content()).message());
    } catch (DeadPointerException e) {
      log.info("{} is no longer in the quarantine's log", entry.id(), e);
      return Optional.empty();
    }
  }

  /**
   * Gives out a copy. When this returns, it is durable who was given it.
   *
   * @param by the operator's account
   * @throws OutageException when it is not known whether that was written; nothing is given out
   */
  public DownloadOutcome download(MailId id, String by) {
    Optional<QuarantineEntry> found = find(id);
    if (found.isEmpty()) {
      return new DownloadOutcome.Unknown();
    }
    QuarantineEntry entry = found.get();
    State state = state(entry);
    if (state == State.DELETED || state == State.EXPIRED) {
      return new DownloadOutcome.Gone(entry, state);
    }
    Optional<RawMessage> message = message(entry);
    if (message.isEmpty()) {
      return new DownloadOutcome.Unknown();
    }
    write(entry, Act.DOWNLOADED, by, null, null);
    return new DownloadOutcome.Granted(entry, message.get());
  }

  /**
   * Lets a mail go, if the engines, asked again, do not call it infected, or the operator wants it
   * in spite of them. When this returns, the act is durable and the mail is on its way.
   *
   * @param by the operator's account
   * @throws OutageException when an engine is out, or it is not known whether the act was written;
   *     asking again is safe
   */
  public ActOutcome release(MailId id, String by, ReleaseWish wish) {
    Optional<QuarantineEntry> found = find(id);
    if (found.isEmpty()) {
      return new ActOutcome.Unknown();
    }
    QuarantineEntry entry = found.get();
    Optional<ActOutcome> settled = settled(entry, Act.RELEASED);
    if (settled.isPresent()) {
      return settled.get();
    }
    if (!routing.unfilled(entry.meta().mail().recipients()).isEmpty()) {
      return new ActOutcome.NobodyToReceive();
    }
    Optional<RawMessage> message = message(entry);
    if (message.isEmpty()) {
      return new ActOutcome.Unknown();
    }
    ScanReport report = rescan.scan(entry.meta().mail(), message.get());
    boolean infected = report.verdict() == Verdict.INFECTED;
    if (infected && !wish.despite()) {
      log.info("{} is not released for {}: still infected", id, by);
      return new ActOutcome.StillInfected(entry, report);
    }
    boolean wasInfected = entry.verdict().equals(Optional.of(Verdict.INFECTED));
    if (secondOperator && (infected || wasInfected) && !entry.isProposedByAnother(by)) {
      return propose(entry, by, wish, report);
    }
    write(entry, Act.RELEASED, by, wish.note(), report);
    return now(entry, Act.RELEASED);
  }

  private ActOutcome propose(
      QuarantineEntry entry, String by, ReleaseWish wish, ScanReport report) {
    if (!entry.isProposedBy(by)) {
      write(entry, Act.PROPOSED, by, wish.note(), report);
    }
    Optional<QuarantineEntry> now = index.find(entry.id());
    return now.flatMap(one -> settled(one, Act.RELEASED))
        .orElseGet(
            () -> now.<ActOutcome>map(ActOutcome.Proposed::new).orElseGet(ActOutcome.Unknown::new));
  }

  /** Takes a mail out of sight for good; its bytes go when the log forgets them. */
  public ActOutcome delete(MailId id, String by) {
    Optional<QuarantineEntry> found = find(id);
    if (found.isEmpty()) {
      return new ActOutcome.Unknown();
    }
    QuarantineEntry entry = found.get();
    Optional<ActOutcome> settled = settled(entry, Act.DELETED);
    if (settled.isPresent()) {
      return settled.get();
    }
    write(entry, Act.DELETED, by, null, null);
    return now(entry, Act.DELETED);
  }

  private ActOutcome now(QuarantineEntry entry, Act wanted) {
    return index
        .find(entry.id())
        .flatMap(now -> settled(now, wanted))
        .orElseGet(ActOutcome.Unknown::new);
  }

  /** The answer where nothing can be decided any more; empty while it can. */
  private Optional<ActOutcome> settled(QuarantineEntry entry, Act wanted) {
    QuarantineAct first = entry.act();
    if (first == null) {
      return state(entry) == State.EXPIRED
          ? Optional.of(new ActOutcome.Expired(entry))
          : Optional.empty();
    }
    return Optional.of(
        first.act() == wanted ? new ActOutcome.Done(entry) : new ActOutcome.Decided(entry));
  }

  private void write(
      QuarantineEntry entry,
      Act act,
      String by,
      @Nullable String note,
      @Nullable ScanReport report) {
    QuarantineAct record =
        new QuarantineAct(
            entry.id(),
            act,
            by,
            clock.instant(),
            note,
            report,
            MailId.next(clock, random).toString());
    RecordPosition position =
        await(
            publisher.publish(
                MailRecords.json(
                    Topics.QUARANTINE, entry.id().toString(), RecordType.QUARANTINE_ACT, record)));
    view.awaitPassed(position, PATIENCE);
    log.info("{} is {} by {}", entry.id(), act, by);
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
