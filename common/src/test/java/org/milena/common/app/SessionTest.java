package org.milena.common.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.TableDirectory;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.MemoryTable;
import org.milena.common.table.Table;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.milena.common.web.ProblemHandler;
import org.milena.common.web.SignIn;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A session is worth what its account is worth now. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionTest {
  private static final String PASSWORD = "correct horse battery";
  private static final MailAddress ADDRESS = MailAddress.of("ann@a.example");
  private static final MailAddress OTHER = MailAddress.of("ann@b.example");

  private ServletWebServerApplicationContext context;
  private URI base;
  private String hash;
  private Table<Account> accounts;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
  @Import({SecurityConfiguration.class, ProblemHandler.class, Probe.class})
  static class Site {
    @Bean
    DirectoryTables directoryTables() {
      return DirectoryTables.of(MemoryTable::of);
    }

    @Bean
    AtomicBoolean fresh() {
      return new AtomicBoolean(true);
    }

    @Bean
    Directory directory(DirectoryTables tables, AtomicBoolean fresh) {
      Directory whole = new TableDirectory(tables, InstantSource.system());
      return (Directory)
          Proxy.newProxyInstance(
              Directory.class.getClassLoader(),
              new Class<?>[] {Directory.class},
              (_, method, arguments) ->
                  method.getName().equals("isFresh")
                      ? fresh.get()
                      : method.invoke(whole, arguments));
    }

    @Bean
    ListAccess listAccess(Directory directory) {
      return new ListAccess(directory);
    }
  }

  /** Stands for the pages of the services. */
  @RestController
  static class Probe {
    private final ListAccess access;

    Probe(ListAccess access) {
      this.access = access;
    }

    @GetMapping("/who")
    String who() {
      Caller caller = Caller.current();
      return caller.name() + " " + caller.operator() + " " + access.addresses(caller);
    }

    @GetMapping("/ops/who")
    String operator() {
      return Caller.current().requireOperator().name();
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
                    "--logging.level.root=error");
    base =
        URI.create("http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort());
    hash = context.getBean(SignIn.class).hash(PASSWORD);
    accounts = context.getBean(DirectoryTables.class).accounts();
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @BeforeEach
  void account() {
    context.getBean(AtomicBoolean.class).set(true);
    put(hash, ADDRESS, true);
  }

  private void put(String password, MailAddress address, boolean operator) {
    accounts.put(
        "ann",
        new Account("ann", address, password, List.of(), List.of(), operator, Instant.EPOCH));
  }

  @Test
  void aSessionIsThatOfItsAccount() throws Exception {
    HttpClient ann = signIn();
    assertThat(get(ann, "/who")).isEqualTo("ann true [ann@a.example]");
    assertThat(get(ann, "/ops/who")).isEqualTo("ann");
    put(hash, OTHER, true);
    assertThat(get(ann, "/who")).as("as it is now").isEqualTo("ann true [ann@b.example]");
  }

  @Test
  void itEndsWithTheAccount() throws Exception {
    HttpClient ann = signIn();
    accounts.delete("ann");
    ended(ann);
    put(hash, ADDRESS, true);
    ended(ann);
  }

  @Test
  void itEndsWithAnotherPassword() throws Exception {
    HttpClient ann = signIn();
    put(context.getBean(SignIn.class).hash(PASSWORD), ADDRESS, true);
    ended(ann);
  }

  @Test
  void itEndsWhenItsAccountRunsTheSiteNoMore() throws Exception {
    HttpClient ann = signIn();
    put(hash, ADDRESS, false);
    ended(ann);
    assertThat(get(signIn(), "/who")).isEqualTo("ann false [ann@a.example]");
  }

  @Test
  void anOldViewDoesNotEndIt() throws Exception {
    HttpClient ann = signIn();
    context.getBean(AtomicBoolean.class).set(false);
    accounts.delete("ann");
    assertThat(get(ann, "/who")).isEqualTo("ann true [ann@a.example]");
    context.getBean(AtomicBoolean.class).set(true);
    ended(ann);
  }

  private void ended(HttpClient browser) throws Exception {
    assertThat(get(browser, "/who")).isEqualTo(" false []");
    assertThat(answer(browser, "/ops/who").statusCode()).isEqualTo(302);
  }

  private HttpClient signIn() throws Exception {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    Matcher csrf =
        Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(get(browser, "/login"));
    assertThat(csrf.find()).isTrue();
    String form =
        "username=ann&password=%s&_csrf=%s"
            .formatted(URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8), csrf.group(1));
    HttpResponse<String> in =
        browser.send(
            HttpRequest.newBuilder(base.resolve("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
    assertThat(in.headers().firstValue("Location").orElse("")).doesNotContain("error");
    return browser;
  }

  private String get(HttpClient browser, String path) throws Exception {
    return answer(browser, path).body();
  }

  private HttpResponse<String> answer(HttpClient browser, String path)
      throws IOException, InterruptedException {
    return browser.send(
        HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString());
  }
}
