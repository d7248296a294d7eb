package org.milena.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.event.MailJson;
import org.milena.common.mail.RawMessage;
import org.milena.standalone.system.Posting.Post;
import org.milena.standalone.system.Site.Room;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.mail.ArchivedMail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Messages that have broken parsers, through the whole pipeline: each is taken, decided, and has
 * its story; nothing crashes, stands still or is set aside.
 */
class BadInputIT {
  private static final Logger log = LoggerFactory.getLogger(BadInputIT.class);
  private static final int MOST = Integer.getInteger("milena.bad.posts", Integer.MAX_VALUE);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String LIST = "torture@" + Site.DOMAIN;
  private static final int MEMBERS = 2;

  /** The ways a post's story goes on; each has one of them. */
  private static final Set<String> DECISIONS =
      Set.of("QUARANTINED", "ACCEPTED", "HELD", "REJECTED", "DISCARDED", "DUPLICATE");

  private static Site site;

  @BeforeAll
  static void start() {
    site = Site.start();
    site.createListForAnyMail("torture", List.of("member0@example.net", "member1@example.net"));
  }

  @AfterAll
  static void stop() {
    if (site != null) { // it is not when it could not be started
      site.close();
    }
  }

  @Test
  void tortureMessagesGoThrough() {
    site.awaitIdle(LIMIT);
    Map<Room, Long> processes = new EnumMap<>(Room.class);
    for (Room room : Room.values()) {
      processes.put(room, site.process(room).pid());
    }
    List<CorpusMessage> torture = Corpus.torture();
    assertThat(torture).hasSizeGreaterThan(700);
    Map<String, RawMessage> sent =
        torture.stream()
            .limit(MOST)
            .collect(Collectors.toMap(CorpusMessage::name, Posting::asSent));

    long start = System.nanoTime();
    Map<String, String> replies =
        Posting.all(
            site,
            sent.entrySet().stream()
                .map(mail -> new Post(mail.getKey(), "member0@example.net", LIST, mail.getValue()))
                .toList());
    log.info("{} torture messages posted in {} s", replies.size(), secondsSince(start));
    assertThat(replies)
        .hasSize(sent.size())
        .allSatisfy(
            (name, reply) -> assertThat(reply).as(name).startsWith("250 2.0.0 Ok: queued as "));
    try {
      site.awaitIdle(LIMIT);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + site.deadLetters() + site.logs(), e);
    }
    log.info("nothing waits after {} s", secondsSince(start));
    assertThat(site.deadLetters()).isEmpty();

