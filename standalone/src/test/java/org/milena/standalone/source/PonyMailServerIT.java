package org.milena.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.milena.testkit.search.SharedElasticsearch;

/** Pony Mail's indices in a real search engine. */
class PonyMailServerIT {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server = SharedElasticsearch.uri();
  private final String prefix = SharedElasticsearch.freshPrefix();

  private void put(String path, String document) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(document))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String mail(int number) {
    return "Message-ID: <%d@a.example>\n\nText\n".formatted(number);
  }

  @Test
  void readsAllPages() throws IOException {
    put(
        "/" + prefix + "-mbox",
        """
        {"mappings":{"dynamic":"strict","properties":{"list_raw":{"type":"keyword"},
        "mid":{"type":"keyword"},"dbid":{"type":"keyword"},"private":{"type":"boolean"},
        "permalinks":{"type":"keyword"}}}}
        """);
    put(
        "/" + prefix + "-source",
        "{\"mappings\":{\"properties\":{\"source\":{\"type\":\"binary\"}}}}");
    for (int number = 0; number < 45; number++) {
      put(
          "/%s-mbox/_doc/m%d?refresh=true".formatted(prefix, number),
          "{\"mid\":\"m%1$d\",\"dbid\":\"s%1$d\",\"list_raw\":\"<%2$s.a.example>\",\"private\":%3$s,\"permalinks\":[\"p%1$d\"]}"
              .formatted(number, number == 7 ? "other" : "dev", number == 8));
      if (number != 9) {
        put(
            "/%s-source/_doc/s%d".formatted(prefix, number),
            PonyMailSource.MAPPER.createObjectNode().put("source", mail(number)).toString());
      }
    }
    PostSource source = PonyMailSource.at(server, prefix, "dev@a.example");
    Read read = Read.of(source);
    assertThat(read.texts())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 45)
                .filter(number -> number != 7 && number != 9)
                .mapToObj(PonyMailServerIT::mail)
                .toList());
    assertThat(read.posts.stream().filter(SourcePost::isPrivate)).hasSize(1);
    assertThat(read.posts.getFirst().keys()).hasSize(2);
    assertThat(read.odd).containsExactly("MISSING document s9: there is no source for it");
    assertThat(source.size()).isEqualTo(44);
    assertThatThrownBy(() -> Read.of(PonyMailSource.at(server, prefix, "none@a.example")))
        .isInstanceOf(UnfitSourceException.class)
        .hasMessageContaining("has no message to <none.a.example>");
  }

  @Test
  void anotherSearchEngineIsASentence() {
    assertThatThrownBy(() -> Read.of(PonyMailSource.at(server, prefix + "x", "dev@a.example")))
        .isInstanceOf(UnfitSourceException.class)
        .hasMessageContaining("has no index " + prefix + "x-mbox");
  }
}
