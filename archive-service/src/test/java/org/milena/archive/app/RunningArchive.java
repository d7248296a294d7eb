package org.milena.archive.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.archive.TestArchive;
import org.milena.common.directory.Account;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.settings.ListSettings;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Publisher;
import org.milena.common.web.SignIn;
import org.milena.testkit.file.TemporaryFolder;
import org.milena.testkit.kafka.SharedBroker;
import org.milena.testkit.search.SharedElasticsearch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The whole service on a free port, with lists, members and accounts to try it with. */
public final class RunningArchive implements AutoCloseable {
  public static final String PASSWORD = "a password";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Archives of one site, since they share a broker, one after the other. */
  private static final Path KEYS = TemporaryFolder.create("milena-archive-keys");

  private final ServletWebServerApplicationContext context;
  private final Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(3);

  private RunningArchive(ServletWebServerApplicationContext context, Path data) {
    this.context = context;
    this.data = data;
  }

  public static RunningArchive start(String... settings) {
    return startOn(SharedElasticsearch.uri(), settings);
  }

  /** With another search engine than that of all tests. */
  public static RunningArchive startOn(URI elasticsearch, String... settings) {
    Path data = TemporaryFolder.create("milena-archive");
    SpringApplication application = new SpringApplication(ArchiveApplication.class);
    String[] all = new String[settings.length + 6];
    System.arraycopy(settings, 0, all, 0, settings.length);
    all[settings.length] = "--server.port=0";
    all[settings.length + 1] = "--milena.kafka=" + SharedBroker.bootstrapServers();
    all[settings.length + 2] = "--milena.elasticsearch=" + elasticsearch;
    all[settings.length + 3] = "--milena.data=" + data;
    all[settings.length + 5] = "--milena.keys=" + KEYS;
    all[settings.length + 4] = "--milena.archive.index-prefix=" + SharedElasticsearch.freshPrefix();
    return new RunningArchive((ServletWebServerApplicationContext) application.run(all), data);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  private int port() {
    var server = context.getWebServer();
    if (server == null) {
      throw new IllegalStateException("no web server");
    }
    return server.getPort();
  }

  public MailingList list(String address, String name, ArchiveAccess archive) {
    return list(address, name, archive, settings -> settings);
  }

  /** A list with other settings than the usual ones. */
  public MailingList list(
      String address, String name, ArchiveAccess archive, UnaryOperator<ListSettings> settings) {
    MailAddress at = MailAddress.of(address);
    MailingList list =
        new MailingList(
            ListId.forAddress(at),
            at,
            name,
            "About " + name + ".",
            settings.apply(ListSettings.DISCUSSION.with("archiveAccess", archive)),
            TestArchive.NOW,
            1);
    tables().lists().put(list.id().value(), list);
    return list;
  }

  public void member(MailingList list, String address, MemberRole... roles) {
    MailAddress at = MailAddress.of(address);
    tables()
        .members()
        .put(
            Member.key(list.id(), at),
            new Member(list.id(), at, "", Set.of(roles), null, TestArchive.NOW));
  }

  public void account(String name, @Nullable String address, boolean operator) {
    tables()
        .accounts()
        .put(
            name,
            new Account(
                name,
                address == null ? null : MailAddress.of(address),
                bean(SignIn.class).hash(PASSWORD),
                List.of(),
                List.of(),
                operator,
                TestArchive.NOW));
  }

  private DirectoryTables tables() {
    return context.getBean(DirectoryTables.class);
  }

  /** Archives a message; returns when the record is in Kafka. */
  public ArchiveId post(MailingList list, RawMessage message) {
    Instant now = InstantSource.system().instant();
    ArchiveId id = TestArchive.id(list.id(), message);
    MailId mail = MailId.next(InstantSource.fixed(now), random);
    publish(
        MailRecords.mail(
                Topics.POSTS,
                id.value(),
                RecordType.POST,
                new PostMeta(mail, list.id(), id, now, now, message.sha256()),
                mail,
                message)
            .inPartitionOf(list.id().value()));
    return id;
  }

  public void publish(OutRecord record) {
    var unused = bean(Publisher.class).publish(record).join();
  }

  public HttpResponse<String> get(String path) {
    return send(path, null);
  }

  public HttpResponse<String> getAs(String account, String path) {
    return send(path, account);
  }

  /** A page as a browser shows it that is signed in; the pages take no password by header. */
  public HttpResponse<String> pageAs(String account, String path) {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    String form = send(browser, HttpRequest.newBuilder(uri("/login")).build()).body();
    Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(form);
    if (!token.find()) {
      throw new AssertionError("no form to sign in: " + form);
    }
    String fields =
        "username=%s&password=%s&_csrf=%s"
            .formatted(
                account,
                URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8),
                URLEncoder.encode(token.group(1), StandardCharsets.UTF_8));
    var unused =
        send(
            browser,
            HttpRequest.newBuilder(uri("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields))
                .build());
    return send(browser, HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").build());
  }

  /** A body that is posted by an account, or by nobody. */
  public HttpResponse<String> postAs(
      @Nullable String account, String path, String type, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (account != null) {
      request.header("Authorization", authorization(account));
    }
    return send(http, request.build());
  }

  /** As whom an account calls. */
  public static String authorization(String account) {
    String credentials = account + ":" + PASSWORD;
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> send(String path, @Nullable String account) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (!path.startsWith("/api/")) {
      request.header("Accept", "text/html,*/*;q=0.8");
    }
    if (account != null) {
      request.header("Authorization", authorization(account));
    }
    return send(http, request.build());
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until something holds. */
  public static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + PATIENCE + " for " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    context.close();
    TemporaryFolder.delete(data);
  }
}
