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
          'filter': [{'type': 'stemmer', 'language': 'lightItalian'}]        | biblioteche | bibliotec
          'filter': [{'type': 'stemmer', 'name': 'russian'}]                 | книгами  | книг
          'filter': [{'type': 'stemmer', 'language': 'minimal_nynorsk'}]     | bøker    | bøk
          'filter': ['german_normalization']                                 | Haeuser Straße | Hauser Strasse
          'filter': ['apostrophe']                                           | Ankara'da | Ankara
          'filter': [{'type': 'lowercase', 'language': 'turkish'}]           | IŞIK İZ  | ışık iz
          'filter': [{'type': 'lowercase', 'language': 'greek'}]             | Οδός ΟΔΟΣ | οδοσ οδοσ
          'filter': [{'type': 'lowercase'}]                                  | IZ       | iz
          'filter': [{'type': 'elision', 'articles': ['l', 'd']}]            | l'amie L’ami aujourd'hui | amie L’ami aujourd'hui
          'filter': [{'type': 'elision', 'articles': ['l'], 'articles_case': true}] | L’ami | ami
          'filter': [{'type': 'multiplexer', 'filters': ['lowercase,porter_stem', 'asciifolding']}] | Ends Änd | Ends end Änd änd And
          'filter': [{'type': 'multiplexer', 'filters': ['lowercase', 'lowercase , asciifolding'], 'preserve_original': false}] | Änd An | änd and an
          'filter': [{'type': 'multiplexer', 'filters': [], 'preserve_original': true}]   | An end   | An end
          'filter': [{'type': 'milena_forms', 'words': ['lowercase'], 'stems': ['lowercase,porter_stem']}] | Ends end | ends =end end
          'filter': [{'type': 'milena_forms', 'words': ['lowercase'], 'stems': ['lowercase,porter_stem'], 'omit_words': false}] | Ends end | ends =end end =end
          'filter': [{'type': 'milena_forms', 'words': ['lowercase', 'lowercase,asciifolding']}] | Änd | änd and
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

  /**
   * What the filters make of a token stands where it stood; one that all take away leaves a gap.
   */
  @Test
  void multiplexesInPlace() throws Exception {
    String request =
        json(
            "{'tokenizer': 'standard', 'text': 'Running the ends', 'filter': [{'type':"
                + " 'multiplexer', 'preserve_original': false, 'filters': ['stop',"
                + " 'lowercase,stop,porter_stem']}]}");
    assertThat(call("POST", "/_analyze", request))
        .isEqualTo(
            json(
                "{'tokens':["
                    + token("Running", 0, 7, 0)
                    + ","
                    + token("run", 0, 7, 0)
                    + ","
                    + token("ends", 12, 16, 2)
                    + ","
                    + token("end", 12, 16, 2)
                    + "]}"));
  }

  private static String token(String text, int start, int end, int position) {
    return "{'token':'%s','start_offset':%d,'end_offset':%d,'type':'<ALPHANUM>','position':%d}"
        .formatted(text, start, end, position);
  }

  @Test
  void multiplexesWhatAnIndexNames() throws Exception {
    String index =
        json(
            "{'settings': {'number_of_replicas': 0, 'analysis': {'filter': {'de': {'type':"
                + " 'stemmer', 'language': 'light_german'}, 'both': {'type': 'multiplexer',"
                + " 'filters': ['lowercase,de', 'lowercase,porter_stem']}}, 'analyzer': {'own':"
                + " {'type': 'custom', 'tokenizer': 'standard', 'filter': ['both']}}}},"
                + " 'mappings': {'properties': {'text': {'type': 'text', 'analyzer': 'own'}}}}");
    assertThat(call("PUT", "/mixed", index)).contains("\"acknowledged\":true");
    call("PUT", "/mixed/_doc/1?refresh=true", "{\"text\": \"Häuser running slowly\"}");
    assertThat(call("GET", "/mixed/_count?q=text:%22haus%20runs%22", "")).contains("\"count\":1");
    assertThat(call("GET", "/mixed/_count?q=text:%22runs%20haus%22", "")).contains("\"count\":0");
  }

  /** Stems stand where their words do, so a phrase may have both. */
  @Test
  void tellsStemsFromWords() throws Exception {
    String forms =
        "'type': 'milena_forms', 'words': ['lowercase'], 'stems': ['lowercase,porter_stem']";
    String index =
        json(
            "{'settings': {'number_of_replicas': 0, 'analysis': {'filter': {'index': {"
                + forms
                + "}, 'search': {"
                + forms.replace("['lowercase']", "['lowercase,porter_stem']")
                + ", 'omit_words': false}}, 'analyzer': {"
                + own("index")
                + ", "
                + own("search")
                + ", "
                + own("lowercase")
                + "}}}, 'mappings': {'properties': {'text': {'type': 'text', 'analyzer':"
                + " 'index', 'search_analyzer': 'search'}}}}");
    assertThat(call("PUT", "/forms", index)).contains("\"acknowledged\":true");
    call("PUT", "/forms/_doc/1", "{\"text\": \"Running slowed\"}");
    call("PUT", "/forms/_doc/2?refresh=true", "{\"text\": \"a run slows\"}");
    assertThat(found("run slowing", "search")).contains("\"value\":2");
    assertThat(found("running", "search")).contains("\"value\":2");
    assertThat(found("run", "lowercase")).contains("\"value\":1", "\"_id\":\"2\"");
    assertThat(found("running", "lowercase")).contains("\"value\":1", "\"_id\":\"1\"");
  }

  private static String own(String filter) {
    return "'%s': {'type': 'custom', 'tokenizer': 'standard', 'filter': ['%s']}"
        .formatted(filter, filter);
  }

  private String found(String words, String analyzer) throws Exception {
    return call(
        "POST",
        "/forms/_search",
        json(
            "{'query': {'match_phrase': {'text': {'query': '%s', 'analyzer': '%s'}}}}"
                .formatted(words, analyzer)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type': 'multiplexer', 'filters': ['lowercase,nonesuch']} | nonesuch
          {'type': 'milena_forms', 'words': ['nonesuch']}            | nonesuch
          {'type': 'milena_forms', 'stems': ['lowercase']}           | words
          {'type': 'milena_forms', 'words': ['lowercase,stop']}      | one token
          {'type': 'elision', 'articles_case': true}                 | articles
          {'type': 'lowercase', 'language': 'klingon'}               | klingon
          """)
  void refusesSettingsItCannotFollow(String filter, String named) throws Exception {
    String request = json("{'tokenizer': 'standard', 'text': 'x', 'filter': [" + filter + "]}");
    assertThat(call("POST", "/_analyze", request)).contains("\"status\":400", named);
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
