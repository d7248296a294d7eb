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
    reads.put("threads", () -> archive.search.threads(LIST, null, 0, 10));
    reads.put("a search", () -> archive.search.search(request(false)));
    reads.put("a search with counts", () -> archive.search.search(request(true)));
    reads.put(
        "counts",
        () ->
            FacetCounts.begin(archive.connection, archive.indices.posts(), request(true)).await());
    return reads;
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
    SoftAssertions softly = new SoftAssertions();
    reads()
        .forEach((what, read) ->
            softly
                .assertThatThrownBy(read::run)
                .as(what)
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("cannot serve"));
    softly.assertAll();

    archive.bringShardsBack();
    assertThat(archive.posts.find(ids)).isEmpty();
    assertThat(archive.search.texts(ids)).isEmpty();
    assertThat(archive.raws.raws(ids)).isEmpty();
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
