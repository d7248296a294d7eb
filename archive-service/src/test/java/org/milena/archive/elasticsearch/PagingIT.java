package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.archive.elasticsearch.SearchSite.BOARD;
import static org.milena.archive.elasticsearch.SearchSite.DEV;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.TestArchive;
import org.milena.archive.message.Person;
import org.milena.archive.message.TextBlock;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveSearch.Answer;
import org.milena.archive.search.ArchiveSearch.Question;
import org.milena.archive.search.ChangedMeanwhileException;
import org.milena.archive.search.Facets;
import org.milena.archive.search.PostPlace;
import org.milena.archive.search.PostWalk;
import org.milena.archive.search.SearchCursor;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest.Sort;
import org.milena.archive.search.Selection;
import org.milena.common.directory.MailingList;

/** Pages of results, what is counted beside them, and what is like a post. */
class PagingIT {
  private final SearchSite site = new SearchSite(TestArchive.create());

  @AfterEach
  void end() {
    site.close();
  }

  private static Draft numbered(int number) {
    return new Draft(DEV, "p" + number)
        .on(LocalDate.of(2026, 1, 1).plusDays(number).toString())
        .subject("kernel " + "panic ".repeat(number % 3))
        .text("word" + number);
  }

  private void fill(int posts) {
    site.add(IntStream.range(0, posts).mapToObj(PagingIT::numbered).toArray(Draft[]::new));
  }

  private static Question question(
      String typed, Sort sort, boolean threads, @Nullable SearchCursor after, int limit) {
    return new Question(
        typed, null, sort, threads, false, after == null ? null : after.encode(), limit);
  }

  private static List<String> names(SearchPage page) {
    return page.hits().stream().map(hit -> hit.post().messageId().replace("@x", "")).toList();
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void showsEachPostOnceWhilePostsComeAndGo(Sort sort) {
    fill(20);
    List<String> seen = new ArrayList<>();
    SearchCursor after = null;
    int round = 0;
    do {
      SearchPage page =
          site.page(question("kernel panic*", sort, false, after, 3), SearchSite.only(DEV));
      assertThat(page.renewed()).isFalse();
      seen.addAll(names(page));
      after = page.next();
      // new ones in all places of the order, and one that was shown goes
      site.add(
          new Draft(DEV, "new" + round).on("2026-01-09").subject("kernel panic panic panic"),
          new Draft(DEV, "noise" + round).on("2025-01-09").subject("panicky panic noise"));
      site.archive.posts.remove(Set.of(page.hits().getFirst().post().id()));
      site.archive.posts.show();
      round++;
    } while (after != null);
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen)
        .containsAll(IntStream.range(0, 20).filter(i -> i % 3 > 0).mapToObj(i -> "p" + i).toList());
  }

  @Test
  void ordersByDateBothWays() {
    fill(4);
    assertThat(names(site.page(question("kernel", Sort.NEWEST, false, null, 9), _ -> true)))
        .containsExactly("p3", "p2", "p1", "p0");
    assertThat(names(site.page(question("kernel", Sort.OLDEST, false, null, 9), _ -> true)))
        .containsExactly("p0", "p1", "p2", "p3");
  }

  @Test
  void putsSubjectsFirstAndTheNewerOfEquals() {
    fill(9);
    site.add(
        new Draft(DEV, "text").on("2026-05-01").subject("other thing").text("needle"),
        new Draft(DEV, "quote")
            .on("2026-05-01")
            .subject("other thing")
            .block(TextBlock.Kind.QUOTED, "> needle"),
        new Draft(DEV, "old").on("2016-05-01").subject("needle thing").text("other"),
        new Draft(DEV, "new").on("2026-05-01").subject("needle thing").text("other"));
    assertThat(names(site.page(question("needle", Sort.RELEVANCE, false, null, 9), _ -> true)))
        .containsExactly("new", "old", "text", "quote");
  }

