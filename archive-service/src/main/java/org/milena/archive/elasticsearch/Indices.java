package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import co.elastic.clients.elasticsearch.indices.IndexState;
import co.elastic.clients.elasticsearch.indices.get_mapping.IndexMappingRecord;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import co.elastic.clients.json.JsonData;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The indices of posts and their bytes: their names, and that they are there.
 *
 * <p>Each is reached by its alias, so that the next version of a mapping can be filled beside the
 * old one and take its place in one step. What text analysis can do depends on the cluster; it is
 * asked when an index is made, and the index keeps what it was made with.
 */
public final class Indices implements IndexNames {
  private static final Logger log = LoggerFactory.getLogger(Indices.class);

  /** For what is read one by one: blocks of many documents, of which each costs the whole. */
  private static final String CLOSELY = "best_compression";

  /** For what is searched: twenty documents are taken out at a time. */
  private static final String LIGHTLY = "default";

  private final SearchConnection connection;
  private final String prefix;
  private final int shards;
  private final AnalysisOffer offer;
  private final StoryIndices stories;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();

  /**
   * @param prefix of all names; sites that share a cluster have different ones
   * @param shards of the index of posts and of the index of bytes
   * @param languages whose words are found in their other forms
   */
  public Indices(SearchConnection connection, String prefix, int shards, Set<Language> languages) {
    this.connection = connection;
    this.prefix = prefix;
    this.shards = shards;
    this.offer = new AnalysisOffer(connection, Set.copyOf(languages));
    this.stories = new StoryIndices(connection, prefix, this);
  }

  /** How words are to be found, as the settings want it. */
  TextAnalysis wanted() {
    return new TextAnalysis(true, false, offer.wanted());
  }

  /**
   * How words are found in an index, as it says itself; empty when it does not, or is gone.
   *
   * @param index its own name, no alias
   * @throws org.milena.common.failure.OutageException when the search engine is away
   */
  Optional<TextAnalysis> analysis(String index) {
    return TextAnalysis.of(meta(index));
  }

  /** The alias of the index of posts, which is there. */
  @Override
  public String posts() {
    ready();
    return alias("posts");
  }

  /** The alias of the index of bytes, which is there. */
  @Override
  public String raw() {
    ready();
    return alias("raw");
  }

  private void ready() {
    if (!ready.contains(alias("posts"))) {
      var unused = current();
      ready.add(alias("posts"));
    }
  }

  private String alias(String kind) {
    return prefix + "-" + kind;
  }

  /**
   * The generation that readers see, as of now; the first one is made when there is none. Empty
   * when what they see was made for another version of this program, and must be made again.
   */
  Optional<Generation> current() {
    Set<String> indices = behind(alias("posts"));
    if (indices.isEmpty()) {
      Generation first = new Generation(prefix, 1);
      var unused = make(first, true); // or another instance did
      return Optional.of(first);
    }
    Optional<Generation> found =
        indices.stream().flatMap(name -> Generation.of(name).stream()).findFirst();
    if (found.isPresent() && behind(alias("raw")).isEmpty()) {
      var unused = make(found.get(), true); // whoever made the first one broke off half-way
    }
    return found;
  }

  /**
   * Why what readers see must be made anew, one sentence; empty when it need not.
   *
   * @throws org.milena.common.failure.OutageException when the search engine is away
   */
  Optional<String> outdated() {
    Optional<Generation> seen = current();
    if (seen.isEmpty()) {
      return Optional.of("the index was made by another version");
    }
    Optional<TextAnalysis> kept = analysis(seen.get().posts());
    TextAnalysis possible = offer.ask();
    if (kept.isEmpty()) {
      // as it is it may do more than what the cluster would leave of it now
      boolean worse = possible.languages().isEmpty() && !offer.wanted().isEmpty();
      return worse
          ? Optional.empty()
          : Optional.of("another version made the index find words in another way");
    }
    return kept.get().isOutdated(offer.wanted(), possible)
        ? Optional.of("the index finds " + kept.get() + ", and is to find " + possible)
        : Optional.empty();
  }

  private Map<String, JsonData> meta(String index) {
    IndexMappingRecord mapping =
        connection
            .ask(
                "reading the mapping",
                client -> client.indices().getMapping(r -> r.index(index).ignoreUnavailable(true)))
            .result()
            .get(index);
    return mapping == null ? Map.of() : mapping.mappings().meta();
  }

  /** The indices that an alias leads to; none when there is no such alias. */
  private Set<String> behind(String alias) {
    return connection.ask(
        "looking for " + alias,
        client ->
            client.indices().existsAlias(r -> r.name(alias)).value()
                ? Set.copyOf(client.indices().getAlias(r -> r.name(alias)).result().keySet())
                : Set.<String>of());
  }

  private Set<String> seen() {
    Set<String> seen = new HashSet<>(behind(alias("posts")));
    seen.addAll(behind(alias("raw")));
    return seen;
  }

  /** Makes the next generation, of which this is the only maker; nobody sees it yet. */
  Generation begin() {
    int highest =
        existing().stream()
            .flatMap(name -> Generation.of(name).stream())
            .mapToInt(Generation::number)
            .max()
            .orElse(0);
    return begin(highest + 1);
  }

  /**
   * Makes the first generation from this number on that is not there. Another instance may begin
   * one at the same moment: whoever makes the index of posts has its number, and it is filled, and
   * dropped, by him alone.
   */
  Generation begin(int number) {
    Generation next = new Generation(prefix, number);
    while (!make(next, false)) {
      log.info("{} is there already", next.posts());
      next = next.next();
    }
    return next;
  }

