package org.milena.standalone.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.event.MailJson;
import org.milena.standalone.containers.DockerCompose.Container;
import org.milena.testkit.load.Poster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The site as {@code docker-compose up} makes it, from the executable jars that this build made: a
 * post goes all the way and is found, before and after the scanner is doubled.
 */
@Tag("docker")
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class ComposeIT {
  private static final Logger log = LoggerFactory.getLogger(ComposeIT.class);

  private static final List<String> SERVICES =
      List.of(
          "smtp-ingress",
          "scanner-service",
          "listexpander-service",
          "archive-service",
          "relay-egress");
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(8);
  private static final Duration START_LIMIT = Duration.ofMinutes(6);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String DOMAIN = "lists.example.org";
  private static final String LIST = "compose@" + DOMAIN;
  private static final String PASSWORD = "correct horse battery staple";
  private static final int MEMBERS = 3;

  /** Octets: {@code milena.mail.max-size} unless it is set. */
  private static final int LARGEST = 25 << 20;

  /** An address without a port: Docker chooses one that is free. */
  private static final String ANY_PORT = "127.0.0.1:";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "MILENA_DOMAIN", DOMAIN,
          "MILENA_SITE_URL", "http://" + DOMAIN,
          "MILENA_EGRESS", "capture",
          "MILENA_ADMIN_PASSWORD", PASSWORD,
          "MILENA_CLAMAV", "tcp:clamav:3310",
          "MILENA_SMTP_PORT", ANY_PORT,
          "MILENA_SUBMISSION_PORT", ANY_PORT,
          "MILENA_SUBMISSIONS_PORT", ANY_PORT,
          "MILENA_HTTP_PORT", ANY_PORT,
          "MILENA_MANAGE_PORT", ANY_PORT);

  private final HttpClient http = HttpClient.newHttpClient();
  private int manage;
  private int archive;

  @Test
  void aPostGoesThroughAndIsFoundAlsoWithAStageDoubled() throws Exception {
    DockerCompose site = new DockerCompose(SETTINGS, SERVICES);
    try (site;
        http) {
      build(site);
      start(site);
      manage = site.port("listexpander-service", 8080);
      archive = site.port("archive-service", 8080);
      int smtp = site.port("smtp-ingress", 2525);
      makeList();
      try (Poster poster = new Poster(smtp)) {
        theEdgeHearsOfTheList(site, poster);
        postAndFind(site, poster, 1);
        pipelineIsIdle(site);
        doubleTheScanner(site);
        postAndFind(site, poster, 6);
        theLargestMailGoesThrough(site, poster);
        pipelineIsIdle(site);
      }
    }
    assertThat(site.remains()).as("what is left of the project").isEmpty();
  }

  private static void build(DockerCompose site) {
    for (String service : SERVICES) {
      var jars = ComposeFile.ROOT.resolve(service).resolve("target").toFile().list();
      assertThat(jars == null ? List.<String>of() : Arrays.asList(jars))
          .as("%s/target: build the executable jar first", service)
          .anyMatch(name -> name.endsWith("-exec.jar"));
    }
    long began = System.nanoTime();
    site.compose(BUILD_LIMIT, "build");
    log.info("five images after {} s", secondsSince(began));
  }

  private static void start(DockerCompose site) {
    long began = System.nanoTime();
    site.compose(START_LIMIT, "up", "--detach");
    List<Container> all = site.awaitHealthy(wanted(1), START_LIMIT);
    log.info("all healthy after {} s", secondsSince(began));
    assertThat(all)
        .filteredOn(one -> SERVICES.contains(one.service()))
        .as("our containers run as a user without rights")
        .hasSize(SERVICES.size())
        .allMatch(one -> one.user().equals("10001:10001"));
  }

  private static Map<String, Integer> wanted(int scanners) {
    Map<String, Integer> wanted = new HashMap<>();
    SERVICES.forEach(service -> wanted.put(service, 1));
    List.of("kafka", "elasticsearch", "clamav").forEach(engine -> wanted.put(engine, 1));
    wanted.put("scanner-service", scanners);
    return wanted;
  }

  private void makeList() {
    JsonNode unusedList =
        post(
            "/api/v1/lists",
            "application/json",
            "{\"address\":\"" + LIST + "\",\"displayName\":\"Compose\",\"description\":\"\"}");
    String members =
        String.join("\n", IntStream.range(0, MEMBERS).mapToObj(ComposeIT::member).toList());
    JsonNode unusedReport =
        post("/api/v1/lists/" + LIST + "/members/import", "text/plain", members + "\n");
    assertThat(get(manage, "/api/v1/lists/" + LIST + "/members").path("items")).hasSize(MEMBERS);
  }

  private static String member(int number) {
    return "member" + number + "@example.net";
  }

  /** Its view of the directory follows within a moment; until then there is no such list there. */
  private static void theEdgeHearsOfTheList(DockerCompose site, Poster poster) {
    await(
        site,
        "the edge to know the list",
        () -> {
          try {
            return poster
                .post(member(0), LIST, message("first").getBytes(StandardCharsets.UTF_8))
                .startsWith("250 ");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Posts some, finds each by a word that no other has, and sees that every member got it. */
  private void postAndFind(DockerCompose site, Poster poster, int posts) throws IOException {
    for (int i = 0; i < posts; i++) {
      String word = "zyx" + posts + "w" + i;
      String reply = poster.post(member(0), LIST, message(word).getBytes(StandardCharsets.UTF_8));
      assertThat(reply).startsWith("250 2.0.0 Ok: queued as ");
    }
    for (int i = 0; i < posts; i++) {
      String word = "zyx" + posts + "w" + i;
      await(site, "the search to find " + word, () -> found(word) == 1);
      await(site, "every member's copy of " + word, () -> relayed(word) == MEMBERS);
    }
  }

  /** As large as SIZE announces, to the octet. */
  private void theLargestMailGoesThrough(DockerCompose site, Poster poster) throws IOException {
    String word = "zyxlargest";
    byte[] mail = new byte[LARGEST];
    Arrays.fill(mail, (byte) 'x');
    for (int end = 78; end < mail.length; end += 78) {
      mail[end - 2] = '\r';
      mail[end - 1] = '\n';
    }
    byte[] begin = message(word).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(begin, 0, mail, 0, begin.length);
    mail[mail.length - 2] = '\r';
    mail[mail.length - 1] = '\n';
    String reply = poster.post(member(0), LIST, mail);
    assertThat(reply).startsWith("250 2.0.0 Ok: queued as ");
    await(site, "the search to find the largest mail", () -> found(word) == 1);
    await(site, "every member's copy of it", () -> relayed(word) == MEMBERS);
    assertThat(site.containers())
        .as("none ran out of memory on the way")
        .allMatch(container -> container.restarts() == 0);
  }

  private long found(String word) {
    return get(archive, "/api/v1/archive/search?list=" + LIST + "&q=" + word).path("items").size();
  }

  private long relayed(String word) {
    return get(archive, "/api/v1/trace?outcome=relayed&id=" + word + "@example.net")
        .path("items")
        .path(0)
        .path("recipients")
        .size();
  }

  private static String message(String word) {
    return "From: Member Zero <"
        + member(0)
        + ">\r\nTo: "
        + LIST
        + "\r\nSubject: about "
        + word
        + "\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID: <"
        + word
        + "@example.net>\r\n\r\nA line.\r\n";
  }

  private void pipelineIsIdle(DockerCompose site) {
    await(
        site,
        "a pipeline without lag",
        () -> {
          List<JsonNode> stages =
              get(manage, "/api/v1/ops/pipeline").path("stages").valueStream().toList();
          assertThat(stages)
              .extracting(stage -> stage.path("stage").asString(""))
              .contains("scanner", "listexpander", "egress", "archive");
          return stages.stream().allMatch(stage -> stage.path("lag").asLong(-1) == 0);
        });
    assertThat(get(manage, "/api/v1/ops/dead-letters").path("items")).isEmpty();
  }

  private void doubleTheScanner(DockerCompose site) {
    site.compose(START_LIMIT, "up", "--detach", "--scale", "scanner-service=2");
    site.awaitHealthy(wanted(2), START_LIMIT);
    await(site, "two scanners that share the work", () -> sharers(site, "scanner") == 2);
  }

  /** How many members of a group have partitions, as Kafka's own tool says. */
  private static long sharers(DockerCompose site, String group) {
    String said =
        site.compose(
            LIMIT,
            "exec",
            "-T",
            "kafka",
            "/opt/kafka/bin/kafka-consumer-groups.sh",
            "--bootstrap-server",
            "kafka:9092",
            "--group",
            group,
            "--describe",
            "--members");
    List<List<String>> rows =
        said.lines().map(line -> List.of(line.strip().split("\\s+"))).toList();
    int column =
        rows.stream()
            .mapToInt(row -> row.indexOf("#PARTITIONS"))
            .filter(index -> index >= 0)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no table of members: " + said));
    return rows.stream()
        .filter(row -> row.getFirst().equals(group) && row.size() > column)
        .filter(row -> Integer.parseInt(row.get(column)) > 0)
        .count();
  }

  private JsonNode get(int port, String path) {
    return send(port, HttpRequest.newBuilder().GET(), path);
  }

  private JsonNode post(String path, String type, String body) {
    return send(
        manage,
        HttpRequest.newBuilder()
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        path);
  }

  /** What the operator is answered; nothing yet (404) is an answer too. */
  private JsonNode send(int port, HttpRequest.Builder request, String path) {
    String credentials =
        Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    try {
      HttpResponse<String> answer =
          http.send(
              request
                  .uri(URI.create("http://127.0.0.1:" + port + path))
                  .header("Authorization", "Basic " + credentials)
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as("%s answers %s", path, answer.body())
          .matches(status -> status / 100 == 2 || status == 404);
      return MailJson.mapper().readTree(answer.body().isEmpty() ? "null" : answer.body());
    } catch (IOException e) {
      throw new AssertionError(path + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void await(DockerCompose site, String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "waited %s in vain for %s%n%s".formatted(LIMIT, what, site.logs()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
    }
  }

  private static long secondsSince(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }
}
