package org.milena.listexpander.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.milena.common.event.MailJson;
import org.milena.testkit.file.TemporaryFolder;
import tools.jackson.databind.JsonNode;

/**
 * A real Mailman 3 of the operating system: its REST API over a database of its own, without an
 * MTA. Tests that need it fail where it is not installed.
 */
public final class MailmanServer implements AutoCloseable {
  public static final String USER = "milena";
  public static final String PASSWORD = "green:and blue";

  private static final Path PROGRAMS = Path.of("/usr/lib/mailman3/bin");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder = TemporaryFolder.create("mailman");
  private final int port = freePort();
  private final Process process;

  private MailmanServer() throws IOException {
    Files.writeString(
        config(),
        """
        [mailman]
        layout: milena
        listname_chars: [-_.+!0-9a-z]

        [paths.milena]
        var_dir: %1$s
        bin_dir: %2$s
        etc_dir: $var_dir/etc
        queue_dir: $var_dir/queue
        list_data_dir: $var_dir/lists
        log_dir: $var_dir/logs
        lock_dir: $var_dir/locks
        data_dir: $var_dir/data
        cache_dir: $var_dir/cache
        ext_dir: $var_dir/ext
        messages_dir: $var_dir/messages
        archive_dir: $var_dir/archives
        template_dir: $var_dir/templates
        pid_file: $var_dir/master.pid
        lock_file: $lock_dir/master.lck

        [mta]
        incoming: mailman.mta.null.NullMTA
        smtp_port: 1
        lmtp_port: 1

        [antispam]
        header_checks: X-Nobody: nothing
        jump_chain: reject

        [dmarc]
        org_domain_data_url: http://127.0.0.1:1/

        [webservice]
        hostname: 127.0.0.1
        port: %3$d
        workers: 1
        admin_user: %4$s
        admin_pass: %5$s
        """
            .formatted(folder.resolve("var"), PROGRAMS, port, USER, PASSWORD));
    process = launch("runner", "-C", config().toString(), "--runner=rest:0:1");
    TemporaryFolder.closeFirst(this::kill);
  }

  /** Starts one and waits until it answers. */
  public static MailmanServer start() throws IOException, InterruptedException {
    if (!Files.isExecutable(PROGRAMS.resolve("runner"))) {
      fail(
          "NO MAILMAN: this test reads the real one. Install it: apt-get install"
              + " --no-install-recommends mailman3");
    }
    MailmanServer server = new MailmanServer();
    boolean ready = false;
    try {
      server.awaitReady();
      ready = true;
    } finally {
      if (!ready) {
        server.close();
      }
    }
    return server;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path config() {
    return folder.resolve("mailman.cfg");
  }

  private Path output() {
    return folder.resolve("out.log");
  }

  private Process launch(String program, String... arguments) throws IOException {
    return new ProcessBuilder(
            Stream.concat(Stream.of(PROGRAMS.resolve(program).toString()), Stream.of(arguments))
                .toList())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
        .start();
  }

  private void awaitReady() throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!answers()) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)
          || System.nanoTime() - start > PATIENCE.toNanos()) {
        fail("Mailman does not start:\n" + Files.readString(output()));
      }
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      return send("GET", "system/versions", Map.of()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** Where its API is. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private HttpResponse<String> send(String method, String path, Map<String, ?> form)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .flatMap(field -> values(field.getValue()).map(one -> field.getKey() + "=" + one))
            .collect(Collectors.joining("&"));
    String credentials = USER + ":" + PASSWORD;
    return http.send(
        HttpRequest.newBuilder(url().resolve("/3.1/" + path))
            .method(method, BodyPublishers.ofString(body))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .build(),
        BodyHandlers.ofString());
  }

  private static Stream<String> values(Object value) {
    List<?> all = value instanceof List<?> several ? several : List.of(value);
    return all.stream().map(one -> URLEncoder.encode(one.toString(), StandardCharsets.UTF_8));
  }

  /** Says something over the API, and is not refused. */
  void say(String method, String path, Map<String, ?> form)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, form);
    assertThat(answer.statusCode())
        .as("%s %s %s: %s", method, path, form, answer.body())
        .isBetween(200, 299);
  }

  /** What lies there. */
  JsonNode ask(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", path, Map.of());
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return MailJson.mapper().readTree(answer.body());
  }

  /** A mail to a list arrives, and goes as far as these runners carry it, each once. */
  void arrives(String list, String mail, String... runners)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("mail.eml"), mail);
    String config = config().toString();
    // it refuses to be root, and where the tests run as root, it is
    run("mailman", "-C", config, "--run-as-root", "inject", "-f", file.toString(), list);
    for (String runner : runners) {
      run("runner", "-C", config, "--once", "--runner=" + runner);
    }
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    Process once = launch(program, arguments);
    if (!once.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || once.exitValue() != 0) {
      once.destroyForcibly();
      fail(List.of(arguments) + " does not end well:\n" + Files.readString(output()));
    }
  }

  /** It dies on the spot, with its workers. */
  void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
  }

  @Override
  public void close() {
    kill();
    http.close();
    TemporaryFolder.delete(folder);
  }
}