  /**
   * Whoever writes posts shows them himself; a server that does it too only makes more segments.
   *
   * @return whether it was not there
   */
  private boolean make(Generation generation, boolean seen) {
    TextAnalysis analysis = offer.ask();
    boolean made =
        create(
            generation.posts(),
            seen ? alias("posts") : null,
            "posts-v5.json",
            analysis,
            "30s",
            shards);
    if (!made && !seen) {
      return false;
    }
    boolean madeRaw =
        create(generation.raw(), seen ? alias("raw") : null, "raw-v5.json", null, "30s", shards);
    if (!madeRaw && !seen) {
      remove(List.of(generation.posts())); // octets that were left behind are not to be in it
      return false;
    }
    log.info("{} finds {}", generation.posts(), analysis);
    return made;
  }

  /** Has readers and writers see this generation from now on, in one step. */
  void replace(Generation generation) {
    List<Action> actions = new ArrayList<>();
    for (String kind : List.of("posts", "raw")) {
      String alias = alias(kind);
      for (String old : behind(alias)) {
        actions.add(Action.of(a -> a.remove(r -> r.index(old).alias(alias))));
      }
      String name = kind.equals("posts") ? generation.posts() : generation.raw();
      actions.add(Action.of(a -> a.add(add -> add.index(name).alias(alias))));
    }
    connection.call(
        "showing " + generation.posts(),
        client -> client.indices().updateAliases(r -> r.actions(actions)));
    log.info("the archive is in {} from now on", generation.posts());
  }

  /** Removes a generation; not one that readers see. */
  void drop(Generation generation) {
    Set<String> seen = seen();
    if (seen.contains(generation.posts()) || seen.contains(generation.raw())) {
      log.warn("{} is not removed, for readers see it", generation.posts());
      return;
    }
    remove(List.of(generation.posts(), generation.raw()));
  }

  /**
   * Removes generations that nobody has seen for long: those that others took the place of, and
   * those that were never finished.
   *
   * @param before when they were made
   */
  public void removeUnseen(Instant before) {
    Set<String> seen = seen();
    Map<String, IndexState> all =
        connection
            .call(
                "listing indices",
                client -> client.indices().get(r -> r.index(alias("posts-*"), alias("raw-*"))))
            .result();
    List<String> old =
        all.entrySet().stream()
            .filter(index -> isOurs(index.getKey()) && !seen.contains(index.getKey()))
            .filter(index -> madeBefore(index.getValue(), before))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!old.isEmpty()) {
      remove(old);
      log.info("removed indices that nobody has seen for long: {}", old);
    }
  }

  private static boolean madeBefore(IndexState state, Instant before) {
    IndexSettings settings = state.settings();
    IndexSettings index = settings == null ? null : settings.index();
    Long made = index == null ? null : index.creationDate();
    return made != null && made < before.toEpochMilli();
  }

  private boolean isOurs(String name) {
    return name.matches(Pattern.quote(prefix) + "-(posts|raw)-v\\d+(-\\d{6,9})?");
  }

  private Set<String> existing() {
    return connection
        .call("listing indices", client -> client.indices().get(r -> r.index(alias("posts-*"))))
        .result()
        .keySet();
  }

  private void remove(List<String> names) {
    connection.call(
        "removing " + names,
        client -> client.indices().delete(r -> r.index(names).ignoreUnavailable(true)));
  }

  /** Those of stories. */
  public StoryIndices stories() {
    return stories;
  }

  /** Makes all indices that this month and the next need: one that is being made can't be read. */
  public void prepare(YearMonth month) {
    var posts = posts();
    var raw = raw();
    var months = List.of(stories.of(month), stories.of(month.plusMonths(1)));
    log.info("the archive is in {} and {}, stories in {}", posts, raw, months);
  }

  /** Makes an index; false when it is there. */
  boolean create(
      String index,
      @Nullable String alias,
      String mapping,
      @Nullable TextAnalysis analysis,
      String refresh,
      int shardCount) {
    ObjectNode body = MailJson.mapper().createObjectNode();
    ObjectNode settings = body.putObject("settings");
    settings.put("number_of_shards", shardCount);
    settings.put("auto_expand_replicas", "0-1");
    settings.put("refresh_interval", refresh);
    settings.put("codec", analysis == null ? CLOSELY : LIGHTLY);
    ObjectNode aliases = body.putObject("aliases");
    if (alias != null) {
      aliases.putObject(alias);
    }
    ObjectNode mappings = resource(mapping);
    if (analysis != null) {
      settings.set("analysis", analysis.settings());
      analysis.describe(mappings.withObject("/_meta"));
    }
    body.set("mappings", mappings);
    boolean made =
        connection.call(
            "creating " + index,
            client -> {
              try {
                var unused =
                    client
                        .indices()
                        .create(r -> r.index(index).withJson(new StringReader(body.toString())));
                return true;
              } catch (ElasticsearchException e) {
                if ("resource_already_exists_exception".equals(e.error().type())) {
                  return false; // another instance was faster
                }
                throw e;
              }
            });
    if (made) {
      log.info("created index {}", index);
    }
    return made;
  }

  private static ObjectNode resource(String name) {
    try (InputStream in = Indices.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the mapping " + name + " is not in this program");
      }
      return (ObjectNode) MailJson.mapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("the mapping " + name + " cannot be read", e);
    }
  }
}