    Map<String, List<String>> byDecision = new TreeMap<>();
    replies.forEach((name, reply) ->
        byDecision.computeIfAbsent(decision(name, reply), _ -> new ArrayList<>()).add(name));
    byDecision.forEach((decision, names) -> log.info("{} {}", names.size(), decision));
    byDecision.forEach((decision, names) -> {
      if (names.size() < 30) {
        log.info("{}: {}", decision, names);
      }
    });
    List<String> accepted = byDecision.getOrDefault("ACCEPTED", List.of());
    List<JsonNode> archived = site.archivedPosts(LIST);
    assertThat(archived).hasSameSizeAs(accepted);
    assertThat(site.sink.report().recipients()).isEqualTo((long) accepted.size() * MEMBERS);
    areShownAndKept(archived, sent);
    for (Room room : Room.values()) {
      assertThat(site.process(room).isAlive()).as("%s lives", room).isTrue();
      assertThat(site.process(room).pid()).isEqualTo(processes.get(room));
      assertThat(site.counted(room, "milena_stage_defects_total")).as("%s", room).isZero();
    }
    site.awaitIdle(LIMIT);
    log.info("checked after {} s", secondsSince(start));
  }

  /** The one decision in the story of a mail. */
  private static String decision(String name, String reply) {
    String mailId = reply.substring(reply.lastIndexOf(' ') + 1);
    List<String> decisions =
        site.get(Room.ARCHIVE, "/api/v1/trace/" + mailId)
            .path("items")
            .path(0)
            .path("events")
            .valueStream()
            .map(event -> event.path("kind").asString())
            .filter(DECISIONS::contains)
            .toList();
    assertThat(decisions).as(name).hasSize(1);
    return decisions.getFirst();
  }

  /** Every archived post has a page, and the octets that were sent. */
  private static void areShownAndKept(List<JsonNode> archived, Map<String, RawMessage> sent) {
    Map<String, Map.Entry<String, RawMessage>> byDigest =
        sent.entrySet().stream()
            .collect(Collectors.toMap(mail -> mail.getValue().sha256(), mail -> mail, (a, _) -> a));
    for (JsonNode post : archived) {
      Map.Entry<String, RawMessage> mail = byDigest.get(post.path("sha256").asString());
      assertThat(mail).as("%s", post).isNotNull();
      String id = post.path("id").asString();
      ArchivedMail.assertIsWhatWasSent(
          mail.getKey(),
          mail.getValue(),
          RawMessage.wrap(
              site.getBytes(Room.ARCHIVE, "/api/v1/archive/" + LIST + "/messages/" + id + "/raw")));
      assertThat(site.getBytes(Room.ARCHIVE, "/archive/" + LIST + "/message/" + id))
          .as(mail.getKey())
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "LISTEXPANDER, GET, /api/v1/lists/nobody@lists.example.org, , 404",
        "LISTEXPANDER, GET, /api/v1/nothing, , 404",
        "LISTEXPANDER, POST, /api/v1/lists, {, 400",
        "LISTEXPANDER, POST, /api/v1/lists, {}, 400",
        "LISTEXPANDER, POST, /api/v1/lists, `{\"address\": \"torture@lists.example.org\"}`, 409",
        "LISTEXPANDER, POST, /api/v1/lists, `{\"address\": \"no address\"}`, 400",
        "LISTEXPANDER, PUT, /api/v1/lists, {}, 405",
        "LISTEXPANDER, GET, /api/v1/ops/dead-letters?limit=0, , 400",
        "LISTEXPANDER, GET, /api/v1/ops/dead-letters?limit=many, , 400",
        "LISTEXPANDER, POST, /api/v1/ops/dead-letters/7/replay, , 404",
        "LISTEXPANDER, POST, /api/v1/held/nothing/accept, , 404",
        "ARCHIVE, GET, /api/v1/archive/torture@lists.example.org/messages/nothing, , 404",
        "ARCHIVE, GET, /api/v1/archive/search?q=x&sort=size, , 400",
        "ARCHIVE, GET, /api/v1/archive/search?q=x&list=nobody@lists.example.org, , 404",
        "ARCHIVE, GET, /api/v1/trace/nothing@example.net, , 404",
        "SCANNER, GET, /api/v1/ops/quarantine/nothing, , 400",
        "SCANNER, GET, /api/v1/ops/quarantine?state=lost, , 400",
        "EGRESS, GET, /api/v1/nothing, , 404",
        "INGRESS, DELETE, /api/v1/ops/pipeline, , 405"
      })
  void errorsAreProblemsWithASentence(
      Room room, String method, String path, @Nullable String body, int status) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Authorization", Site.basic())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body == null ? "" : body));
    assertIsProblem(site.exchange(request, room, path), status);
  }

  @Test
  void strangersAreToldToSignIn() {
    for (Room room : Room.values()) {
      assertIsProblem(
          site.exchange(HttpRequest.newBuilder().GET(), room, "/api/v1/ops/pipeline"), 401);
    }
  }

  private static void assertIsProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = MailJson.mapper().readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asString("")).isNotBlank();
    assertThat(problem.path("code").asString("")).matches("[a-z-]+");
    assertThat(problem.path("detail").asString(""))
        .as("a sentence")
        .matches("(?s)[A-Za-z\"].* .+")
        .doesNotContain("Exception", "org.milena", "java.");
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 100_000_000 / 10.0;
  }
}
