package org.milena.standalone.app;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.milena.archive.app.ArchiveConfiguration;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.app.ListexpanderConfiguration;
import org.milena.testkit.file.TemporaryFolder;
import org.milena.testkit.kafka.SharedBroker;
import org.milena.testkit.search.SharedElasticsearch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A site where accounts keep searches: archive and listexpander over one broker. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SavedSearchesSite {
  static final String API = "/api/v1/archive/searches";
  static final String PAGE = "/archive/searches";
  static final String PASSWORD = "correct horse battery";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final Path data = TemporaryFolder.create("milena-searches");
  private final ServletWebServerApplicationContext context = start();
  final HttpClient http = HttpClient.newHttpClient();

  /** Both services in one process, as in standalone. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({ListexpanderConfiguration.class, ArchiveConfiguration.class})
  static class Both {}

  SavedSearchesSite() {
    ok(api("admin", "POST", "/api/v1/lists", "{'address':'open@lists.example.org'}"));
    ok(
        api(
            "admin",
            "POST",
            "/api/v1/lists",
            "{'address':'inner@lists.example.org','settings':{'archiveAccess':'MEMBERS'}}"));
    member("ann@members.example");
  }

  private ServletWebServerApplicationContext start() {
    return (ServletWebServerApplicationContext)
        new SpringApplication(Both.class)
            .run(
                "--server.port=0",
                "--spring.config.location=classpath:milena-common.yml",
                "--milena.kafka=" + broker.bootstrapServers(),
                "--milena.elasticsearch=" + SharedElasticsearch.uri(),
                "--milena.domain=lists.example.org",
                "--milena.site-url=https://lists.example.org",
                "--milena.data=" + data,
                "--milena.listexpander.admin-password=" + PASSWORD,
                "--milena.archive.index-prefix=" + SharedElasticsearch.freshPrefix());
  }

  @AfterAll
  void end() {
    context.close();
    broker.close();
    TemporaryFolder.delete(data);
  }

  private void member(String address) {
    ok(
        api(
            "admin",
            "PUT",
            "/api/v1/lists/inner@lists.example.org/members/" + address,
            "{'roles':['MEMBER']}"));
  }

  /** An account of this test's own, with an address at {@code members.example}. */
  void account(String name) {
    ok(
        api(
            "admin",
            "PUT",
            "/api/v1/accounts/" + name,
            "{'password':'%s','address':'%s@members.example'}".formatted(PASSWORD, name)));
  }

  List<String> queries(String account) {
    return ok(api(account, "GET", API, null))
        .path("items")
        .valueStream()
        .map(one -> one.path("q").asString())
        .toList();
  }

  HttpResponse<String> api(String account, String method, String path, @Nullable String body) {
    String credentials = account + ":" + PASSWORD;
    return ask(
        account.isEmpty()
            ? null
            : "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)),
        method,
        path,
        body);
  }

  HttpResponse<String> bearer(String token, String method, String path, @Nullable String body) {
    return ask("Bearer " + token, method, path, body);
  }

  private HttpResponse<String> ask(
      @Nullable String authorization, String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(http, request.build());
  }

  static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s: %s", answer.uri(), answer.body()).isBetween(200, 299);
    return json(answer);
  }

  static JsonNode refused(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json(answer);
  }

  static String code(int status, HttpResponse<String> answer) {
    return refused(status, answer).path("code").asString();
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  static String cacheControl(HttpResponse<String> answer) {
    return String.join(", ", answer.headers().allValues("Cache-Control"));
  }

  URI uri(String path) {
    var server = context.getWebServer();
    if (server == null) {
      throw new IllegalStateException("no web server");
    }
    return URI.create("http://127.0.0.1:" + server.getPort()).resolve(path);
  }

  static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps cookies and follows where it is sent, as browsers do. */
  final class Browser {
    private final HttpClient client =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    Browser() {}

    Browser(String account) {
      Element form = Jsoup.parse(get("/login").body()).expectForm("form");
      HttpResponse<String> in = submit(form, Map.of("username", account, "password", PASSWORD));
      assertThat(in.uri().getPath()).isEqualTo("/");
    }

    HttpResponse<String> get(String path) {
      return send(client, HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").build());
    }

    /** What is in the form, but for these fields. */
    HttpResponse<String> submit(Element form, Map<String, String> others) {
      Map<String, String> fields = new LinkedHashMap<>();
      form.select("input").forEach(one -> fields.put(one.attr("name"), one.attr("value")));
      fields.putAll(others);
      return post(form.attr("action"), fields);
    }

    HttpResponse<String> keep(String search, String name) {
      Element form = Jsoup.parse(get(search).body()).expectForm("form[action=" + PAGE + "]");
      return submit(form, Map.of("name", name));
    }

    /** Says that the search which has the name is to be replaced. */
    HttpResponse<String> replace(Element form) {
      return submit(
          form, Map.of("replace", form.expectFirst("button[name=replace]").attr("value")));
    }

    HttpResponse<String> post(String path, Map<String, String> fields) {
      String form =
          fields.entrySet().stream()
              .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
              .collect(Collectors.joining("&"));
      return send(
          client,
          HttpRequest.newBuilder(uri(path))
              .header("Accept", "text/html")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form))
              .build());
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
