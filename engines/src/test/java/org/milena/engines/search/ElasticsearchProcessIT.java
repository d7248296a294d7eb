package org.milena.engines.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.milena.engines.EngineStartException;

@Timeout(300)
class ElasticsearchProcessIT {

  private static final String MAPPING =
      """
      {"settings": {"number_of_shards": 1, "number_of_replicas": 0},
       "mappings": {"properties": {"text": {"type": "text", "analyzer": "english"}}}}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void openTheFolder() throws Exception {
    // A temporary folder is its owner's alone; as root the server runs as somebody else.
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    folder = parent.resolve("elasticsearch");
  }

  @AfterEach
  void closeClient() {
    http.close();
  }

  @Test
  void findsRunningByRunAndKeepsItsDataAndLeavesNoProcess() throws Exception {
    List<ProcessHandle> processes;
    try (ElasticsearchProcess server = ElasticsearchProcess.start(settings(folder))) {
      processes = processesOf(server.pid());
      assertThat(session(server.pid()))
          .as("a terminal's Ctrl-C does not reach the server")
          .isEqualTo(server.pid());
      assertThat(processes).as("launcher and server").hasSize(2);
      assertThat(processes).allSatisfy(p -> assertThat(p.info().user()).isNotEqualTo("root"));

      assertThat(call(server.uri(), "PUT", "/letters", MAPPING)).contains("\"acknowledged\":true");
      assertThat(
              call(
                  server.uri(),
                  "PUT",
                  "/letters/_doc/1?refresh=true",
                  "{\"text\": \"I was running to the post office, Milena\"}"))
          .contains("\"result\":\"created\"");
      assertThat(call(server.uri(), "GET", "/letters/_count?q=text:run", ""))
          .contains("\"count\":1");
      assertThat(call(server.uri(), "PUT", "/undeclared/_doc/1", "{\"a\": 1}"))
          .contains("index_not_found_exception");
      assertThatThrownBy(() -> ElasticsearchProcess.start(settings(folder)))
          .isInstanceOf(EngineStartException.class)
          .hasMessageContaining("is in use by this process");
    }
    assertThat(processes).noneMatch(ProcessHandle::isAlive);

    try (ElasticsearchProcess server = ElasticsearchProcess.start(settings(folder))) {
      assertThat(call(server.uri(), "GET", "/letters/_count?q=text:run", ""))
          .contains("\"count\":1");
    }
  }

  @Test
  void startsAServerThatDiedAgainOnTheSamePort() throws Exception {
    try (ElasticsearchProcess server = ElasticsearchProcess.start(settings(folder))) {
      URI before = server.uri();
      List<ProcessHandle> processes = processesOf(server.pid());
      call(before, "PUT", "/letters", MAPPING);

      processes.forEach(ProcessHandle::destroyForcibly);
      assertThat(LeftBehind.gone(processes)).isTrue();

      await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(() ->
              call(before, "GET", "/_cluster/health/letters?wait_for_status=green", "")
                  .contains("\"status\":\"green\""));
      assertThat(server.uri()).isEqualTo(before);
      assertThat(server.pid()).isNotEqualTo(processes.getFirst().pid());
    }
  }

  @Test
  void diesWithTheProcessThatStartedIt() throws Exception {
    Process parentProcess =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ServerStarter.class.getName(),
                System.getProperty("milena.elasticsearch.zip", ""),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    List<ProcessHandle> servers = new ArrayList<>();
    try (BufferedReader output = parentProcess.inputReader()) {
      List<String> said = new ArrayList<>();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.add(line);
        if (line.contains(ServerStarter.READY)) {
          servers.addAll(parentProcess.descendants().toList());
          parentProcess.toHandle().destroyForcibly();
        }
      }
      assertThat(servers).as(String.join("\n", said)).hasSize(2);
    }
    assertThat(LeftBehind.gone(servers)).isTrue();
  }

  @Test
  void stopsAServerThatWasLeftBehind() throws Exception {
    Process orphan =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-Dmilena.engine=left-behind-test",
                "-cp",
                System.getProperty("java.class.path"),
                Waiter.class.getName())
            .start();
    assertThat(LeftBehind.find("milena.engine=left-behind-test")).contains(orphan.toHandle());
    assertThat(LeftBehind.find("milena.engine=left-behind")).isEmpty();

    LeftBehind.stop("milena.engine=left-behind-test");

    assertThat(orphan.isAlive()).isFalse();
  }

  @Test
  void saysWhyTheServerDied() {
    ElasticsearchSettings wrong = settings(folder).withOverrides(Map.of("no.such.setting", "1"));
    assertThatThrownBy(() -> ElasticsearchProcess.start(wrong))
        .isInstanceOf(EngineStartException.class)
        .hasMessageContaining("Elasticsearch stopped with exit code")
        .hasMessageContaining("unknown setting [no.such.setting]");
  }

  @Test
  void saysThatItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      ElasticsearchSettings settings = settings(folder).withHttpPort(taken.getLocalPort());
      assertThatThrownBy(() -> ElasticsearchProcess.start(settings))
          .isInstanceOf(EngineStartException.class)
          .hasMessageContaining("Port %d on 127.0.0.1".formatted(taken.getLocalPort()));
    }
  }

  static ElasticsearchSettings settings(Path folder) {
    return ElasticsearchSettings.of(zip("milena.elasticsearch.zip"), folder)
        .withPlugins(zip("milena.analysis-plugin.zip"))
        .withRuntimeFolder(Path.of("target", "elasticsearch-runtime"))
        .withHeapMegabytes(256);
  }

  private static Path zip(String property) {
    Path zip = Path.of(System.getProperty(property, "(property " + property + " is not set)"));
    assertThat(zip).as("built by ./mvnw package, named by -D%s", property).isRegularFile();
    return zip;
  }

  /** The fourth field behind the name, which stands in parentheses (proc(5)). */
  private static long session(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
  }

  private static List<ProcessHandle> processesOf(long pid) {
    ProcessHandle launcher = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(launcher), launcher.descendants()).toList();
  }

  private String call(URI server, String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
