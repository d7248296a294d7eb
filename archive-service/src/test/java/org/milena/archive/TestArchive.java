package org.milena.archive;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.milena.archive.elasticsearch.Indices;
import org.milena.archive.elasticsearch.Language;
import org.milena.archive.elasticsearch.PostDocuments;
import org.milena.archive.elasticsearch.PostSearch;
import org.milena.archive.elasticsearch.RawDocuments;
import org.milena.archive.elasticsearch.SearchConnection;
import org.milena.archive.elasticsearch.Shelves;
import org.milena.archive.elasticsearch.ThreadDocuments;
import org.milena.archive.elasticsearch.TraceDocuments;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.intake.PostIntake;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.RemovalTable;
import org.milena.archive.search.PostPlace;
import org.milena.archive.search.PostWalk;
import org.milena.archive.search.Selection;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.MailJson;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.table.MemoryTable;
import org.milena.testkit.search.SharedElasticsearch;
import tools.jackson.databind.JsonNode;

/** An archive of a test's own in the shared server, fed with records as Kafka would give them. */
public final class TestArchive implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  /** Later than what milliseconds in 64 bits can say, which is all that Elasticsearch has. */
  public static final Instant NO_DATE = Instant.parse("+300000000-01-01T00:00:00Z");

  public final SearchConnection connection;
  public final Indices indices;
  public final RawDocuments raws;
  public final PostDocuments posts;
  public final ThreadDocuments threads;
  public final PostSearch search;
  public final TraceDocuments traces;
  public final MemoryTable<Removal> removals = MemoryTable.of(Topics.REMOVALS, Removal.class);
  public final PostIntake intake;
  private final URI server;
  private final String prefix;
  private final Random random = new Random(1);
  private long offset;

  private TestArchive(URI server, String prefix, Set<Language> languages) {
    connection = new SearchConnection(server, true, new SimpleMeterRegistry());
    this.server = server;
    this.prefix = prefix;
    indices = new Indices(connection, prefix, 1, languages);
    raws = new RawDocuments(connection, indices);
    posts = new PostDocuments(connection, indices, raws);
    threads = new ThreadDocuments(connection, indices);
    search = new PostSearch(connection, indices);
    traces = new TraceDocuments(connection, indices.stories());
    intake =
        new PostIntake(
            new Shelves(connection, indices),
            new RemovalTable(removals),
            false,
            AttachmentReader.NONE,
            TestArchive::inThread,
            InstantSource.fixed(NOW),
            new SimpleMeterRegistry());
  }

  public static TestArchive create() {
    return in(SharedElasticsearch.uri());
  }

  public static TestArchive in(URI server) {
    return in(server, Set.of(Language.EN, Language.DE));
  }

  public static TestArchive in(URI server, Set<Language> languages) {
    return new TestArchive(server, SharedElasticsearch.freshPrefix(), languages);
  }

  /** The same indices after a start with other languages in the settings. */
  public TestArchive withLanguages(Set<Language> languages) {
    return new TestArchive(server, prefix, languages);
  }

  /** A thread for each task. */
  public static void inThread(Runnable task) {
    Thread unused = Thread.ofPlatform().daemon().start(task);
  }

  /** The same message has the same id, whenever it comes. */
  public static ArchiveId id(ListId list, RawMessage message) {
    String messageId =
        HeaderBlock.of(message)
            .first("Message-ID")
            .flatMap(field -> MessageId.parse(field.value()))
            .map(MessageId::value)
            .orElse("");
    return ArchiveId.compute(list, messageId, message.sha256());
  }

  /** A record of {@code mail.posts}. */
  public InRecord record(ListId list, RawMessage message) {
    return record(list, id(list, message), message);
  }

  public InRecord record(ListId list, ArchiveId id, RawMessage message) {
    return record(list, id, message, NOW);
  }

  /** One that the server refuses: it has no such date. */
  public InRecord poison(ListId list, RawMessage message) {
    return poison(list, id(list, message), message);
  }

  public InRecord poison(ListId list, ArchiveId id, RawMessage message) {
    return record(list, id, message, NO_DATE);
  }

  private InRecord record(ListId list, ArchiveId id, RawMessage message, Instant receivedAt) {
    MailId mail = MailId.next(InstantSource.fixed(NOW), random);
    PostMeta meta = new PostMeta(mail, list, id, receivedAt, NOW, message.sha256());
    return in(
        MailRecords.mail(Topics.POSTS, id.value(), RecordType.POST, meta, mail, message)
            .inPartitionOf(list.value()),
        Topics.POSTS);
  }

  public InRecord tombstone(ArchiveId id) {
    return new InRecord(
        new RecordPosition(Topics.POSTS, 0, offset++), id.value(), null, Map.of(), NOW);
  }

  public InRecord in(OutRecord out, String topic) {
    return new InRecord(
        new RecordPosition(topic, 0, offset++),
        out.key().orElse(null),
        out.value(),
        new LinkedHashMap<>(out.headers()),
        NOW);
  }

  /** Takes messages in, in batches of a broker's size. */
  public List<InRecord> take(ListId list, List<RawMessage> messages) {
    List<InRecord> records = new ArrayList<>();
    messages.forEach(message -> records.add(record(list, message)));
    for (int at = 0; at < records.size(); at += 300) {
      intake.accept(records.subList(at, Math.min(records.size(), at + 300)));
    }
    return records;
  }

  /** Shows every post of a list, earliest first. */
  public void scan(ListId list, Consumer<ArchivedPost> each) {
    scan(Selection.of(list), each);
  }

  /** Shows every post of a selection, earliest first. */
  public void scan(Selection selection, Consumer<ArchivedPost> each) {
    try (PostWalk walk = search.walk(selection)) {
      List<ArchivedPost> posts = walk.after(null);
      while (!posts.isEmpty()) {
        posts.forEach(each);
        posts = walk.after(PostPlace.of(posts.getLast()));
      }
    }
  }

  public static RawMessage raw(String text) {
    return RawMessage.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Has what readers see be something that an older version made. */
  public void makeOldIndex() {
    makeIndex("v1");
  }

  /**
   * Has what readers see be something that says nothing of itself.
   *
   * @param version the end of its name
   */
  public void makeIndex(String version) {
    makeIndex(version, "keyword");
  }

  /** Has what readers see be an index of this version whose mapping fits no post. */
  public void makeUnfitIndex() {
    makeIndex("v5-000001", "boolean");
  }

  private void makeIndex(String version, String idType) {
    for (String kind : List.of("posts", "raw")) {
      http(
          HttpRequest.newBuilder(server.resolve("/%s-%s-%s".formatted(prefix, kind, version)))
              .header("Content-Type", "application/json")
              .PUT(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"aliases": {"%s-%s": {}}, "mappings": {"properties": {
                        "id": {"type": "%s"}, "list": {"type": "keyword"},
                        "links": {"type": "keyword"}, "thread": {"type": "keyword"}}}}
                      """
                          .formatted(prefix, kind, idType)))
              .build());
    }
  }

  /**
   * Makes an index that nothing leads to.
   *
   * @param name behind the prefix of this archive
   */
  public void makeUnseenIndex(String name) {
    http(
        HttpRequest.newBuilder(server.resolve("/%s-%s".formatted(prefix, name)))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** Has the index of posts that readers see begin each document with a step that is not there. */
  public void breakPostIndex() {
    http(
        HttpRequest.newBuilder(server.resolve("/%s-posts/_settings".formatted(prefix)))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"index.default_pipeline\": \"none\"}"))
            .build());
  }

  /** Has empty indices of posts and messages in the place of those there are, with no shard. */
  public void takeShardsAway() {
    emptyIndices("\"number_of_shards\": 1, \"routing.allocation.require._name\": \"nowhere\"");
  }

  /** The same, with one shard of two. */
  public void takeShardAway() {
    emptyIndices("\"number_of_shards\": 2, \"routing.allocation.total_shards_per_node\": 1");
  }

  private void emptyIndices(String settings) {
    for (String kind : List.of("posts", "raw")) {
      String alias = "/%s-%s".formatted(prefix, kind);
      JsonNode answer =
          MailJson.mapper().readTree(http(HttpRequest.newBuilder(server.resolve(alias)).build()));
      String name = answer.propertyNames().iterator().next();
      JsonNode there = answer.path(name);
      JsonNode analysis = there.path("settings").path("index").path("analysis");
      String made =
          """
          {"settings": {"index": {%s%s}}, "mappings": %s, "aliases": %s}
          """
              .formatted(
                  settings,
                  analysis.isMissingNode() ? "" : ", \"analysis\": " + analysis,
                  there.path("mappings"),
                  there.path("aliases"));
      http(HttpRequest.newBuilder(server.resolve("/" + name)).DELETE().build());
      http(
          HttpRequest.newBuilder(server.resolve("/" + name + "?wait_for_active_shards=0"))
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString(made))
              .build());
    }
  }

  /** Lets them come, and waits until they are there. */
  public void bringShardsBack() {
    for (String kind : List.of("posts", "raw")) {
      String alias = "%s-%s".formatted(prefix, kind);
      http(
          HttpRequest.newBuilder(server.resolve("/" + alias + "/_settings"))
              .header("Content-Type", "application/json")
              .PUT(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"index.routing.allocation.require._name": null,
                       "index.routing.allocation.total_shards_per_node": null}
                      """))
              .build());
      http(
          HttpRequest.newBuilder(
                  server.resolve(
                      "/_cluster/health/" + alias + "?wait_for_status=yellow&timeout=60s"))
              .build());
    }
  }

  /** How often the search engine found in its memory what it had counted before. */
  public long countsKept() {
    String body =
        http(
            HttpRequest.newBuilder(
                    server.resolve("/%s-posts/_stats/request_cache".formatted(prefix)))
                .build());
    return MailJson.mapper().readTree(body).at("/_all/total/request_cache/hit_count").asLong();
  }

  /** How many pieces of messages there are. */
  public long messagePieces() {
    http(
        HttpRequest.newBuilder(server.resolve("/%s-raw/_refresh".formatted(prefix)))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
    String body =
        http(HttpRequest.newBuilder(server.resolve("/%s-raw/_count".formatted(prefix))).build());
    return MailJson.mapper().readTree(body).path("count").asLong();
  }

  /** The names of all indices of this archive. */
  public Set<String> indexNames() {
    String body = http(HttpRequest.newBuilder(server.resolve("/" + prefix + "-*")).build());
    Set<String> names = new HashSet<>();
    MailJson.mapper().readTree(body).propertyNames().forEach(names::add);
    return names;
  }

  private static String http(HttpRequest request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
