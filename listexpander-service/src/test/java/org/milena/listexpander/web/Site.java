package org.milena.listexpander.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailJson;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.app.ListexpanderApplication;
import org.milena.listexpander.fake.Instance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The service as a whole behind its port, seen from outside. */
final class Site implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";

  private final ConfigurableApplicationContext context;
  private final URI base;
  private final HttpClient client = HttpClient.newHttpClient();

  Site(String bootstrapServers, Path data, Map<String, Object> more) {
    SpringApplication application = new SpringApplication(ListexpanderApplication.class);
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "milena.kafka", bootstrapServers,
                "milena.domain", "lists.example.org",
                "milena.site-url", "https://lists.example.org",
                "milena.data", data.toString(),
                "milena.listexpander.admin-password", PASSWORD,
                "server.port", "0",
                "spring.main.banner-mode", "off"));
    settings.putAll(more);
    application.setDefaultProperties(settings);
    context =
        application.run(
            settings.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
    if (!(context instanceof WebServerApplicationContext web) || web.getWebServer() == null) {
      throw new AssertionError("there is no web server");
    }
    base = URI.create("http://localhost:" + web.getWebServer().getPort());
  }

  /** A bean of the service: to look behind, never to act. */
  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The token in the confirmation that went to an address; waits for it. */
  String confirmation(String address) {
    AtomicReference<String> token = new AtomicReference<>("");
    Instance.await(() -> {
      token.set(token(address));
      return !token.get().isEmpty();
    });
    return token.get();
  }

  /** The mails with these words that were sent before the last answer. */
  List<String> sent(String words) {
    return Instance.records(bean(KafkaAccess.class), Topics.OUTGOING).stream()
        .map(record -> new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8))
        .filter(text -> text.contains(words))
        .toList();
  }

  private String token(String address) {
    return sent("To: " + MailAddress.of(address)).stream()
        .map(Pattern.compile("/confirm/([a-z0-9]+)")::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElse("");
  }

  /** One answer. */
  record Answer(int status, String body, Map<String, String> headers) {
    JsonNode json() {
      return MailJson.mapper().readTree(body);
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** Asks as the operator. */
  Answer api(String method, String path) {
    return ask(method, "/api/v1" + path, basic("admin", PASSWORD), "application/json", null);
  }

  /** Asks as the operator, with JSON. */
  Answer api(String method, String path, String json) {
    return ask(
        method,
        "/api/v1" + path,
        basic("admin", PASSWORD),
        "application/json",
        json.replace('\'', '"'));
  }

  /** Asks with another sign-in; empty for none. */
  Answer as(String authorization, String method, String path, @Nullable String json) {
    return ask(
        method,
        "/api/v1" + path,
        authorization,
        "application/json",
        json == null ? null : json.replace('\'', '"'));
  }

  /** Sends JSON that is known by a key when it comes again. */
  Answer keyed(String authorization, String path, String key, String json) {
    return send(
        client,
        HttpRequest.newBuilder(base.resolve("/api/v1" + path))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .header("Authorization", authorization)
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(json.replace('\'', '"')))
            .build());
  }

  /** Sends a text. */
  Answer text(String path, String type, String text) {
    return ask("POST", "/api/v1" + path, basic("admin", PASSWORD), type, text);
  }

  /** A form of any type, without any sign-in or cookie. */
  Answer form(String path, String type, String body) {
    return ask("POST", path, "", type, body);
  }

  /** Sends octets as the operator. */
  Answer octets(String path, byte[] body, String accept) {
    return send(
        client,
        HttpRequest.newBuilder(base.resolve("/api/v1" + path))
            .header("Accept", accept)
            .header("Content-Type", "application/octet-stream")
            .header("Authorization", basic("admin", PASSWORD))
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  /** Fetches octets as the operator. */
  byte[] octets(String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(base.resolve("/api/v1" + path))
                .header("Authorization", basic("admin", PASSWORD))
                .build(),
            BodyHandlers.ofByteArray())
        .body();
  }

  /** A page, without any sign-in. */
  Answer page(String method, String path, @Nullable String form) {
    return ask(method, path, "", "application/x-www-form-urlencoded", form);
  }

  private Answer ask(
      String method, String path, String authorization, String type, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Accept", path.startsWith("/api/") ? "application/json" : "text/html,*/*")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (body != null) {
      request.header("Content-Type", type);
    }
    return send(client, request.build());
  }

  /** A browser that is signed in. */
  Browser signIn(String name, String password) {
    Browser browser = new Browser();
    Answer form = browser.get("/login");
    Answer in =
        browser.post("/login", Map.of("username", name, "password", password), csrf(form.body()));
    if (in.status() != 302 || in.header("location").contains("error")) {
      throw new AssertionError("not signed in: " + in);
    }
    return browser;
  }

  /** A browser without cookies. */
  Browser browser() {
    return new Browser();
  }

  static String csrf(String page) {
    Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page);
    if (!token.find()) {
      throw new AssertionError("no token in the page:\n" + page);
    }
    return token.group(1);
  }

  /** Keeps cookies, as browsers do. */
  final class Browser {
    private final HttpClient cookies =
        HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    Answer get(String path) {
      return send(
          cookies,
          HttpRequest.newBuilder(base.resolve(path)).header("Accept", "text/html").build());
    }

    Answer post(String path, Map<String, String> fields, String csrf) {
      Map<String, String> all = new HashMap<>(fields);
      all.put("_csrf", csrf);
      String form =
          all.entrySet().stream()
              .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
              .collect(Collectors.joining("&"));
      return send(
          cookies,
          HttpRequest.newBuilder(base.resolve(path))
              .header("Accept", "text/html")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form))
              .build());
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Answer send(HttpClient client, HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.body(),
          response.headers().map().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      header -> header.getKey().toLowerCase(Locale.ROOT),
                      header -> String.join(", ", header.getValue()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String basic(String name, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  static String bearer(String token) {
    return "Bearer " + token;
  }

  @Override
  public void close() {
    context.close();
  }
}
