package org.milena.scanner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.milena.scanner.ReceivedMail.USERS;
import static org.milena.scanner.ReceivedMail.post;
import static org.milena.scanner.ReceivedMail.to;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.directory.Account;
import org.milena.common.event.MailJson;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.Publisher;
import org.milena.common.table.Table;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.scan.SampleMail;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;

/** The scanner as it is started, asked over HTTP. */
@Timeout(180)
class ScannerApplicationIT {

  @TempDir static Path data;

  private static ClamdServer clamd;
  private static ConfigurableApplicationContext application;
  private static String origin;
  private static final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    clamd = ClamdServer.start();
    application =
        new SpringApplicationBuilder(ScannerApplication.class)
            .run(
                "--server.port=0",
                "--milena.kafka=" + SharedBroker.bootstrapServers(),
                "--milena.partitions=4",
                "--milena.instance=scanner-application",
                "--milena.data=" + data,
                "--milena.scanner.clamd=" + clamd.tcp().text());
    origin = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    account("anna", "operator-token", true);
    account("bob", "other-token", false);
  }

  @AfterAll
  static void stop() {
    application.close();
    clamd.close();
  }

  private static void account(String name, String token, boolean operator) {
    Table<Account> accounts =
        application
            .<Table<Account>>getBeanProvider(
                ResolvableType.forClassWithGenerics(Table.class, Account.class))
            .getObject();
    accounts.put(
        name,
        new Account(
            name,
            null,
            null,
            List.of(),
            List.of(
                new Account.ApiToken("t", "test", sha256(token), Set.of(Account.Scope.values()))),
            operator,
            Instant.EPOCH));
  }

  @Test
  void operatorsSeeAndReleaseWhatIsKept() throws Exception {
    MailId id = send(attachmentWithMarkup(), post(USERS));
    awaitKept(id);
    JsonNode list = json(get("?limit=1"));
    assertThat(list.path("items").size()).isEqualTo(1);
    JsonNode one = json(get("/" + id));
    assertThat(one.path("state").asString()).isEqualTo("KEPT");
    assertThat(one.path("verdict").asString()).isEqualTo("INFECTED");
    assertThat(one.path("engines").size()).isEqualTo(2);
    assertThat(one.path("engines").path(1).path("engine").asString()).isEqualTo("clamd");
    assertThat(one.path("engines").path(1).path("version").asString()).startsWith("ClamAV");
    assertThat(one.path("attachments").path(0).path("name").asString())
        .isEqualTo("<img src=x onerror=alert(1)>\\u{202e}.bin");
    assertThat(get("/" + id).body()).doesNotContain(SampleMail.EICAR);

    HttpResponse<String> released = call("POST", "/" + id + "/release", "operator-token");
    assertThat(released.statusCode()).isEqualTo(200);
    assertThat(json(released).path("decidedBy").asString()).isEqualTo("anna");
    assertThat(call("POST", "/" + id + "/release", "operator-token").statusCode()).isEqualTo(200);
    HttpResponse<String> conflict = call("DELETE", "/" + id, "operator-token");
    assertThat(conflict.statusCode()).isEqualTo(409);
    assertThat(conflict.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(conflict).path("detail").asString())
        .isEqualTo("This mail was released before.");
    assertThat(get("?state=released").body()).contains(id.toString());
  }

  @Test
  void operatorsDelete() throws Exception {
    MailId id = send(SampleMail.mail("\r\n" + SampleMail.EICAR), post(USERS));
    awaitKept(id);
    assertThat(call("DELETE", "/" + id, "operator-token").statusCode()).isEqualTo(200);
    assertThat(call("DELETE", "/" + id, "operator-token").statusCode()).isEqualTo(200);
    assertThat(call("POST", "/" + id + "/release", "operator-token").statusCode()).isEqualTo(409);
  }

  @Test
  void mailForAPostmasterWhoIsNobodyIsVisible() throws Exception {
    MailId id =
        send(
            SampleMail.mail("\r\nhello"),
            to("postmaster@lists.localhost", new Route.SiteRole("postmaster")));
    awaitKept(id);
    HttpResponse<String> refused = call("POST", "/" + id + "/release", "operator-token");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("milena.scanner.postmaster");
  }

  @Test
  void nobodyElseSeesAnything() throws Exception {
    String id = ReceivedMail.nextId().toString();
    for (String[] request :
        new String[][] {
          {"GET", ""}, {"GET", "/" + id}, {"POST", "/" + id + "/release"}, {"DELETE", "/" + id}
        }) {
      assertThat(call(request[0], request[1], null).statusCode()).isEqualTo(401);
      assertThat(call(request[0], request[1], "wrong").statusCode()).isEqualTo(401);
      assertThat(call(request[0], request[1], "other-token").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void mistakesGetASentence() throws Exception {
    assertThat(get("/" + ReceivedMail.nextId()).statusCode()).isEqualTo(404);
    assertThat(get("/nonsense").statusCode()).isEqualTo(400);
    assertThat(get("?state=nonsense").statusCode()).isEqualTo(400);
    assertThat(get("?after=nonsense").statusCode()).isEqualTo(400);
    assertThat(get("?limit=x").statusCode()).isEqualTo(400);
    assertThat(json(get("/nonsense")).path("detail").asString()).startsWith("A mail id is");
  }

  @Test
  void tellsItsHealthAndMeters() throws Exception {
    send(SampleMail.mail("\r\nhello\r\n"), post(USERS));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(ask("GET", "/actuator/prometheus", null).body())
                .contains("milena_scanner_scan_seconds_count{engine=\"clamd\",verdict=\"clean\"")
                .contains("milena_scanner_age_seconds_bucket{verdict=\"clean\"")
                .contains("milena_scanner_quarantine_kept")
                .contains("resilience4j_circuitbreaker_state{"));
    assertThat(ask("GET", "/actuator/health", null).body()).contains("\"status\":\"UP\"");
    clamd.kill();
    try {
      send(SampleMail.mail("\r\nhello\r\n"), post(USERS));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(ask("GET", "/actuator/health", null).body()).contains("OUT_OF_SERVICE"));
    } finally {
      clamd.startAgain();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(ask("GET", "/actuator/health", null).body()).contains("\"status\":\"UP\""));
  }

  private static RawMessage attachmentWithMarkup() {
    return SampleMail.attachment(
        "application/octet-stream",
        "Content-Disposition: attachment;"
            + " filename*=utf-8''%3Cimg%20src=x%20onerror=alert(1)%3E%E2%80%AE.bin\r\n",
        "base64",
        SampleMail.base64(SampleMail.EICAR));
  }

  private static MailId send(RawMessage message, RoutedRecipient... recipients) {
    MailId id = ReceivedMail.nextId();
    application
        .getBean(Publisher.class)
        .publish(ReceivedMail.record(ReceivedMail.meta(id, message, recipients), message))
        .join();
    return id;
  }

  private static void awaitKept(MailId id) {
    await().atMost(Duration.ofSeconds(60)).until(() -> get("/" + id).statusCode() == 200);
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return call("GET", path, "operator-token");
  }

  private static HttpResponse<String> call(String method, String path, @Nullable String token)
      throws IOException, InterruptedException {
    return ask(method, "/api/v1/ops/quarantine" + path, token);
  }

  private static HttpResponse<String> ask(String method, String path, @Nullable String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return MailJson.mapper().readTree(response.body());
  }

  private static String sha256(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
