package org.milena.common.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.MailJson;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.MemoryTable;
import org.milena.common.table.Table;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.BodyLimitFilter;
import org.milena.common.web.Caller;
import org.milena.common.web.ProblemHandler;
import org.milena.common.web.SignIn;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;

/** What comes back over a real socket for requests that are wrong, too large, or nonsense. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpEdgeTest {
  private static final String SUBSCRIBE = "/api/v1/lists/users@lists.example/subscriptions";
  private static final String IMPORT = "/api/v1/lists/users@lists.example/members/import";
  private static final String PASSWORD = "correct horse battery";
  private static final String OPERATOR = basic("ann");

  private ServletWebServerApplicationContext context;
  private int port;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
  @Import({SecurityConfiguration.class, ProblemHandler.class, Probe.class})
  static class Site {
    @Bean
    JacksonModule mailJacksonModule() {
      return MailJson.module();
    }

    @Bean
    DirectoryTables directoryTables() {
      return DirectoryTables.of(MemoryTable::of);
    }

    @Bean
    Directory directory(DirectoryTables tables) {
      return new TableDirectory(tables, InstantSource.system());
    }
  }

  record Wanted(
      @Nullable MailAddress address,
      @Nullable String displayName,
      @Nullable List<MailAddress> owners,
      @Nullable Policy settings) {}

  record Policy(@Nullable MemberRole role, @Nullable Integer maxSize, @Nullable Boolean verp) {}

  /** Stands for the controllers of the services. */
  @RestController
  static class Probe {
    @PostMapping("/api/v1/lists/{list}/subscriptions")
    Wanted subscribe(@PathVariable("list") String list, @RequestBody Wanted wanted) {
      return wanted;
    }

    @PostMapping(path = "/api/v1/lists/{list}/members/import", consumes = "text/plain")
    long lines(@PathVariable("list") String list, BufferedReader body) {
      return body.lines().count();
    }

    @GetMapping(path = "/api/v1/probe", produces = MediaType.APPLICATION_JSON_VALUE)
    List<String> probe(@RequestParam(defaultValue = "1") int limit) {
      Caller.current().requireOperator();
      return List.of();
    }

    @PostMapping("/api/v1/probe")
    void post() {}

    @GetMapping("/api/v1/fails")
    String fails() {
      throw new IllegalStateException("org.milena.secret");
    }

    @GetMapping("/api/v1/archive/conflict")
    String conflict() {
      throw ApiProblem.unauthorized("Sign in to do this.");
    }

    @GetMapping({"/closed", "/api/v1/archive/closed"})
    String closed() {
      throw ApiProblem.unauthorized("Sign in to read it.");
    }

    @GetMapping({"/away", "/api/v1/archive/away"})
    String away() {
      throw new OutageException("the index is away");
    }

    @GetMapping({"/busy", "/api/v1/archive/busy"})
    String busy() {
      throw ApiProblem.unavailable("Ask again.");
    }

    @PostMapping("/lists/form")
    String form(@ModelAttribute Policy policy, @RequestParam(defaultValue = "") String text) {
      return text.length() + "";
    }
  }

  @BeforeAll
  void start() {
    context =
        (ServletWebServerApplicationContext)
            new SpringApplication(Site.class)
                .run(
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--spring.main.banner-mode=off",
                    "--spring.servlet.multipart.enabled=false",
                    "--logging.level.root=error");
    port = Objects.requireNonNull(context.getWebServer()).getPort();
    String hash = context.getBean(SignIn.class).hash(PASSWORD);
    Table<Account> accounts = context.getBean(DirectoryTables.class).accounts();
    accounts.put("ann", account("ann", hash, true));
    accounts.put("bob", account("bob", hash, false));
  }

  @AfterAll
  void stop() {
    context.close();
  }

  private static Account account(String name, String hash, boolean operator) {
    return new Account(name, null, hash, List.of(), List.of(), operator, Instant.EPOCH);
  }

  /** Timing its filters cost more than they do, and filled the numbers that are served. */
  @Test
  void countsSignInsButNotTheFiltersOfEachRequest() {
    SecurityObservationSettings observed = context.getBean(SecurityObservationSettings.class);
    assertThat(observed.shouldObserveAuthentications()).isTrue();
    assertThat(observed.shouldObserveRequests()).isFalse();
    assertThat(observed.shouldObserveAuthorizations()).isFalse();
  }

  @Test
  void takesWhatIsRight() throws IOException {
    assertThat(post(SUBSCRIBE, "", "{'address':'a@b.example','displayName':'A'}").status())
        .isEqualTo(200);
    assertThat(get("/api/v1/probe", OPERATOR).status()).isEqualTo(200);
  }

  @Test
  void refusesABodyThatSaysItIsTooLarge() throws IOException {
    // refused by its length alone: nothing is sent behind the header
    Answer answer =
        ask(
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(SUBSCRIBE, BodyLimitFilter.JSON + 1));
    problem(answer, 413, "too-large");
    assertThat(answer.json().get("detail").asString()).contains("65,536");
  }

  @ParameterizedTest
  @CsvSource({"POST,application/json", "PUT,application/x-www-form-urlencoded"})
  void countsABodyThatDoesNotSayHowLargeItIs(String method, String type) throws IOException {
    String path = method.equals("POST") ? SUBSCRIBE : "/api/v1/probe";
    problem(chunked(method, path, type, "{\"displayName\":\"", 200_000), 413, "too-large");
  }

  @Test
  void countsInsideANestedValueToo() throws IOException {
    problem(
        chunked("POST", SUBSCRIBE, "application/json", "{\"settings\":{\"x\":\"", 200_000),
        413,
        "too-large");
  }

  @Test
  void takesABodyOfJustTheLimit() throws IOException {
    String frame = "{\"displayName\":\"\"}";
    String name = "x".repeat(BodyLimitFilter.JSON - frame.length());
    assertThat(post(SUBSCRIBE, "", "{\"displayName\":\"" + name + "\"}").status()).isEqualTo(200);
    problem(post(SUBSCRIBE, "", "{\"displayName\":\"" + name + "x\"}"), 413, "too-large");
  }

  @Test
  void takesMoreOfMembersThanOfOthers() throws IOException {
    assertThat(chunkedAs(OPERATOR, "POST", IMPORT, "text/plain", "a@b.example\n", 300_000).status())
        .isEqualTo(200);
    problem(
        ask(
            "POST %s HTTP/1.1\r\nHost: x\r\n%sContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
                .formatted(IMPORT, OPERATOR, BodyLimitFilter.MEMBERS + 1L)),
        413,
        "too-large");
  }

  @Test
  void takesNoLargeForm() throws IOException {
    String type = "application/x-www-form-urlencoded";
    assertThat(request("POST", "/lists/form", "", type, "text=" + "x".repeat(100_000)).body())
        .isEqualTo("100000");
    assertThat(request("POST", "/lists/form", "", type, "text=" + "x".repeat(300_000)).status())
        .isEqualTo(413);
    assertThat(chunked("POST", "/lists/form", type, "text=", 300_000).status()).isEqualTo(413);
  }

  @Test
  void readsMoreOfAPostThatIsWrittenInAForm() throws IOException {
    String type = "application/x-www-form-urlencoded";
    String path = "/lists/users@lists.example/post";
    String text = "text=" + "x".repeat(BodyLimitFilter.POST - 5);
    // read, and refused for want of the form's token only
    problem(request("POST", path, "", type, text), 403, "forbidden");
    problem(chunked("POST", path, type, "text=", 2_000_000), 403, "forbidden");
    problem(
        ask(
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, type, BodyLimitFilter.POST + 1)),
        413,
        "too-large");
    problem(chunked("POST", path, type, "text=", 2_200_000), 413, "too-large");
    problem(request("PUT", path, "", type, "text=" + "x".repeat(300_000)), 413, "too-large");
  }

  @Test
  void tellsABrowserInAPageThatItsFormIsTooLarge() throws IOException {
    Answer answer =
        request(
            "POST",
            "/lists/form",
            "Accept: text/html\r\n",
            "application/x-www-form-urlencoded",
            "text=" + "x".repeat(300_000));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("Content-Type")).startsWith("text/html");
    assertThat(answer.body()).contains("<h1>", "Go back");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'address':'no address'} | address cannot be read",
        "{'owners':['a@b.example','x']} | owners[1] cannot be read",
        "{'settings':{'role':'KING'}} | settings.role cannot be \"KING\": it is one of MEMBER,"
            + " OWNER",
        "{'settings':{'maxSize':'big'}} | settings.maxSize cannot be \"big\": it is a number",
        "{'settings':{'maxSize':99999999999}} | settings.maxSize is out of range: it is a number",
        "{'settings':{'verp':'maybe'}} | settings.verp cannot be \"maybe\": it is true or false",
        "{'settings':[]} | settings is of the wrong kind: it is an object",
        "{'owners':'x'} | owners is of the wrong kind: it is a list",
        "{'displayName':{}} | displayName is of the wrong kind: it is a text",
        "[] | The body is of the wrong kind: it is an object",
        "{'address': | The body is no JSON, seen at line 1, column",
        "nonsense | The body is no JSON",
        "'' | The request has no body",
      })
  void saysWhatIsWrongWithABody(String body, String sentence) throws IOException {
    Answer answer = post(SUBSCRIBE, "", body);
    problem(answer, 400, "unreadable-body");
    assertThat(answer.json().get("detail").asString()).startsWith(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/lists;x=1",
        "/api//v1/lists",
        "/api/v1/lists/%25",
        "/api/v1/lists/a%2Fb",
        "/api/v1/lists/a%5Cb",
        "/api/v1/lists/%zz",
        "/api/v1/lists/a%00b",
        "/api/v1/lists/../x",
        "/api/v1/lists/%2e%2e/x",
        "/a%2Fb",
        "/x;y",
      })
  void answersAddressesThatAreRefused(String path) throws IOException {
    for (String authorization : List.of("", OPERATOR)) {
      Answer answer = get(path, authorization);
      problem(answer, 400, "request-refused");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/archive/l@x/a%2Fb@c/, 404",
    "/archive/l@x/a%2F%2Fb@c/, 404",
    "/archive/l@x/100%25@c/, 404",
    "/archive/l@x/a%5Cb@c/, 404",
    "/archive/l@x/a;b@c/, 404",
    "/thread.html/%3Ca%2Fb@c%3E, 404",
    "/archive/../manage/, 400",
    "/archive/%2e%2e/manage/, 400",
    "/archive/l@x//manage/, 400",
    "/archive/l@x/a%00b/, 400",
    "/archive/l@x/%zz/, 400",
    "/manage/archive/a%2Fb/, 400",
  })
  void takesMessageIdsWhereTheyBelong(String path, int status) throws IOException {
    assertThat(get(path, "Accept: text/html\r\n").status()).isEqualTo(status);
    if (status == 404) {
      String form = "application/x-www-form-urlencoded";
      assertThat(request("POST", path, "", form, "x=y").status()).isEqualTo(400);
    }
  }

  @Test
  void showsBrowsersAPage() throws IOException {
    for (String path : List.of("/a%2Fb", "/nothing", "/x;y")) {
      Answer answer = get(path, "Accept: text/html\r\n");
      assertThat(answer.header("Content-Type")).as(path).startsWith("text/html");
      assertThat(answer.body()).contains("<h1>").doesNotContain("Tomcat");
    }
  }

  @Test
  void says401ToNobody() throws IOException {
    for (Answer answer :
        List.of(
            get("/api/v1/probe", ""),
            get("/api/v1/nothing", ""),
            get("/api/v1/archive/conflict", ""),
            get("/api/v1/probe", basic("nobody")),
            get("/api/v1/probe", "Authorization: Bearer wrong\r\n"))) {
      problem(answer, 401, answer.json().get("code").asString());
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer").doesNotContain("Basic");
    }
  }

  /**
   * A challenge of every 401 (RFC 9110 section 11.6.1); none that opens a window for a password.
   */
  @Test
  void says401OnPagesWithAChallengeToo() throws IOException {
    for (String path : List.of("/closed", "/api/v1/archive/closed")) {
      for (String accept : List.of("text/html", "*/*")) {
        Answer answer = get(path, "Accept: " + accept + "\r\n");
        assertThat(answer.status()).as(path).isEqualTo(401);
        assertThat(answer.headers("WWW-Authenticate"))
            .as(path + " " + accept)
            .containsExactly("Bearer realm=\"milena\"");
      }
    }
  }

  @Test
  void saysOnceWhenToComeAgain() throws IOException {
    for (String accept : List.of("text/html", "*/*")) {
      String header = "Accept: " + accept + "\r\n";
      for (String path : List.of("/away", "/api/v1/archive/away")) {
        Answer away = get(path, header);
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.headers("Retry-After")).as(path + " " + accept).containsExactly("30");
      }
      for (String path : List.of("/busy", "/api/v1/archive/busy")) {
        Answer busy = get(path, header);
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.headers("Retry-After")).as(path + " " + accept).containsExactly("5");
      }
    }
  }

  @Test
  void says403ToOthersThanOperators() throws IOException {
    problem(get("/api/v1/probe", basic("bob")), 403, "forbidden");
  }

  @Test
  void says403WhereAFormLacksItsToken() throws IOException {
    problem(
        request("POST", "/manage/lists", "", "application/x-www-form-urlencoded", "a=b"),
        403,
        "forbidden");
  }

  @Test
  void says404() throws IOException {
    problem(get("/api/v1/nothing", OPERATOR), 404, "not-found");
    problem(get("/nothing", ""), 404, "not-found");
    problem(get("/error", ""), 404, "not-found");
  }

  @Test
  void says405AndWhatIsAllowed() throws IOException {
    Answer answer = request("DELETE", "/api/v1/probe", OPERATOR, "application/json", "");
    problem(answer, 405, "request-refused");
    assertThat(Set.of(answer.header("Allow").split(", *"))).contains("GET", "POST");
  }

  @Test
  void says406() throws IOException {
    problem(get("/api/v1/probe", OPERATOR + "Accept: image/png\r\n"), 406, "request-refused");
  }

  @Test
  void says415AndWhatIsTaken() throws IOException {
    Answer answer = request("POST", SUBSCRIBE, "", "text/plain", "hello");
    problem(answer, 415, "request-refused");
    assertThat(answer.header("Accept")).contains("application/json");
    problem(
        request("POST", SUBSCRIBE, "", "multipart/form-data; boundary=b", "--b--"),
        415,
        "request-refused");
  }

  @Test
  void keepsItsInsidesToItself() throws IOException {
    problem(get("/api/v1/fails", OPERATOR), 500, "defect");
    problem(get("/api/v1/probe?limit=many", OPERATOR), 400, "invalid-parameter");
    Answer answer =
        request("POST", "/lists/form", "", "application/x-www-form-urlencoded", "role=KING");
    problem(answer, 400, "invalid-fields");
    assertThat(answer.json().get("detail").asString()).isEqualTo("role cannot be \"KING\".");
  }

  private static void problem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("code").asString()).isEqualTo(code);
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("detail").asString())
        .endsWith(".")
        .doesNotContain("org.", "java.", "jackson", "Exception");
  }

  private Answer get(String path, String header) throws IOException {
    return ask("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n".formatted(path, header));
  }

  private Answer post(String path, String header, String json) throws IOException {
    return request("POST", path, header, "application/json", json.replace('\'', '"'));
  }

  private Answer request(String method, String path, String header, String type, String body)
      throws IOException {
    return ask(
        "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, header, type, body.getBytes(UTF_8).length, body));
  }

  private Answer chunked(String method, String path, String type, String begin, int length)
      throws IOException {
    return chunkedAs(method.equals("PUT") ? OPERATOR : "", method, path, type, begin, length);
  }

  private Answer chunkedAs(
      String header, String method, String path, String type, String begin, int length)
      throws IOException {
    String rest = chunk(begin.endsWith("\n") ? begin.repeat(100) : "x".repeat(1_000));
    return ask(
        "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%sContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n%s0\r\n\r\n"
            .formatted(
                method, path, header, type, chunk(begin) + rest.repeat(length / rest.length())));
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private Answer ask(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new Answer(new String(in.readAllBytes(), UTF_8));
    }
  }

  private static String basic(String name) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString((name + ":" + PASSWORD).getBytes(UTF_8))
        + "\r\n";
  }

  private record Answer(String text) {
    int status() {
      return Integer.parseInt(text.split(" ", 3)[1]);
    }

    String header(String name) {
      return headers(name).stream().findFirst().orElse("");
    }

    List<String> headers(String name) {
      return text.substring(0, text.indexOf("\r\n\r\n"))
          .lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .toList();
    }

    String body() {
      String body = text.substring(text.indexOf("\r\n\r\n") + 4);
      return header("Transfer-Encoding").equals("chunked")
          ? body.replaceAll("(?s)^[0-9a-fA-F]+\r\n|\r\n[0-9a-fA-F]+\r\n(\r\n)?", "")
          : body;
    }

    JsonNode json() {
      return MailJson.mapper().readTree(body());
    }
  }
}
