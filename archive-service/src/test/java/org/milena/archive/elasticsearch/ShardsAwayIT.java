package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
import org.milena.archive.post.NewPost;
import org.milena.archive.search.Query;
import org.milena.archive.search.SearchRequest;
import org.milena.common.event.ArchiveId;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.ListId;

/** A server that answers, while the shards it is asked for are not there: for a while only. */
class ShardsAwayIT {
  private static final ListId LIST = ListId.of("away.example.org");

  private final TestArchive archive = TestArchive.create();
  private final KnownPostDocuments known =
      new KnownPostDocuments(archive.connection, archive.indices);
  private final NewPost post = new Draft(LIST, "one").text("some words").post();
  private final Set<ArchiveId> ids = Set.of(post.post().id());

  @BeforeEach
  void fill() {
    archive.posts.add(List.of(post));
    archive.posts.show();
  }

  @AfterEach
  void end() {
    archive.close();
  }

  private Map<String, Runnable> reads() {
    Map<String, Runnable> reads = new LinkedHashMap<>();
    reads.put("which are there", () -> archive.posts.find(ids));
    reads.put("what was imported", () -> known.digests(ids));
    reads.put("dates", () -> archive.threads.dates(ids));
    reads.put("a post", () -> archive.search.post(LIST, post.post().id()));
    reads.put("texts", () -> archive.search.texts(ids));
    reads.put("messages", () -> archive.raws.raws(ids));
    reads.put("a message", () -> archive.raws.raw(post.post().id()));
    return reads;
  }

  private Map<String, Runnable> searches() {
    Map<String, Runnable> searches = new LinkedHashMap<>();
    searches.put("threads", () -> archive.search.threads(LIST, null, 0, 10));
    searches.put("months", () -> archive.search.months(LIST));
    searches.put("months of lists", () -> archive.search.months(List.of(LIST)));
    searches.put("a thread", () -> archive.search.thread(LIST, post.post().thread(), 10));
    searches.put("by Message-ID", () -> archive.search.byMessageId(LIST, "one@x"));
    searches.put("before", () -> archive.search.writtenBefore(LIST, TestArchive.NOW, null, 5));
    searches.put("used ids", () -> known.messageIds(LIST, Set.of("one@x")));
    searches.put("threads by name", () -> archive.threads.threadsNaming(LIST, Set.of("one@x")));
    searches.put("a search", () -> archive.search.search(request(false)));
    searches.put("a search with counts", () -> archive.search.search(request(true)));
    searches.put(
        "counts",
        () ->
            FacetCounts.begin(archive.connection, archive.indices.posts(), request(true), null)
                .await());
    return searches;
  }

  private static void areOutages(Map<String, Runnable> all) {
    SoftAssertions softly = new SoftAssertions();
    all.forEach((what, read) ->
        softly
            .assertThatThrownBy(read::run)
            .as(what)
            .isInstanceOf(OutageException.class)
            .hasMessageContaining("cannot serve"));
    softly.assertAll();
  }

  private static SearchRequest request(boolean facets) {
    return new SearchRequest(
        "words",
        Set.of(LIST),
        new Query.Words(Query.Field.ANY, "words", Query.Form.STEM),
        SearchRequest.Sort.RELEVANCE,
        TestArchive.NOW,
        false,
        facets,
        null,
        20);
  }

  @Test
  void readingIsAnOutageWhileShardsAreAwayAndGoesOnAfterwards() {
    archive.takeShardsAway();
    areOutages(reads());
    areOutages(searches());

    archive.bringShardsBack();
    reads().values().forEach(Runnable::run);
    searches().values().forEach(Runnable::run);
    archive.posts.add(List.of(post));
    assertThat(archive.search.texts(ids)).containsOnlyKeys(post.post().id());
  }

  /** What the other shard finds is not all there is. */
  @Test
  void searchesAreAnOutageWhileOneShardOfTwoIsAway() {
    archive.takeShardAway();
    areOutages(searches());

    archive.bringShardsBack();
    searches().values().forEach(Runnable::run);
  }

  @Test
  void anIndexThatIsNotThereIsADefect() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            archive.connection.documents(
                "reading", get -> get.index("no-such-index").ids("1"), PostDocument.class))
        .withMessageContaining("index_not_found");
  }
}
