package org.milena.standalone.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

  /** A POST that says all in its path. */
  JsonNode post(String path) {
    return json(send("POST", path, BodyPublishers.noBody(), ""));
  }

  JsonNode post(String path, String body, String type) {
    return json(send("POST", path, BodyPublishers.ofString(body), type));
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

  private byte[] checked(HttpResponse<byte[]> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new CliFailure(sentence(answer));
    }
    return answer.body();
  }

  private HttpResponse<byte[]> exchange(
      String method, String path, BodyPublisher body, String type, String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + path))
              .timeout(ANSWER_LIMIT)
              .header("Accept", JSON + ", application/problem+json, */*;q=0.5")
              .method(method, body);
      credentials.header().ifPresent(value -> request.header("Authorization", value));
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      if (headers.length > 0) {
        request.headers(headers);
      }
      return http.send(request.build(), BodyHandlers.ofByteArray());
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

  private String sentence(HttpResponse<byte[]> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String detail = type.contains("json") ? json(answer.body()).path("detail").asString("") : "";
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
