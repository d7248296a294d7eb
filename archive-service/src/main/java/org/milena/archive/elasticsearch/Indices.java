package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our indices: their names, and that they are there.
 *
 * <p>Each is reached by its alias, so that the next version of a mapping can be filled beside the
 * old one and take its place in one step. What text analysis can do depends on the cluster; it is
 * asked once, when an index is made.
 */
public final class Indices {
  private static final Logger log = LoggerFactory.getLogger(Indices.class);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu.MM", Locale.ROOT);

  private final SearchConnection connection;
  private final String prefix;
  private final int shards;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();

  /**
   * @param prefix of all names; sites that share a cluster have different ones
   * @param shards of the index of posts and of the index of bytes
   */
  public Indices(SearchConnection connection, String prefix, int shards) {
    this.connection = connection;
    this.prefix = prefix;
    this.shards = shards;
  }

  /** The alias of the index of posts, which is there. */
  String posts() {
    return ensure(prefix + "-posts", prefix + "-posts-v2", "posts-v2.json", true, "1s");
  }

  /** The alias of the index of bytes, which is there. */
  String raw() {
    return ensure(prefix + "-raw", prefix + "-raw-v1", "raw-v1.json", false, "30s");
  }

  /** The alias of all months of stories, which is there once one is. */
  String traces() {
    return prefix + "-trace";
  }

  /** The index of the stories of a month, which is there. */
  String trace(YearMonth month) {
    String name = prefix + "-trace-v1-" + MONTH.format(month);
    if (ready.add(name)) {
      try {
        create(name, traces(), "trace-v1.json", false, "1s", false);
      } catch (RuntimeException e) {
        ready.remove(name);
        throw e;
      }
    }
    return name;
  }

  /** Makes all indices that this month and the next need: one that is being made can't be read. */
  public void prepare(YearMonth month) {
    var posts = posts();
    var raw = raw();
    var stories = List.of(trace(month), trace(month.plusMonths(1)));
    log.info("the archive is in {} and {}, stories in {}", posts, raw, stories);
  }

  /** Removes the stories of months before this one. */
  public List<String> removeTracesBefore(YearMonth first) {
    String oldest = prefix + "-trace-v1-" + MONTH.format(first);
    List<String> old =
        connection
            .call(
                "listing the months of stories",
                client -> client.indices().get(r -> r.index(prefix + "-trace-v1-*")))
            .result()
            .keySet()
            .stream()
            .filter(name -> name.compareTo(oldest) < 0)
            .sorted()
            .toList();
    if (!old.isEmpty()) {
      connection.call("removing old stories", client -> client.indices().delete(r -> r.index(old)));
      ready.removeAll(old);
      log.info("removed old stories: {}", old);
    }
    return old;
  }

  private String ensure(
      String alias, String index, String mapping, boolean analysed, String refresh) {
    if (!ready.contains(alias)) {
      boolean there =
          connection
              .call(
                  "looking for " + alias,
                  client -> client.indices().existsAlias(r -> r.name(alias)))
              .value();
      if (!there) {
        create(index, alias, mapping, analysed, refresh, true);
      }
      ready.add(alias);
    }
    return alias;
  }

  private void create(
      String index,
      String alias,
      String mapping,
      boolean analysed,
      String refresh,
      boolean writeIndex) {
    String body =
        """
        {
          "settings": {
            "number_of_shards": %d,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "%s"%s
          },
          "aliases": {"%s": {%s}},
          "mappings": %s
        }
        """
            .formatted(
                analysed || writeIndex ? shards : 1,
                refresh,
                analysed ? ",\n\"analysis\": " + analysis() : "",
                alias,
                writeIndex ? "\"is_write_index\": true" : "",
                resource(mapping));
    connection.call(
        "creating " + index,
        client -> {
          try {
            return client
                .indices()
                .create(r -> r.index(index).withJson(new StringReader(body)))
                .acknowledged();
          } catch (ElasticsearchException e) {
            if ("resource_already_exists_exception".equals(e.error().type())) {
              return true; // another instance was faster
            }
            throw e;
          }
        });
    log.info("created index {}", index);
  }

  /**
   * Lower case, accents folded ({@code Müller} is found by {@code muller}), English stems ({@code
   * running} by {@code run}). The index holds a word beside its stem, so that what is typed exactly
   * ({@code "running"}, {@code runn*}) can be found exactly. Stop words stay, or a phrase with one
   * in it could not be found.
   */
  private String analysis() {
    boolean folds = offers("asciifolding", "Müller", "muller");
    boolean stems = offers("porter_stem", "running", "run");
    boolean repeats = offers("keyword_repeat", "running", "running");
    boolean unrepeats = offers("remove_duplicates", "running", "running");
    if (!folds || !stems || !repeats || !unrepeats) {
      log.warn(
          "the search engine lacks analysis filters (accents folded: {}, words stemmed: {}, words"
              + " kept beside their stems: {}): install its analysis-common module or our plugin,"
              + " and build the index again",
          folds,
          stems,
          repeats && unrepeats);
    }
    String exact = "\"lowercase\"" + (folds ? ", \"asciifolding\"" : "");
    String searched = exact + (stems ? ", \"porter_stem\"" : "");
    String indexed =
        stems && repeats && unrepeats
            ? exact + ", \"keyword_repeat\", \"porter_stem\", \"remove_duplicates\""
            : searched;
    return """
    {"analyzer": {
      "milena_exact": {"type": "custom", "tokenizer": "standard", "filter": [%s]},
      "milena_search": {"type": "custom", "tokenizer": "standard", "filter": [%s]},
      "milena_index": {"type": "custom", "tokenizer": "standard", "filter": [%s]}
    }}\
    """
        .formatted(exact, searched, indexed);
  }

  private boolean offers(String filter, String word, String expected) {
    return connection.call(
        "asking for the filter " + filter,
        client -> {
          try {
            return client
                .indices()
                .analyze(r ->
                    r.tokenizer(t -> t.name("standard"))
                        .filter(f -> f.name("lowercase"))
                        .filter(f -> f.name(filter))
                        .text(word))
                .tokens()
                .stream()
                .anyMatch(token -> token.token().equals(expected));
          } catch (ElasticsearchException e) {
            if (e.status() == 400) {
              return false;
            }
            throw e;
          }
        });
  }

  private static String resource(String name) {
    try (InputStream in = Indices.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the mapping " + name + " is not in this program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the mapping " + name + " cannot be read", e);
    }
  }
}