  @Test
  void showsOnePostOfEachThread() {
    Draft first = new Draft(DEV, "a").on("2026-01-01").subject("kernel");
    Draft other = new Draft(DEV, "b").on("2026-01-02").subject("kernel");
    site.add(
        first,
        other,
        new Draft(DEV, "a2").on("2026-01-03").answers(first).subject("kernel"),
        new Draft(DEV, "a3").on("2026-01-04").answers(first).subject("kernel"),
        new Draft(DEV, "b2").on("2026-01-05").answers(other).subject("kernel"),
        new Draft(DEV, "c").on("2026-01-06").subject("kernel"));
    SearchPage page = site.page(question("kernel", Sort.NEWEST, true, null, 2), _ -> true);
    assertThat(names(page)).containsExactly("c", "b2");
    assertThat(page.total()).isEqualTo(6);
    SearchPage next = site.page(question("kernel", Sort.NEWEST, true, page.next(), 2), _ -> true);
    assertThat(names(next)).containsExactly("a3");
    assertThat(next.next()).isNull();
  }

  @Test
  void goesOnInTheStateOfNowWhenTheOldOneIsGone() {
    fill(9);
    SearchPage first = site.page(question("kernel", Sort.RELEVANCE, false, null, 4), _ -> true);
    SearchCursor cursor = first.next();
    assertThat(cursor).isNotNull();
    String snapshot = cursor.snapshot();
    assertThat(snapshot).isNotNull();
    new Snapshots(site.archive.connection, 1, Duration.ZERO).close(snapshot);
    SearchPage second = site.page(question("kernel", Sort.RELEVANCE, false, cursor, 9), _ -> true);
    assertThat(second.renewed()).isTrue();
    List<String> all = new ArrayList<>(names(first));
    all.addAll(names(second));
    assertThat(all).hasSize(9).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "46ToAwMFaWR5", ""})
  void goesOnWithASnapshotThatNeverWas(String snapshot) {
    fill(9);
    SearchCursor cursor =
        site.page(question("kernel", Sort.RELEVANCE, false, null, 4), _ -> true).next();
    assertThat(cursor).isNotNull();
    SearchCursor forged =
        new SearchCursor(
            cursor.search(),
            cursor.asOf(),
            cursor.score(),
            cursor.date(),
            cursor.id(),
            cursor.passed(),
            snapshot.isEmpty() ? null : snapshot);
    assertThat(names(site.page(question("kernel", Sort.RELEVANCE, false, forged, 9), _ -> true)))
        .hasSize(5);
  }

  @Test
  void keepsSoManyStatesAtMost() {
    Snapshots few = new Snapshots(site.archive.connection, 1, Duration.ZERO);
    fill(1);
    String index = site.archive.indices.posts();
    String old = few.forPages(index);
    String young = few.forPages(index);
    assertThat(old).isNotNull();
    assertThat(young).isNotNull();
    assertGone(old, true);
    assertGone(young, false);
    few.close(young);
    few.close(young);
  }

  @Test
  void sharesAStateAmongSearchesOfOneMoment() {
    Snapshots shared = new Snapshots(site.archive.connection, 2, Duration.ofHours(1));
    fill(1);
    String index = site.archive.indices.posts();
    String one = shared.forPages(index);
    assertThat(one).isNotNull().isEqualTo(shared.forPages(index));
    assertGone(one, false);
    shared.close(one);
  }

  private void assertGone(String snapshot, boolean gone) {
    boolean answered =
        site.archive.connection.call(
            "asking a state",
            client -> {
              try {
                return client
                    .search(s -> s.pit(p -> p.id(snapshot)).size(0), Object.class)
                    .timedOut();
              } catch (ElasticsearchException e) {
                assertThat(Snapshots.isGone(e)).isTrue();
                return true;
              }
            });
    assertThat(answered).isEqualTo(gone);
  }

  @Test
  void decidesForEachPageWhatMayBeRead() {
    fill(6);
    site.add(new Draft(BOARD, "secret").on("2026-01-04").subject("kernel"));
    Predicate<MailingList> all = _ -> true;
    SearchPage first = site.page(question("kernel", Sort.RELEVANCE, false, null, 2), all);
    assertThat(first.total()).isEqualTo(7);
    SearchPage second =
        site.page(
            question("kernel", Sort.RELEVANCE, false, first.next(), 9), SearchSite.only(BOARD));
    assertThat(second.hits()).allMatch(hit -> hit.post().list().equals(BOARD));
    assertThat(second.total()).isEqualTo(1);
  }

  @Test
  void refusesThePlaceOfAnotherSearch() {
    fill(6);
    SearchCursor cursor =
        site.page(question("kernel", Sort.RELEVANCE, false, null, 2), _ -> true).next();
    assertThat(cursor).isNotNull();
    assertThat(site.search.search(question("panic", Sort.RELEVANCE, false, cursor, 2), _ -> true))
        .isInstanceOf(Answer.WrongCursor.class);
    assertThat(
            site.search.search(
                new Question("kernel", null, null, false, false, "nonsense", 2), _ -> true))
        .isInstanceOf(Answer.WrongCursor.class);
  }

  @Test
  void countsWhatPostsAreLike() {
    site.add(
        new Draft(DEV, "a").on("2025-12-31").from("Anna", "anna@x.example").subject("kernel"),
        new Draft(DEV, "b").on("2026-01-01").from("Anna S", "Anna@x.example").subject("kernel"),
        new Draft(DEV, "b2").on("2026-01-02").from("Anna S", "anna@x.example").subject("kernel"),
        new Draft(DEV, "c").on("2026-02-01").from("Bob", "").subject("kernel"),
        new Draft(BOARD, "d")
            .on("2026-02-02")
            .from("Eve", "eve@x.example")
            .subject("kernel")
            .attachment("x.txt", "y"),
        new Draft(BOARD, "e").on("2026-02-02").subject("other"));
    Facets facets =
        site.page(new Question("kernel", null, null, false, true, null, 1), _ -> true).facets();
    assertThat(facets).isNotNull();
    assertThat(facets.lists())
        .containsExactly(new Facets.OfList(DEV, 4), new Facets.OfList(BOARD, 1));
    assertThat(facets.authors())
        .containsExactlyInAnyOrder(
            new Facets.OfAuthor(new Person("Anna S", "anna@x.example"), 3),
            new Facets.OfAuthor(new Person("Bob", ""), 1),
            new Facets.OfAuthor(new Person("Eve", "eve@x.example"), 1));
    assertThat(facets.years())
        .containsExactly(new Facets.OfYear(2026, 4), new Facets.OfYear(2025, 1));
    assertThat(facets.withAttachment()).isEqualTo(1);
    assertThat(facets.patches()).isZero();
    assertThat(
            site.page(
                    new Question("kernel", null, null, false, true, null, 1), SearchSite.only(DEV))
                .facets())
        .isNotNull()
        .satisfies(seen -> assertThat(seen.lists()).containsExactly(new Facets.OfList(DEV, 4)));
  }

  /** The search engine keeps counts; never longer than they are true. */
  @Test
  void countsPostsThatCameSince() {
    Question question = new Question("kernel", null, null, false, true, null, 1);
    for (int posts = 1; posts <= 3; posts++) {
      site.add(new Draft(DEV, "p" + posts).subject("kernel"));
      long kept = site.archive.countsKept();
      for (int time = 0; time < 2; time++) {
        SearchPage page = site.page(question, _ -> true);
        assertThat(page.total()).isEqualTo(posts);
        assertThat(page.facets())
            .isNotNull()
            .satisfies(facets ->
                assertThat(facets.lists())
                    .extracting(Facets.OfList::posts)
                    .containsExactly(page.total()));
      }
      assertThat(site.archive.countsKept()).isEqualTo(kept + 1);
    }
  }

  /** As many as the first page says there are, whatever came meanwhile. */
  @Test
  void countsOnLaterPagesWhatTheFirstOneSaw() {
    fill(9);
    Question first = new Question("kernel", null, null, false, true, null, 3);
    SearchPage page = site.page(first, _ -> true);
    site.add(new Draft(DEV, "late").subject("kernel"));
    SearchCursor next = Objects.requireNonNull(page.next());
    SearchPage second =
        site.page(new Question("kernel", null, null, false, true, next.encode(), 3), _ -> true);
    assertThat(second.renewed()).isFalse();
    assertThat(second.total()).isEqualTo(page.total());
    assertThat(second.facets()).isEqualTo(page.facets());
    SearchCursor gone =
        new SearchCursor(
            next.search(),
            next.asOf(),
            next.score(),
            next.date(),
            next.id(),
            next.passed(),
            "gone");
    SearchPage renewed =
        site.page(new Question("kernel", null, null, false, true, gone.encode(), 3), _ -> true);
    assertThat(renewed.renewed()).isTrue();
    assertThat(renewed.facets())
        .isNotNull()
        .satisfies(facets ->
            assertThat(facets.lists()).containsExactly(new Facets.OfList(DEV, page.total() + 1)));
  }

  @Test
  void findsPostsLikeOne() {
    String words = "kernel panic in the e1000 driver after suspend";
    Draft first = new Draft(DEV, "a").subject("panic").text(words);
    site.add(
        first,
        new Draft(DEV, "answer").answers(first).subject("Re: panic").text(words),
        new Draft(DEV, "like").subject("another panic").text(words + " again"),
        new Draft(DEV, "other").subject("picnic").text("bread and butter on the lawn"),
        new Draft(BOARD, "secret").subject("panic").text(words));
    assertThat(site.search.similar(first.post().post(), SearchSite.only(DEV), 5))
        .extracting(post -> post.messageId())
        .containsExactly("like@x");
    assertThat(site.search.similar(first.post().post(), _ -> true, 5))
        .extracting(post -> post.messageId())
        .containsExactlyInAnyOrder("like@x", "secret@x");
    assertThat(site.search.similar(first.post().post(), _ -> false, 5)).isEmpty();
  }

  @Test
  void showsAllInPagesOfItsOwn() {
    fill(1201);
    List<String> seen = new ArrayList<>();
    site.scan(
        "kernel",
        DEV,
        _ -> true,
        post -> {
          if (seen.isEmpty()) {
            site.add(new Draft(DEV, "late").on("2030-01-01").subject("kernel"));
          }
          seen.add(post.messageId());
        });
    assertThat(seen).hasSize(1201).doesNotHaveDuplicates().doesNotContain("late@x");
    assertThat(seen.getFirst()).isEqualTo("p0@x");
    assertThat(seen.getLast()).isEqualTo("p1200@x");
  }

  @Test
  void walksOnInTheSameStateOrNotAtAll() {
    fill(600);
    PostWalk walk = site.archive.search.walk(Selection.of(DEV));
    List<ArchivedPost> first = walk.after(null);
    walk.close(); // as the search engine does when a reader is slow
    List<ArchivedPost> second = walk.after(PostPlace.of(first.getLast()));
    assertThat(second).hasSizeGreaterThan(200).doesNotContainAnyElementsOf(first);
    walk.close();
    site.add(new Draft(DEV, "late").on("2030-01-01"));
    PostPlace place = PostPlace.of(second.getLast());
    assertThatThrownBy(() -> walk.after(place)).isInstanceOf(ChangedMeanwhileException.class);
    walk.close();
  }

  @Test
  void namesTheStateOfASelection() {
    site.add(new Draft(DEV, "one").on("2026-01-31"), new Draft(DEV, "two").on("2026-02-01"));
    String january = state(Selection.of(DEV, YearMonth.of(2026, 1)));
    String february = state(Selection.of(DEV, YearMonth.of(2026, 2)));
    assertThat(state(Selection.of(DEV, YearMonth.of(2026, 1)))).isEqualTo(january);
    Draft three = new Draft(DEV, "three").on("2026-02-02").size(7);
    site.add(three);
    assertThat(state(Selection.of(DEV, YearMonth.of(2026, 1)))).isEqualTo(january);
    assertThat(state(Selection.of(DEV, YearMonth.of(2026, 2)))).isNotEqualTo(february);
    site.archive.posts.remove(Set.of(three.id));
    site.archive.posts.show();
    assertThat(state(Selection.of(DEV, YearMonth.of(2026, 2)))).isEqualTo(february);
    assertThat(state(Selection.of(BOARD))).isEmpty();
  }

  private String state(Selection selection) {
    try (PostWalk walk = site.archive.search.walk(selection)) {
      return walk.state();
    }
  }
}
