package org.milena.engines.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plugin in the server it is made for: what it gives is what the full distribution gives. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalysisPluginIT {

  private final HttpClient http = HttpClient.newHttpClient();
  private ElasticsearchProcess server;

  @BeforeAll
  void start(@TempDir Path parent) throws Exception {
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    server =
        ElasticsearchProcess.start(
            ElasticsearchProcessIT.settings(parent.resolve("elasticsearch")));
  }

  @AfterAll
  void stop() {
    server.close();
    http.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'analyzer': 'english'         | The letters were running | letter were run
          'analyzer': 'german'          | Die Briefe liefen        | brief lief
          'analyzer': 'french'          | Les lettres de l'amie    | letr amie
          'filter': ['asciifolding']    | Jesenská                 | Jesenska
          'filter': ['porter_stem']     | letters                  | letter
          'filter': ['kstem']           | jumped                   | jump
          'filter': ['stemmer']         | letters                  | letter
          'filter': ['stop']            | the letter               | letter
          'filter': ['lowercase']       | LETTER                   | letter
          'char_filter': ['html_strip'] | <b>a</b> letter          | a letter
          'filter': [{'type': 'asciifolding', 'preserve_original': true}]    | á        | a á
          'filter': [{'type': 'edge_ngram', 'min_gram': 2, 'max_gram': 4}]   | letter   | le let lett
          'filter': [{'type': 'stemmer', 'language': 'possessive_english'}]  | Milena's | Milena
          'filter': [{'type': 'stemmer', 'language': 'porter2'}]             | generic  | generic
          'filter': [{'type': 'stemmer', 'language': 'light_german'}]        | Briefe   | Brief
          'filter': [{'type': 'stemmer', 'language': 'minimal_french'}]      | lettres  | lettr
          'char_filter': [{'type': 'html_strip', 'escaped_tags': ['b']}] | <b>a</b><i>c</i> | b a b c
          """)
  void analyses(String how, String text, String tokens) throws Exception {
    String tokenizer = how.contains("analyzer") ? "" : ", 'tokenizer': 'standard'";
    String answer =
        call("POST", "/_analyze", json("{" + how + tokenizer + ", 'text': ") + "\"" + text + "\"}");
    assertThat(answer).startsWith("{\"tokens\"");
    assertThat(
            Stream.of(answer.split("\"token\":\""))
                .skip(1)
                .map(token -> token.substring(0, token.indexOf('"'))))
        .containsExactly(tokens.split(" "));
  }

  @Test
  void takesStopWordsAndStemExclusions() throws Exception {
    String index =
        json(
            "{'settings': {'number_of_replicas': 0, 'analysis': {'analyzer': {'own': {'type':"
                + " 'english', 'stopwords': ['dear'], 'stem_exclusion': ['letters']}}}}}");
    assertThat(call("PUT", "/own", index)).contains("\"acknowledged\":true");
    assertThat(
            call(
                "POST",
                "/own/_analyze",
                json("{'analyzer': 'own', 'text': 'dear letters the walking'}")))
        .contains("\"letters\"", "\"the\"", "\"walk\"")
        .doesNotContain("dear");
  }

  @Test
  void foldsKeywordsInANormalizer() throws Exception {
    String index =
        json(
            "{'settings': {'number_of_replicas': 0, 'analysis': {'normalizer': {'folded': {'type':"
                + " 'custom', 'filter': ['lowercase', 'asciifolding']}}}}, 'mappings':"
                + " {'properties': {'name': {'type': 'keyword', 'normalizer': 'folded'}}}}");
    assertThat(call("PUT", "/people", index)).contains("\"acknowledged\":true");
    call("PUT", "/people/_doc/1?refresh=true", "{\"name\": \"Jesenská\"}");
    assertThat(call("GET", "/people/_count?q=name:JESENSKA", "")).contains("\"count\":1");
  }

  @Test
  void keepsAnAnalyzerOpenWhenAnotherIndexIsDeleted() throws Exception {
    String index =
        json(
            "{'settings': {'number_of_replicas': 0}, 'mappings': {'properties': {'text': {'type':"
                + " 'text', 'analyzer': 'english'}}}}");
    call("PUT", "/first", index);
    call("PUT", "/second", index);
    call("DELETE", "/first", "");
    assertThat(call("PUT", "/second/_doc/1?refresh=true", "{\"text\": \"letters\"}"))
        .contains("\"result\":\"created\"");
  }

  @Test
  void refusesALanguageItDoesNotKnow() throws Exception {
    String request =
        json(
            "{'tokenizer': 'standard', 'text': 'x', 'filter': [{'type': 'stemmer', 'language':"
                + " 'klingon'}]}");
    assertThat(call("POST", "/_analyze", request)).contains("not [klingon]");
  }

  private static String json(String withSingleQuotes) {
    return withSingleQuotes.replace('\'', '"');
  }

  private String call(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
