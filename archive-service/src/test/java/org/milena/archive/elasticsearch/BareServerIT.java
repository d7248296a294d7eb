package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
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
      assertThat(archive.connection.health()).isEqualTo("green");
    }
  }

  private static String found(TestArchive archive, String typed) {
    return PostSearchIT.ids(
        archive.search.search(PostSearchIT.request(Set.of(LIST), typed, Sort.RELEVANCE, null, 10)));
  }
}
