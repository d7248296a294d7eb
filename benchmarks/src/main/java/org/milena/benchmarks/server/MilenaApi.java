package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP port of a service of Milena, asked as its operator. */
public final class MilenaApi implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable String authorization;

  private final int port;

  MilenaApi(int port) {
    this.port = port;
    this.url = "http://127.0.0.1:" + port;
  }

  /** Signs in with the password, and from then on with a token, which costs the server less. */
  MilenaApi signIn(String password) {
    return signIn("admin", password, "READ", "LISTS", "MODERATE", "OPERATE");
  }

  private MilenaApi signIn(String name, String password, String... scopes) {
    authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    JsonNode token =
        post(
            "/api/v1/accounts/" + name + "/tokens",
            "application/json",
            "{\"label\":\"benchmark\",\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]}");
    authorization = "Bearer " + token.path("secret").asString();
    return this;
  }

  /** The same server, asked as somebody who has this address; the account is made. */
  public MilenaApi as(String name, String address) {
    String password = "a good password of " + name;
    String unused =
        send(
            request("/api/v1/accounts/" + name)
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"address\":\"%s\",\"password\":\"%s\"}".formatted(address, password))));
    return new MilenaApi(port).signIn(name, password, "READ");
  }

  /** Whether it takes requests. */
  boolean isReady() {
    try {
      return http.send(request("/actuator/health/readiness").build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException _) {
      return false; // not yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }

  /** Makes a list with members {@code member0@example.net}, {@code member1@example.net}, … */
  public void createList(String address, int members) {
    createList(address, "{}");
    importMembers(
        address,
        "text/plain",
        IntStream.range(0, members).mapToObj(number -> "member" + number + "@example.net").toList(),
        members);
  }

  /**
   * Makes a list.
   *
   * @param settings in JSON, as far as they are not the usual ones
   */
  public void createList(String address, String settings) {
    JsonNode unused =
        post(
            "/api/v1/lists",
            "application/json",
            "{\"address\":\"%s\",\"settings\":%s}".formatted(address, settings));
  }

  /**
   * Puts a file of members on a list.
   *
   * @param type of the file: {@code text/plain} or {@code text/csv}
   * @param members how many it names
   */
  public void importMembers(String address, String type, List<String> lines, int members) {
    JsonNode imported =
        post("/api/v1/lists/" + address + "/members/import", type, String.join("\n", lines));
    if (imported.path("members").asInt() != members) {
      throw new BenchmarkException(address + " lacks members: " + imported);
    }
  }

  /**
   * A page of something.
   *
   * @param millis from the request until its last octet was here
   * @param next where the next page begins; empty on the last one
   */
  public record Page(double millis, int items, Optional<String> next) {}

  /** Asks for a page. */
  public Page page(String path) {
    HttpRequest.Builder request = request(path);
    long began = System.nanoTime();
    String body = send(request);
    double millis = (System.nanoTime() - began) / 1e6;
    JsonNode page = json(body);
    return new Page(
        millis, page.path("items").size(), Optional.ofNullable(page.path("next").asString(null)));
  }

  /** What the API says there. */
  public JsonNode read(String path) {
    return get(path);
  }

  /**
   * How long a page, or what the API says, took as anybody gets it, until its last octet was here.
   *
   * @return milliseconds
   * @throws BenchmarkException when it is not there, or elsewhere
   */
  public double pageMillis(String path) {
    String type = path.startsWith("/api/") ? "application/json" : "text/html";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).header("Accept", type).timeout(LIMIT);
    long began = System.nanoTime();
    String unused = send(request);
    return (System.nanoTime() - began) / 1e6;
  }

  /** Where a page is in the end that may lead to another: the path, with its query. */
  public String address(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Accept", "text/html")
            .timeout(LIMIT)
            .build();
    try (HttpClient reader =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      URI end = reader.send(request, BodyHandlers.discarding()).uri();
      return end.getRawQuery() == null
          ? end.getRawPath()
          : end.getRawPath() + "?" + end.getRawQuery();
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }

  /** Waits until no stage has anything to do. */
  public void awaitIdle(Duration atMost) {
    Waiting.until(
        "no stage with lag",
        atMost,
        Duration.ofMillis(200),
        () ->
            get("/api/v1/ops/pipeline")
                .path("stages")
                .valueStream()
                .allMatch(stage -> stage.path("lag").asLong() == 0));
  }

  /** Whether a word is found in a list's archive. Asked as anybody. */
  public boolean finds(String word, String list) {
    JsonNode page =
        json(
            send(
                HttpRequest.newBuilder(
                        URI.create(
                            url + "/api/v1/archive/search?limit=1&q=" + word + "&list=" + list))
                    .timeout(LIMIT)));
    return !page.path("items").isEmpty();
  }

  /** Waits until the story of a mail says when it was scanned. */
  public Instant scannedAt(String messageId, Duration atMost) {
    AtomicReference<@Nullable Instant> at = new AtomicReference<>();
    Waiting.until(
        "the verdict on " + messageId,
        atMost,
        Duration.ofMillis(20),
        () -> {
          at.set(scannedAt(messageId));
          return at.get() != null;
        });
    return Objects.requireNonNull(at.get());
  }

  private @Nullable Instant scannedAt(String messageId) {
    HttpRequest request = request("/api/v1/trace?limit=0&id=" + messageId).build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 404) {
        return null; // not indexed yet
      }
      return json(answer.body())
          .path("items")
          .valueStream()
          .flatMap(story -> story.path("events").valueStream())
          .filter(event -> event.path("kind").asString().equals("SCANNED"))
          .map(event -> Instant.parse(event.path("at").asString()))
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }

  /** The sum of all series of a metric whose name and tags begin so. */
  public double counted(String series) {
    return send(request("/actuator/prometheus"))
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What must be true of a run that went well: nothing was set aside. */
  public List<String> deadLetters() {
    return get("/api/v1/ops/dead-letters")
        .path("items")
        .valueStream()
        .map(JsonNode::toString)
        .toList();
  }

  private JsonNode get(String path) {
    return json(send(request(path)));
  }

  private JsonNode post(String path, String type, String body) {
    return json(
        send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  private String send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new BenchmarkException(
            request.uri() + " answers " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }

  private static JsonNode json(String body) {
    return JSON.readTree(body);
  }

  @Override
  public void close() {
    http.close();
  }
}
