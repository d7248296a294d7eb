package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.archive.elasticsearch.SearchSite.BOARD;
import static org.milena.archive.elasticsearch.SearchSite.DEV;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.archive.TestArchive;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.PostListing;
import org.milena.archive.search.PostListing.Name;
import org.milena.archive.search.PostListing.Order;
import org.milena.archive.search.PostListing.Page;
import org.milena.archive.search.PostListing.Place;
import org.milena.archive.search.PostListing.Wanted;
import org.milena.archive.search.Query;
import org.milena.archive.search.Query.Timestamp;
import org.milena.common.mail.ListId;

/** Posts in plain order, where there are more of them than a page may hold. */
@TestInstance(Lifecycle.PER_CLASS)
class ListingIT {
  private static final int POSTS = 2_100;
  private static final Instant FIRST = Instant.parse("2026-01-31T23:00:00Z");
  private static final Order BY_DATE = new Order(Timestamp.WRITTEN, false);

  private final SearchSite site = new SearchSite(TestArchive.create());
  private final PostListing listing =
      new IndexListing(site.archive.connection, site.archive.indices);
  private final List<Draft> drafts =
      IntStream.range(0, POSTS).mapToObj(ListingIT::numbered).toList();

  ListingIT() {
    for (int from = 0; from < POSTS; from += 300) {
      site.add(drafts.subList(from, Math.min(from + 300, POSTS)).toArray(Draft[]::new));
    }
    site.add(new Draft(BOARD, "secret").on("2026-02-01").text("about everything"));
  }

  @AfterAll
  void end() {
    site.close();
  }

  /** Seven of a minute, so that dates alone are no order. */
  private static Draft numbered(int number) {
    return new Draft(DEV, "p" + number)
        .on(FIRST.plusSeconds(60L * (number / 7)).toString())
        .text("about " + (number % 2 == 0 ? "apples" : "pears"));
  }

  private Page page(
      Set<ListId> lists, Query query, Order order, int passed, @Nullable Place after, int limit) {
    return listing.page(new Wanted(lists, query, order, passed, after, limit));
  }

  @ParameterizedTest
  @CsvSource({"WRITTEN, true", "WRITTEN, false", "RECEIVED, true"})
  void leadsThroughAllPosts(Timestamp timestamp, boolean newestFirst) {
    Order order = new Order(timestamp, newestFirst);
    List<ArchivedPost> found = new ArrayList<>();
    Place after = null;
    while (true) {
      Page page = page(Set.of(DEV), new Query.All(), order, 0, after, 400);
      assertThat(page.total()).isEqualTo(POSTS);
      found.addAll(page.posts());
      if (page.posts().size() < 400) {
        break;
      }
      after = order.placeOf(page.posts().getLast());
    }
    assertThat(found).extracting(ArchivedPost::id).doesNotHaveDuplicates().hasSize(POSTS);
    List<Instant> dates = new ArrayList<>(found.stream().map(ArchivedPost::date).toList());
    if (timestamp == Timestamp.WRITTEN) {
      assertThat(newestFirst ? dates.reversed() : dates).isSorted();
    }
  }

  @Test
  void holdsNoMorePostsThanItMay() {
    Page page = page(Set.of(DEV), new Query.All(), BY_DATE, 0, null, PostListing.MAX_LIMIT);
    assertThat(page.posts()).hasSize(PostListing.MAX_LIMIT);
    assertThat(page.total()).isEqualTo(POSTS);
    assertThat(page(Set.of(DEV), new Query.All(), BY_DATE, 2_099, null, 10).posts()).hasSize(1);
    assertThat(
            page(Set.of(DEV), new Query.All(), BY_DATE, PostListing.MAX_PASSED, null, 2_000)
                .posts())
        .isEmpty();
    assertThatThrownBy(() -> new Wanted(Set.of(DEV), new Query.All(), BY_DATE, 0, null, 2_001))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Wanted(Set.of(DEV), new Query.All(), BY_DATE, 8_001, null, 10))
        .isInstanceOf(IllegalArgumentException.class);
    List<String> all = drafts.stream().map(draft -> draft.id.value()).toList();
    assertThat(listing.named(Set.of(DEV), Name.ID, all, 5)).hasSize(5);
  }

  @Test
  void findsOnlyInListsThatWereNamed() {
    Query words = new Query.Words(Query.Field.BODY, "about", Query.Form.EXACT);
    assertThat(page(Set.of(DEV), words, BY_DATE, 0, null, 1).total()).isEqualTo(POSTS);
    assertThat(page(Set.of(BOARD), words, BY_DATE, 0, null, 9).total()).isEqualTo(1);
    assertThat(page(Set.of(DEV, BOARD), words, BY_DATE, 0, null, 1).total()).isEqualTo(POSTS + 1);
    assertThat(page(Set.of(), words, BY_DATE, 0, null, 9).posts()).isEmpty();
    assertThat(listing.named(Set.of(DEV), Name.MESSAGE_ID, List.of("secret@x"), 9)).isEmpty();
    assertThat(listing.named(Set.of(BOARD), Name.MESSAGE_ID, List.of("secret@x"), 9)).hasSize(1);
    assertThat(listing.named(Set.of(), Name.MESSAGE_ID, List.of("secret@x"), 9)).isEmpty();
  }

  @Test
  void countsWhatThereIs() {
    Query apples = new Query.Words(Query.Field.BODY, "apples", Query.Form.EXACT);
    YearMonth january = YearMonth.of(2026, 1);
    YearMonth february = YearMonth.of(2026, 2);
    assertThat(listing.months(Set.of(DEV), new Query.All()))
        .containsExactly(new MonthCount(february, POSTS - 7 * 60), new MonthCount(january, 7 * 60));
    assertThat(listing.months(Set.of(DEV), apples))
        .containsExactly(
            new MonthCount(february, (POSTS - 7 * 60) / 2), new MonthCount(january, 7 * 30));
    assertThat(listing.months(Set.of(), new Query.All())).isEmpty();
    assertThat(listing.counts(Set.of(DEV, BOARD)))
        .containsOnly(Map.entry(DEV, (long) POSTS), Map.entry(BOARD, 1L));
    assertThat(listing.counts(Set.of())).isEmpty();
    assertThat(listing.threads(DEV)).isEqualTo(POSTS);
    assertThat(listing.threads(ListId.of("nosuch.example"))).isZero();
    assertThat(listing.keys(new Draft(DEV, "nosuch").id)).isEmpty();
  }
}
