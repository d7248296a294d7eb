package org.milena.listexpander.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.MemberChange.TakeSource;
import org.milena.common.directory.Directory;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberSource;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what lists name, outside of their sequences, and sends them what is new.
 *
 * <p>Every instance does so. Two that fetch the same find the same; what is older than what a list
 * has heard already, it leaves.
 */
public final class SourceFetches {
  /** So many owners at once may have something fetched. */
  static final int AT_ONCE = 4;

  /** So long a list has time to take what it is sent, until it is fetched once more. */
  static final Duration SOON = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(SourceFetches.class);

  private final Directory directory;
  private final SourceDoor door;
  private final Publisher publisher;
  private final InstantSource clock;
  private final Rules rules;
  private final Map<Due, Instant> tried = new ConcurrentHashMap<>();
  private final Semaphore askedFor = new Semaphore(AT_ONCE);

  /**
   * What the site lets lists do.
   *
   * @param on whether anything is fetched
   * @param every so long a text is good
   */
  public record Rules(boolean on, Duration every) {}

  /** A text that is to be fetched for a list. */
  public record Due(ListId list, String url) {}

  public SourceFetches(
      Directory directory, SourceDoor door, Publisher publisher, InstantSource clock, Rules rules) {
    this.directory = directory;
    this.door = door;
    this.publisher = publisher;
    this.clock = clock;
    this.rules = rules;
  }

  /**
   * What this instance has not fetched for long enough; not again until then. That is soon for what
   * the list knows nothing of: it is named anew, or what was sent got lost.
   */
  public List<Due> due() {
    if (!rules.on()) {
      return List.of();
    }
    Instant now = clock.instant();
    Set<Due> named = new HashSet<>();
    List<Due> due = new ArrayList<>();
    for (MailingList list : directory.lists()) {
      if (list.closedForGood()) {
        continue;
      }
      for (MemberSource.OfUrl source : MemberSource.urls(list)) {
        Due one = new Due(list.id(), source.url());
        Instant last = tried.get(one);
        if (named.add(one) && (last == null || !now.isBefore(last.plus(pause(one))))) {
          tried.put(one, now);
          due.add(one);
        }
      }
    }
    tried.keySet().retainAll(named);
    return due;
  }

  private Duration pause(Due due) {
    boolean known = directory.fetched(due.list(), due.url()).isPresent();
    return known || rules.every().compareTo(SOON) < 0 ? rules.every() : SOON;
  }

  /**
   * Fetches it, and sends the list what is new. Nobody waits for that: what gets lost on the way is
   * fetched again soon.
   *
   * @return whether something was sent
   */
  public boolean refresh(Due due) {
    FetchedSource known = directory.fetched(due.list(), due.url()).orElse(null);
    TakeSource taken = fetch(due.url(), known == null ? null : known.etag(), false);
    if (!Sources.isNew(known, due.list(), taken)) {
      return false;
    }
    String id = UUID.randomUUID().toString();
    var _ =
        publisher
            .publish(
                MailRecords.json(
                    Topics.LISTS,
                    due.list().value(),
                    RecordType.COMMAND,
                    new CommandRecord(id, due.list(), "system", "clock", taken.at(), taken)))
            .whenComplete((_, failure) -> {
              if (failure != null) {
                lost(due, failure);
              }
            });
    return true;
  }

  /** As though its turn came soon: at once would ask its server all through an outage. */
  private void lost(Due due, Throwable failure) {
    log.warn("what a source of {} had is fetched again soon", due.list(), failure);
    Instant soon = clock.instant().plus(SOON);
    tried.computeIfPresent(due, (_, _) -> soon.minus(pause(due)));
  }

  /**
   * Fetches the whole text at once, for somebody who waits.
   *
   * @param accepted whether it is taken however few it names
   * @return empty when too many wait already
   */
  public Optional<TakeSource> now(String url, boolean accepted) {
    if (!askedFor.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return Optional.of(fetch(url, null, accepted));
    } finally {
      askedFor.release();
    }
  }

  private TakeSource fetch(String url, @Nullable String etag, boolean accepted) {
    Instant at = clock.instant();
    if (!rules.on()) {
      return fault(url, at, "Nothing is fetched from the web at this site.");
    }
    return switch (SourceUrl.parse(url)) {
      case SourceUrl.Result.Invalid(var why) -> fault(url, at, why);
      case SourceUrl.Result.Valid(var parsed) ->
          switch (door.fetch(parsed, etag)) {
            case SourceDoor.Answer.Fault(var why) -> fault(url, at, why);
            case SourceDoor.Answer.Same() -> new TakeSource(url, at, null, null, null, accepted);
            case SourceDoor.Answer.Text(var text, var name) ->
                switch (SourceText.read(text, FetchedSource.MAX_ENTRIES)) {
                  case SourceText.Result.Unfit(var why) -> fault(url, at, why);
                  case SourceText.Result.Read(var entries, _) ->
                      new TakeSource(url, at, entries, name, null, accepted);
                };
          };
    };
  }

  private static TakeSource fault(String url, Instant at, String why) {
    return new TakeSource(url, at, null, null, why, false);
  }
}
