package org.milena.standalone.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The REST API of a server. Whatever goes wrong is a {@link CliFailure} with one sentence: the
 * server's own where it has one.
 */
final class Api {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** A change waits for its list's owner, who may be busy with posts. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(120);

  /** A whole list takes its time. */
  private static final Duration LONG_LIMIT = Duration.ofMinutes(60);

  private static final String LINES =
      "application/x-ndjson, application/problem+json;q=0.9, application/json;q=0.8";
  private static final String JSON = "application/json";
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final String url;
  private final Credentials credentials;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  /**
   * @param url without a slash at its end
   */
  Api(String url, Credentials credentials) {
    this.url = url;
    this.credentials = credentials;
  }

  String url() {
    return url;
  }

  /** A path below {@code /api/v1}; each part is escaped. */
  static String path(String... parts) {
    StringBuilder path = new StringBuilder("/api/v1");
    for (String part : parts) {
      path.append('/').append(escape(part));
    }
    return path.toString();
  }

  static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** An object to be filled. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String pretty(JsonNode answer) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
  }

  JsonNode get(String path) {
    return json(send("GET", path, BodyPublishers.noBody(), ""));
  }

  JsonNode post(String path, JsonNode body) {
    return json(send("POST", path, of(body), JSON));
  }

  /** With a header. */
  JsonNode post(String path, JsonNode body, String header, String value) {
    return json(checked(exchange("POST", path, of(body), JSON, header, value)));
  }

  /** A POST that says all in its path. */
  JsonNode post(String path) {
    return json(send("POST", path, BodyPublishers.noBody(), ""));
  }

  JsonNode post(String path, String body, String type) {
    return json(send("POST", path, BodyPublishers.ofString(body), type));
  }

  /** Something large, in parts that are not copied, and that the server may take its time for. */
  JsonNode postLarge(String path, List<byte[]> parts, String type) {
    long length = parts.stream().mapToLong(part -> part.length).sum();
    BodyPublisher body =
        length == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(parts), length);
    return json(checked(ask("POST", path, body, type, LONG_LIMIT, BodyHandlers.ofByteArray())));
  }

  JsonNode put(String path, JsonNode body) {
    return json(send("PUT", path, of(body), JSON));
  }

  JsonNode patch(String path, JsonNode body) {
    return json(send("PATCH", path, of(body), JSON));
  }

  JsonNode delete(String path) {
    return json(send("DELETE", path, BodyPublishers.noBody(), ""));
  }

  /** The status alone, whatever it is. */
  int status(String path) {
    return exchange("GET", path, BodyPublishers.noBody(), "").statusCode();
  }

  /** The answer, also of a server that says it is unwell. */
  JsonNode health() {
    HttpResponse<byte[]> answer = exchange("GET", "/actuator/health", BodyPublishers.noBody(), "");
    return answer.statusCode() == 503 ? json(answer.body()) : json(checked(answer));
  }

  byte[] bytes(String path) {
    return send("GET", path, BodyPublishers.noBody(), "");
  }

  /** Saves what lies there as a file; a part of it is none. */
  void save(String path, Path file) {
    HttpResponse<InputStream> answer =
        ask("GET", path, BodyPublishers.noBody(), "", LONG_LIMIT, BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() / 100 != 2) {
        throw failure(answer, body.readAllBytes());
      }
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CliFailure("%s cannot be written: %s.".formatted(file, e), e);
    }
  }

  /** What takes long and tells how far it is, a line of JSON each; the last is the outcome. */
  JsonNode follow(String path, BodyPublisher body, String type, Consumer<JsonNode> progress) {
    HttpResponse<InputStream> answer =
        ask("POST", path, body, type, LONG_LIMIT, BodyHandlers.ofInputStream(), "Accept", LINES);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      if (answer.statusCode() / 100 != 2) {
        String whole = String.join("\n", lines.readAllLines());
        throw failure(answer, whole.getBytes(StandardCharsets.UTF_8));
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode said = json(line.getBytes(StandardCharsets.UTF_8));
        if (said.has("problem")) {
          throw new CliFailure(said.path("problem").asString(""));
        }
        if (said.has("report")) {
          return said.path("report");
        }
        progress.accept(said);
      }
      throw new CliFailure("Milena at %s ended in the middle of it.".formatted(url));
    } catch (IOException e) {
      throw new CliFailure("Speaking to Milena at %s failed: %s.".formatted(url, e), e);
    }
  }

  /** With a header that must not stand in the path. */
  byte[] bytes(String path, String header, String value) {
    return checked(exchange("GET", path, BodyPublishers.noBody(), "", header, value));
  }

  /** Every item of all pages. */
  void eachItem(String path, Consumer<JsonNode> item) {
    String mark = path.contains("?") ? "&" : "?";
    String after = "";
    do {
      JsonNode page = get(path + (after.isEmpty() ? "" : mark + "after=" + escape(after)));
      page.path("items").forEach(item);
      after = page.path("next").asString("");
    } while (!after.isEmpty());
  }

  private byte[] send(String method, String path, BodyPublisher body, String type) {
    return checked(exchange(method, path, body, type));
  }

  private CliFailure failure(HttpResponse<?> answer, byte[] body) {
    String sentence = sentence(answer, body);
    return switch (answer.statusCode()) {
      case 400, 409, 413 -> new CliFailure.Refused(sentence);
      case 503 -> new CliFailure.Unavailable(sentence);
      default -> new CliFailure(sentence);
    };
  }

  private byte[] checked(HttpResponse<byte[]> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw failure(answer, answer.body());
    }
    return answer.body();
  }

  private HttpResponse<byte[]> exchange(
      String method, String path, BodyPublisher body, String type, String... headers) {
    return ask(method, path, body, type, ANSWER_LIMIT, BodyHandlers.ofByteArray(), headers);
  }

  private <T> HttpResponse<T> ask(
      String method,
      String path,
      BodyPublisher body,
      String type,
      Duration limit,
      BodyHandler<T> handler,
      String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + path))
              .timeout(limit)
              .setHeader("Accept", JSON + ", application/problem+json, */*;q=0.5")
              .method(method, body);
      credentials.header().ifPresent(value -> request.header("Authorization", value));
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      for (int i = 0; i < headers.length; i += 2) {
        request.setHeader(headers[i], headers[i + 1]);
      }
      return http.send(request.build(), handler);
    } catch (IllegalArgumentException e) {
      throw new CliFailure(url + " is no URL: " + e.getMessage() + ".", e);
    } catch (ConnectException e) {
      throw new CliFailure(
          "Milena does not answer at %s. Start it with: ./milena start".formatted(url), e);
    } catch (HttpTimeoutException e) {
      throw new CliFailure("Milena at %s takes too long to answer.".formatted(url), e);
    } catch (IOException e) {
      throw new CliFailure("Speaking to Milena at %s failed: %s.".formatted(url, e.toString()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure("Interrupted.", e);
    }
  }

  private String sentence(HttpResponse<?> answer, byte[] body) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String detail = type.contains("json") ? json(body).path("detail").asString("") : "";
    if (answer.statusCode() == 401) {
      return (credentials instanceof Credentials.None
              ? "The server wants to know who you are. "
              : (detail.isEmpty() ? "The server does not know this token or password." : detail)
                  + " ")
          + "Give a token with --token or MILENA_TOKEN, or the operator's password in"
          + " MILENA_ADMIN_PASSWORD, or name the data folder that has it with --data.";
    }
    if (!detail.isEmpty()) {
      return detail;
    }
    return "%s answers with status %d and without a reason: is that Milena?"
        .formatted(answer.uri(), answer.statusCode());
  }

  private JsonNode json(byte[] body) {
    if (body.length == 0) {
      return object();
    }
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new CliFailure("What %s answers is no JSON: is that Milena?".formatted(url), e);
    }
  }

  private static BodyPublisher of(JsonNode body) {
    return BodyPublishers.ofString(MAPPER.writeValueAsString(body));
  }
}
