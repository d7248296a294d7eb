package org.milena.scanner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.milena.scanner.ReceivedMail.USERS;
import static org.milena.scanner.ReceivedMail.post;
import static org.milena.scanner.ReceivedMail.to;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import net.lingala.zip4j.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.directory.Account;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.event.MailJson;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.header.HeaderEditor;
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
    Table<Account> accounts = application.getBean(DirectoryTables.class).accounts();
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

    assertThat(one.path("attachments").path(0).path("sha256").asString())
        .isEqualTo("275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f");
    assertThat(one.path("header").path(0).asString()).startsWith("Authentication-Results: ");
    assertThat(one.path("header").valueStream().map(JsonNode::asString))
        .anyMatch(line -> line.startsWith("From: Milena"));

    HttpResponse<String> refused = call("POST", "/" + id + "/release", "operator-token");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).path("code").asString()).isEqualTo("still-infected");
    assertThat(json(refused).path("detail").asString())
        .containsPattern("builtin says Eicar-Test-Signature; clamd says .*Eicar");
    HttpResponse<String> released = despite(id);
    assertThat(released.statusCode()).isEqualTo(200);
    assertThat(json(released).path("acts").path(0).path("note").asString()).isEqualTo("a test");
    assertThat(json(released).path("acts").path(0).path("engines").size()).isEqualTo(2);
    assertThat(json(released).path("decidedBy").asString()).isEqualTo("anna");
    assertThat(call("POST", "/" + id + "/release", "operator-token").statusCode()).isEqualTo(200);
    HttpResponse<String> conflict = call("DELETE", "/" + id, "operator-token");
    assertThat(conflict.statusCode()).isEqualTo(409);
    assertThat(conflict.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(conflict).path("detail").asString())
        .isEqualTo("This mail was released before.");
    assertThat(get("?state=released").body()).contains(id.toString());
    assertThat(get("?state=released&verdict=spam").body()).doesNotContain(id.toString());
    assertThat(get("?state=released&text=SAMPLE&list=users@lists.example.org").body())
        .contains(id.toString());
    assertThat(list.path("counts").path("kept").asLong()).isPositive();
  }

  @Test
  void aDownloadIsAnEncryptedFileWithTheBytesAndIsNotedFirst() throws Exception {
    RawMessage message = SampleMail.mail("\r\n" + SampleMail.EICAR);
    MailId id = send(message, post(USERS));
    awaitKept(id);
    for (String password : new String[] {"infected", "another~one"}) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(origin + "/api/v1/ops/quarantine/" + id + "/download"))
              .header("Authorization", "Bearer operator-token");
      if (!password.equals("infected")) {
        request.header("Milena-Zip-Password", password);
      }
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
      assertThat(answer.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"" + id + ".zip\"");
      assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
      assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
      Path file = data.resolve(password + ".zip");
      Files.write(file, answer.body());
      try (ZipFile zip = new ZipFile(file.toFile(), password.toCharArray());
          InputStream entry = zip.getInputStream(zip.getFileHeader(id + ".eml"))) {
        HeaderEditor kept = HeaderEditor.of(RawMessage.wrap(entry.readAllBytes()));
        assertThat(kept.remove("Authentication-Results").toMessage()).isEqualTo(message);
      }
    }
    JsonNode acts = json(get("/" + id)).path("acts");
    assertThat(acts.size()).isEqualTo(2);
    assertThat(acts.path(0).path("act").asString()).isEqualTo("DOWNLOADED");
    assertThat(acts.path(0).path("by").asString()).isEqualTo("anna");
    assertThat(json(get("/" + id)).path("state").asString()).isEqualTo("KEPT");
  }

  @Test
  void whatAMailClaimsNeverBreaksOutOfTheAnswer() throws Exception {
    RawMessage message =
        RawMessage.wrap(
            SampleMail.bytes(
                "From: \"</script>\u001b[2J\" <x@example.org>\r\n"
                    + "Subject: =?utf-8?Q?a=0D=0ASet-Cookie:_b=E2=80=AE?= <img src=x>\r\n\r\n"
                    + SampleMail.EICAR));
    MailId id = send(message, post(USERS));
    awaitKept(id);
    HttpResponse<String> answer = get("/" + id);
    assertThat(answer.headers().map()).doesNotContainKey("Set-Cookie");
    assertThat(json(answer).path("subject").asString())
        .isEqualTo("a Set-Cookie: b\\u{202e} <img src=x>");
    assertThat(json(answer).path("author").asString()).contains("\\u{1b}[2J");
    assertThat(answer.body().chars()).noneMatch(c -> c == 27 || c == 0x202e);
  }

  private static HttpResponse<String> despite(MailId id) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(origin + "/api/v1/ops/quarantine/" + id + "/release"))
            .header("Authorization", "Bearer operator-token")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"despite\":true,\"note\":\"a test\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
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
          {"GET", ""},
          {"GET", "/" + id},
          {"GET", "/" + id + "/download"},
          {"POST", "/" + id + "/release"},
          {"DELETE", "/" + id}
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
    assertThat(get("?verdict=bad").statusCode()).isEqualTo(400);
    assertThat(get("?list=nobody").statusCode()).isEqualTo(400);
    assertThat(get("/" + ReceivedMail.nextId() + "/download").statusCode()).isEqualTo(404);
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
      // another one: what was read before needs no engine
      send(SampleMail.mail("\r\nhello again\r\n"), post(USERS));
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
