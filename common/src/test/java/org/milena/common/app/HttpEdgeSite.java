package org.milena.common.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
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
import org.milena.common.web.BrokenOffException;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;

/** A site with nothing behind its edge, to be asked over a real socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HttpEdgeSite {
  static final String SUBSCRIBE = "/api/v1/lists/users@lists.example/subscriptions";
  static final String IMPORT = "/api/v1/lists/users@lists.example/members/import";
  private static final String PASSWORD = "correct horse battery";
  static final String OPERATOR = basic("ann");

  ServletWebServerApplicationContext context;
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

    @GetMapping("/api/v1/half")
    void half(HttpServletResponse response) throws IOException {
      response.setContentType("message/rfc822");
      response.getOutputStream().write("half an answer".getBytes(UTF_8));
      response.flushBuffer();
      throw new BrokenOffException(new IllegalStateException("the index is gone"));
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

  static void problem(Answer answer, int status, String code) {
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

  Answer get(String path, String header) throws IOException {
    return ask("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n".formatted(path, header));
  }

  Answer post(String path, String header, String json) throws IOException {
    return request("POST", path, header, "application/json", json.replace('\'', '"'));
  }

  Answer request(String method, String path, String header, String type, String body)
      throws IOException {
    return ask(
        "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, header, type, body.getBytes(UTF_8).length, body));
  }

  Answer chunked(String method, String path, String type, String begin, int length)
      throws IOException {
    return chunkedAs(method.equals("PUT") ? OPERATOR : "", method, path, type, begin, length);
  }

  Answer chunkedAs(String header, String method, String path, String type, String begin, int length)
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

  Answer ask(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new Answer(new String(in.readAllBytes(), UTF_8));
    }
  }

  static String basic(String name) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString((name + ":" + PASSWORD).getBytes(UTF_8))
        + "\r\n";
  }

  record Answer(String text) {
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
