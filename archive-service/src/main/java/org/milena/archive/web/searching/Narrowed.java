package org.milena.archive.web.searching;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.AddressMask;
import org.milena.archive.message.Person;
import org.milena.archive.search.Facets;
import org.milena.archive.search.Queries;
import org.milena.archive.search.Query;
import org.milena.archive.search.QueryDate;
import org.milena.archive.search.QueryPrinter;
import org.milena.archive.web.PageTexts;
import org.milena.archive.web.Reader;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;

/**
 * Counts of what was found, each with the query that finds only that.
 *
 * @param patches null where there are none, like {@code attachments}
 */
public record Narrowed(
    List<Choice> lists,
    List<Choice> authors,
    List<Choice> years,
    @Nullable Choice attachments,
    @Nullable Choice patches) {

  /**
   * Some of what was found.
   *
   * @param query that finds these posts; null where it would show what is hidden from this reader
   */
  public record Choice(String label, long posts, @Nullable String query) {}

  static Narrowed of(Facets facets, Query query, Map<ListId, MailingList> lists) {
    return new Narrowed(
        facets.lists().stream()
            .filter(one -> lists.containsKey(one.list()))
            .map(one -> ofList(one, query, lists))
            .toList(),
        facets.authors().stream().map(one -> ofAuthor(one, query)).toList(),
        facets.years().stream().map(one -> ofYear(one, query)).toList(),
        kind("archive.kind-attachment", facets.withAttachment(), Query.Trait.HAS_ATTACHMENT, query),
        kind("archive.kind-patches", facets.patches(), Query.Trait.PATCH, query));
  }

  private static Choice ofList(Facets.OfList one, Query query, Map<ListId, MailingList> lists) {
    MailingList list = lists.get(one.list());
    String address = list == null ? one.list().value() : list.address().toString();
    return new Choice(address, one.posts(), with(query, new Query.OfList(address, false)));
  }

  private static Choice ofAuthor(Facets.OfAuthor one, Query query) {
    Person author = one.author();
    String shown = Reader.person(author).shown();
    String words = Reader.masks() || author.address().isEmpty() ? author.name() : author.address();
    boolean secret = Reader.masks() && !AddressMask.mask(words).equals(words);
    boolean sayable =
        words.indexOf('"') < 0 && words.codePoints().anyMatch(Character::isLetterOrDigit);
    String narrowed =
        secret || !sayable
            ? null
            : with(
                query,
                new Query.Words(
                    Query.Field.FROM, words.strip().replaceAll("\\s+", " "), Query.Form.EXACT));
    return new Choice(
        shown.isBlank() ? PageTexts.of("archive.unknown") : shown, one.posts(), narrowed);
  }

  private static Choice ofYear(Facets.OfYear one, Query query) {
    QueryDate year =
        new QueryDate.Fixed(LocalDateTime.of(one.year(), 1, 1, 0, 0), QueryDate.Unit.YEAR);
    return new Choice(
        String.valueOf(one.year()),
        one.posts(),
        with(query, new Query.Dated(Query.Timestamp.WRITTEN, year, year)));
  }

  private static @Nullable Choice kind(String key, long posts, Query.Trait trait, Query query) {
    return posts == 0
        ? null
        : new Choice(PageTexts.of(key), posts, with(query, new Query.Is(trait)));
  }

  private static String with(Query query, Query more) {
    return QueryPrinter.print(Queries.and(List.of(query, more)));
  }
}
