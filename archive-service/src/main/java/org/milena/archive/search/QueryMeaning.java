package org.milena.archive.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.Query.Timestamp;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;

/**
 * What a query means to one reader at one moment: which time, which lists of those that the reader
 * may see, which threads.
 */
final class QueryMeaning {
  private final ArchiveIndex index;
  private final List<MailingList> lists;
  private final Set<ListId> ids = new HashSet<>();
  private final Instant now;
  private final List<String> values = new ArrayList<>();
  private boolean tooManyThreads;

  QueryMeaning(ArchiveIndex index, List<MailingList> lists, Instant now) {
    this.index = index;
    this.lists = lists;
    this.now = now;
    lists.forEach(list -> ids.add(list.id()));
  }

  /** Whether a part of the query is true for more threads than can be looked through. */
  boolean tooManyThreads() {
    return tooManyThreads;
  }

  /** What dates and threads in the query mean now, in the order of the query. */
  List<String> values() {
    return List.copyOf(values);
  }

  Query of(Query query) {
    return switch (query) {
      case Query.And(var all) -> new Query.And(all.stream().map(this::of).toList());
      case Query.Or(var any) -> new Query.Or(any.stream().map(this::of).toList());
      case Query.Xor(Query one, Query other) -> new Query.Xor(of(one), of(other));
      case Query.Not(Query part) -> new Query.Not(of(part));
      case Query.Dated(Timestamp timestamp, QueryDate from, QueryDate until) ->
          between(timestamp, begin(from), until == null ? null : until.at(now).until());
      case Query.Before(QueryDate date) -> between(Timestamp.WRITTEN, null, begin(date));
      case Query.Aged(boolean older, int amount, QueryDate.Unit unit) -> {
        Instant then = unit.before(now, amount);
        yield older
            ? between(Timestamp.WRITTEN, null, then)
            : between(Timestamp.WRITTEN, then, null);
      }
      case Query.OfList(String text, boolean idOnly) -> new Query.InLists(meant(text, idOnly));
      case Query.InThread(Query part) -> inThreads(of(part));
      case Query.All _,
          Query.Words _,
          Query.Near _,
          Query.Between _,
          Query.InLists _,
          Query.OfMessageId _,
          Query.References _,
          Query.Is _,
          Query.Sized _,
          Query.Blob _,
          Query.PatchId _,
          Query.OfThreads _ ->
          query;
    };
  }

  private Query between(Timestamp timestamp, @Nullable Instant from, @Nullable Instant until) {
    values.add(from + ".." + until);
    return new Query.Between(timestamp, from, until);
  }

  private @Nullable Instant begin(@Nullable QueryDate date) {
    return date == null ? null : date.at(now).from();
  }

  private Query inThreads(Query part) {
    if (tooManyThreads || ids.isEmpty()) {
      return new Query.OfThreads(Set.of());
    }
    Set<ArchiveId> threads = index.threadsWith(ids, part, ArchiveIndex.MAX_THREADS_WITH + 1);
    tooManyThreads = threads.size() > ArchiveIndex.MAX_THREADS_WITH;
    values.add(threads.stream().map(ArchiveId::value).sorted().collect(Collectors.joining(",")));
    return new Query.OfThreads(threads);
  }

  private Set<ListId> meant(String text, boolean idOnly) {
    MailAddress address =
        !idOnly && MailAddress.parse(text) instanceof ParsedAddress.Valid(var valid) ? valid : null;
    Set<ListId> meant = new HashSet<>();
    for (MailingList list : lists) {
      boolean same =
          list.id().value().equalsIgnoreCase(text)
              || (address != null && list.address().key().equals(address.key()))
              || (!idOnly && list.address().localPart().equalsIgnoreCase(text));
      if (same) {
        meant.add(list.id());
      }
    }
    return meant;
  }
}
