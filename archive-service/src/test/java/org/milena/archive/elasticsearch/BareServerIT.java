package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
import org.milena.archive.search.ArchiveSearch.Question;
import org.milena.archive.search.SearchCursor;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest.Sort;
import org.milena.common.mail.ListId;
import org.milena.engines.search.ElasticsearchProcess;
import org.milena.testkit.search.SharedElasticsearch;

/** A server that can neither stem nor fold: the archive works, and finds words as they stand. */
class BareServerIT {
  private static final ListId LIST = ListId.of("dev.example.org");

  @Test
  void archivesAndFindsWithoutThePlugin() {
    try (ElasticsearchProcess server = SharedElasticsearch.start(false);
        TestArchive archive = TestArchive.in(server.uri())) {
      archive.take(LIST, List.of(raw("Message-ID: <a@x>\nSubject: Running Müller\n\ntext\n")));
      assertThat(found(archive, "running")).isEqualTo("a");
      assertThat(found(archive, "MÜLLER")).isEqualTo("a");
      assertThat(found(archive, "run")).isEmpty();
      assertThat(archive.indices.outdated())
          .as("what lacks is no reason to build it anew")
          .isEmpty();
      assertThat(archive.connection.health()).isEqualTo("green");
    }
  }

  @Test
  void leavesAnIndexAsItIsThatItCouldOnlyMakeWorse() {
    try (ElasticsearchProcess server = SharedElasticsearch.start(false);
        TestArchive archive = TestArchive.in(server.uri())) {
      archive.makeIndex(Generation.VERSION + "-000001");
      assertThat(archive.indices.outdated()).isEmpty();
    }
  }

  /** Operators, near words, threads, pages, numbers and what is alike need no module either. */
  @Test
  void searchesWithoutThePlugin() {
    try (ElasticsearchProcess server = SharedElasticsearch.start(false);
        SearchSite site = new SearchSite(TestArchive.in(server.uri()))) {
      Draft first = new Draft(LIST, "a").on("2026-01-01").subject("kernel").text("alpha two beta");
      site.add(
          first,
          new Draft(LIST, "b").on("2026-01-02").answers(first).subject("kernel").text("gamma"),
          new Draft(LIST, "c").on("2026-01-03").subject("kernel").text("alpha or beta in kernels"));
      assertThat(site.found("alpha NEAR/2 beta")).isEqualTo("a c");
      assertThat(site.found("beta ADJ alpha")).isEmpty();
      assertThat(site.found("KERN* -\"or beta\"")).isEqualTo("a b");
      assertThat(site.found("kernels")).isEqualTo("c");
      assertThat(site.found("thread:{gamma}")).isEqualTo("a b");
      assertThat(site.found("d:20260102.. XOR alpha")).isEqualTo("a b");
      SearchPage page =
          site.page(new Question("kernel", null, Sort.RELEVANCE, false, true, null, 2), _ -> true);
      assertThat(page.facets()).isNotNull();
      SearchCursor next = page.next();
      assertThat(next).isNotNull();
      assertThat(
              site.page(
                      new Question("kernel", null, Sort.RELEVANCE, false, false, next.encode(), 2),
                      _ -> true)
                  .hits())
          .hasSize(1);
      assertThat(site.search.similar(first.post().post(), _ -> true, 5))
          .extracting(post -> post.messageId())
          .containsExactly("c@x");
    }
  }

  private static String found(TestArchive archive, String typed) {
    return PostSearchIT.ids(
        archive.search.search(PostSearchIT.request(Set.of(LIST), typed, Sort.RELEVANCE, null, 10)));
  }
}
