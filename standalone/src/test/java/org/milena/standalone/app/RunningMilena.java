package org.milena.standalone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.testkit.process.JavaProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ./milena start} starts, on a data folder and ports of its own; all of it is gone
 * after the test. Where the machine has an older JDK, JAVA_HOME points at that.
 */
final class RunningMilena implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Path folder;
  private final int httpPort = freePort();
  private final int smtpPort = freePort();
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable JavaProcess process;
  private int starts;

  /** What a process that ended had to say. */
  record Ended(int exitCode, String said) {}

  RunningMilena() {
    try {
      // Not JUnit's: Elasticsearch, which may run as another user, must be able to enter it.
      folder = Files.createTempDirectory("milena-it");
      Files.setPosixFilePermissions(
          folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  int smtpPort() {
    return smtpPort;
  }

  /** Starts it and waits until it is ready. */
  void start(String egress) {
    JavaProcess started =
        JavaProcess.ofScript(
            "milena",
            List.of(script(), "start"),
            environment(egress),
            folder.resolve("said.log"),
            URI.create(url() + "/actuator/health/readiness"));
    process = started.start();
    started.awaitReady(START_LIMIT);
    starts++;
    await("the word ready", () -> said().lines().filter("ready"::equals).count() == starts);
  }

  /** What it has printed, in all its starts. */
  String said() {
    try {
      return Files.readString(folder.resolve("said.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Ended startAgainBeside() {
    try {
      ProcessBuilder builder = new ProcessBuilder(script(), "start").redirectErrorStream(true);
      builder.environment().putAll(environment("capture"));
      Process second = builder.start();
      String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(second.waitFor(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  int stop() {
    return running().stop();
  }

  void kill() {
    running().kill();
  }

  long pid() {
    return running().pid();
  }

  /** The engines' processes. */
  List<ProcessHandle> descendants() {
    return ProcessHandle.of(pid()).orElseThrow().descendants().toList();
  }

  /** The output of a client command, which must end with this code. */
  String milena(int exitCode, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("org.milena.standalone.cli.Milena");
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data().toString()));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("commands.log").toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("MILENA_"));
      Process ended = builder.start();
      String said = new String(ended.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(ended.waitFor())
          .as("exit code of %s, which said %s %s", List.of(arguments), said, commandErrors())
          .isEqualTo(exitCode);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonNode milenaJson(int exitCode, String... arguments) {
    return JsonMapper.shared().readTree(milena(exitCode, arguments));
  }

  /** The items of a page of the API, asked as the operator. */
  List<JsonNode> items(String path) {
    return JsonMapper.shared().readTree(bytes(path)).path("items").valueStream().toList();
  }

  /** What the API says of a request that is no success. */
  JsonNode problem(String path) {
    HttpResponse<byte[]> answer = ask(path);
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    return JsonMapper.shared().readTree(answer.body());
  }

  byte[] bytes(String path) {
    HttpResponse<byte[]> answer = ask(path);
    assertThat(answer.statusCode())
        .as("%s: %s", path, new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<byte[]> ask(String path) {
    try {
      String password = Files.readString(data().resolve("admin-password")).strip();
      return http.send(
          HttpRequest.newBuilder(URI.create(url() + path))
              .header(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder()
                          .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8)))
              .timeout(Duration.ofSeconds(60))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(path + " does not answer: " + running().tail(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "%s did not come within %s:%n%s".formatted(what, LIMIT, running().tail()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + httpPort;
  }

  private Map<String, String> environment(String egress) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MILENA_DATA", data().toString());
    environment.put("MILENA_HTTP_PORT", Integer.toString(httpPort));
    environment.put("MILENA_SMTP_PORT", Integer.toString(smtpPort));
    environment.put("MILENA_SUBMISSION_PORT", "0");
    environment.put("MILENA_SUBMISSIONS_PORT", "0");
    environment.put("MILENA_DOMAIN", "lists.localhost");
    environment.put("MILENA_EGRESS", egress);
    environment.put("MILENA_ADMIN_PASSWORD", "");
    olderJdk().ifPresent(jdk -> environment.put("JAVA_HOME", jdk.toString()));
    return environment;
  }

  private static Optional<Path> olderJdk() {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> jdks = Files.list(all)) {
      return jdks.filter(jdk -> jdk.getFileName().toString().contains("-17-")).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String script() {
    Path script = Path.of("..", "milena").toAbsolutePath().normalize();
    assertThat(script).isExecutable();
    return script.toString();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private String commandErrors() {
    try {
      return Files.readString(folder.resolve("commands.log"));
    } catch (IOException e) {
      return "";
    }
  }

  private JavaProcess running() {
    JavaProcess running = process;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be removed", e);
    }
  }
}
