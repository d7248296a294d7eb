package org.milena.archive.web.searching;

import org.jspecify.annotations.Nullable;
import org.milena.archive.web.Links;
import org.milena.archive.web.ListPageView;
import org.milena.archive.web.PageTexts;
import org.milena.archive.web.When;
import org.milena.archive.web.searching.OwnSearches.Own;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.SavedSearch.Question;

/**
 * A saved search on a page.
 *
 * @param url runs it
 * @param query as it was typed
 * @param read as it is read; null where that is the same, or it can't be read any more
 * @param open whether it can be asked
 * @param gone whether its list is not there any more
 * @param list the only list, while it can be read
 * @param order in words; null for what is usual
 * @param feed null where it cannot be asked
 * @param mbox likewise
 */
public record SavedSearchView(
    String id,
    String name,
    String url,
    String query,
    @Nullable String read,
    boolean open,
    boolean gone,
    @Nullable ListPageView list,
    @Nullable String order,
    boolean threads,
    When kept,
    @Nullable String feed,
    @Nullable String mbox) {

  static SavedSearchView of(Own own) {
    SavedSearch search = own.search();
    Question asked = search.question();
    MailingList list = own.list();
    return new SavedSearchView(
        search.id(),
        search.name(),
        Links.saved(search.id()),
        asked.typed(),
        OwnSearches.read(asked.typed()).filter(text -> !text.equals(asked.typed())).orElse(null),
        own.canBeAsked(),
        own.place() == OwnSearches.Place.GONE,
        list == null ? null : ListPageView.of(list),
        words(asked.order()),
        asked.threads(),
        When.of(search.keptAt()),
        own.found("atom"),
        own.found("mbox"));
  }

  private static @Nullable String words(SavedSearch.@Nullable Order order) {
    return switch (order) {
      case null -> null;
      case RELEVANCE -> PageTexts.of("archive.order-relevance");
      case NEWEST -> PageTexts.of("archive.order-newest");
      case OLDEST -> PageTexts.of("archive.order-oldest");
    };
  }
}
