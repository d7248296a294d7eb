package org.milena.archive.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;

/** Asks the index what a reader typed, within the lists that reader may see. */
public final class ArchiveSearch {

  /** What came of it. */
  public sealed interface Answer {
    /** Posts, perhaps none. */
    record Found(SearchPage page, SearchRequest.Sort sort) implements Answer {}

    /** The question can't be asked, for this reason. */
    record Refused(String reason) implements Answer {}
  }

  private final ArchiveIndex index;
  private final Directory directory;

  /** Over one site's index and directory. */
  public ArchiveSearch(ArchiveIndex index, Directory directory) {
    this.index = index;
    this.directory = directory;
  }

  /**
   * @param typed the query
   * @param list only this list; null for all
   * @param mayRead decides which lists are looked through
   * @param sort null for relevance where the query has words, else date
   * @param after a cursor as {@link SearchCursor#encode()} made it; null for the first page
   */
  public Answer search(
      String typed,
      @Nullable ListId list,
      Predicate<MailingList> mayRead,
      SearchRequest.@Nullable Sort sort,
      @Nullable String after,
      int limit) {
    Query query;
    boolean hasWords;
    switch (QueryParser.parse(typed)) {
      case ParsedQuery.Invalid(String reason) -> {
        return new Answer.Refused(reason);
      }
      case ParsedQuery.Valid(Query parsed, boolean words) -> {
        query = parsed;
        hasWords = words;
      }
    }
    SearchRequest.Sort order =
        sort != null ? sort : hasWords ? SearchRequest.Sort.RELEVANCE : SearchRequest.Sort.DATE;
    SearchCursor cursor = null;
    if (after != null) {
      cursor = SearchCursor.decode(after).filter(c -> c.sort() == order).orElse(null);
      if (cursor == null) {
        return new Answer.Refused("The cursor belongs to another search.");
      }
    }
    List<MailingList> readable =
        directory.lists().stream()
            .filter(candidate -> list == null || candidate.id().equals(list))
            .filter(mayRead)
            .toList();
    Set<ListId> ids = new HashSet<>();
    readable.forEach(one -> ids.add(one.id()));
    if (ids.isEmpty()) {
      return new Answer.Found(new SearchPage(List.of(), null, 0, true), order);
    }
    SearchRequest request = new SearchRequest(ids, resolve(query, readable), order, cursor, limit);
    return new Answer.Found(index.search(request), order);
  }

  private static Query resolve(Query query, List<MailingList> lists) {
    return switch (query) {
      case Query.And(List<Query> all) ->
          new Query.And(all.stream().map(part -> resolve(part, lists)).toList());
      case Query.Or(List<Query> any) ->
          new Query.Or(any.stream().map(part -> resolve(part, lists)).toList());
      case Query.Not(Query part) -> new Query.Not(resolve(part, lists));
      case Query.OfList named -> new Query.InLists(meant(named, lists));
      case Query.All all -> all;
      case Query.Words words -> words;
      case Query.Dated dated -> dated;
      case Query.InLists inLists -> inLists;
      case Query.OfMessageId id -> id;
      case Query.HasAttachment has -> has;
    };
  }

  private static Set<ListId> meant(Query.OfList named, List<MailingList> lists) {
    Set<ListId> meant = new HashSet<>();
    for (MailingList list : lists) {
      boolean address =
          named.address() != null && list.address().key().equals(named.address().key());
      if (address
          || list.id().value().equalsIgnoreCase(named.text())
          || list.address().localPart().equalsIgnoreCase(named.text())) {
        meant.add(list.id());
      }
    }
    return meant;
  }
}
