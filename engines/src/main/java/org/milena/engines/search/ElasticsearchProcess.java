package org.milena.engines.search;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.engines.EngineStartException;
import org.milena.engines.FolderLock;
import org.milena.engines.LoopbackPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Elasticsearch server: a child of this process, on the loopback address.
 *
 * <p>One thread starts the child, reads its output and starts it again when it dies. It is the same
 * thread for the whole life, because the kernel kills the child when the <em>thread</em> that
 * started it ends, not only when the process does.
 *
 * <p>When we are root, the server runs as user {@value RunAs#SERVER_UID}. Where that user can't
 * enter the data folder, because it lies below a closed one such as {@code /root}, the server's
 * files lie below {@code /var/lib/milena} instead, and the log says so.
 */
public final class ElasticsearchProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchProcess.class);
  private static final Path SHELTER = Path.of("/var/lib/milena");
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE_BEFORE_RESTART = Duration.ofSeconds(5);

  private final ElasticsearchSettings settings;
  private final RunAs runAs;
  private final FolderLock lock;
  private final ServerFolder folder;
  private final String marker;
  private final Path home;

  private final CompletableFuture<Integer> firstStart = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread supervisor;
  private volatile @Nullable ServerLife life;

  private ElasticsearchProcess(
      ElasticsearchSettings settings,
      RunAs runAs,
      FolderLock lock,
      ServerFolder folder,
      String marker,
      Path home) {
    this.settings = settings;
    this.runAs = runAs;
    this.lock = lock;
    this.folder = folder;
    this.marker = marker;
    this.home = home;
    this.supervisor =
        Thread.ofPlatform().name("elasticsearch").daemon().unstarted(this::keepRunning);
  }

  /**
   * Starts the server and returns when its indices can be used.
   *
   * @throws EngineStartException when the folder is in use or closed to it, or the server dies or
   *     is not ready in time; then it has been stopped
   */
  public static ElasticsearchProcess start(ElasticsearchSettings settings) {
    RunAs runAs = RunAs.chosen();
    try {
      requireFitJava(runAs);
      Path root = stateFolder(settings.dataFolder().toAbsolutePath().normalize(), runAs);
      FolderLock lock = FolderLock.take(root, "Elasticsearch");
      try {
        String marker = "milena.engine=" + hash(root);
        LeftBehind.stop(marker);
        LoopbackPort.hold(settings.httpPort(), "Elasticsearch wants for HTTP").close();
        Path home = program(settings, runAs, root);
        ElasticsearchProcess server =
            new ElasticsearchProcess(settings, runAs, lock, new ServerFolder(root), marker, home);
        server.begin();
        return server;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EngineStartException(
          "The Elasticsearch folder %s cannot be used: %s.".formatted(settings.dataFolder(), e), e);
    }
  }

  /** Where clients connect. */
  public URI uri() {
    return URI.create("http://" + LoopbackPort.HOST + ":" + firstStart.join());
  }

  /** The process the server was started as; it changes when the server had to be started again. */
  public long pid() {
    @Nullable ServerLife current = life;
    return current == null ? -1 : current.process().pid();
  }

  /** Stops the server, by force if it doesn't stop by itself; no process is left. */
  @Override
  public void close() {
    closing.countDown();
    try {
      @Nullable ServerLife current = life;
      if (current != null) {
        stop(current.process());
      }
      supervisor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      LeftBehind.find(marker).forEach(ProcessHandle::destroyForcibly);
      lock.close();
    }
  }

  private void begin() {
    supervisor.start();
    try {
      int port = firstStart.get(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
      awaitIndices(URI.create("http://" + LoopbackPort.HOST + ":" + port));
      LOG.info("Elasticsearch serves 127.0.0.1:{}, its data is in {}", port, folder.root());
    } catch (ExecutionException e) {
      close();
      throw e.getCause() instanceof EngineStartException known
          ? known
          : new EngineStartException("Elasticsearch does not start: " + e.getCause(), e);
    } catch (TimeoutException e) {
      List<String> lastWords = lastWords();
      close();
      throw new EngineStartException(
          "Elasticsearch is not ready after %s. It said:%n%s"
              .formatted(settings.startTimeout(), String.join("\n", lastWords)),
          e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new EngineStartException("The start of Elasticsearch was interrupted.", e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The supervisor's work, for as long as the server is wanted. */
  private void keepRunning() {
    try {
      while (closing.getCount() > 0) {
        int code = liveOnce();
        if (closing.getCount() == 0
            || !firstStart.isDone()
            || firstStart.isCompletedExceptionally()) {
          return;
        }
        LOG.error(
            "Elasticsearch died with exit code {} and is started again in {} s. It said: {}",
            code,
            PAUSE_BEFORE_RESTART.toSeconds(),
            String.join("\n", lastWords()));
        closing.await(PAUSE_BEFORE_RESTART.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.error("Elasticsearch cannot be started", e);
      firstStart.completeExceptionally(
          new EngineStartException("Elasticsearch cannot be started: " + e + ".", e));
    }
  }

  private int liveOnce() throws IOException, InterruptedException {
    // A server that is started again has the port its clients know.
    boolean again = firstStart.isDone();
    folder.prepare(settings, again ? firstStart.join() : settings.httpPort(), marker, runAs);
    ServerLife begun = ServerLife.begin(builder(), again ? new CompletableFuture<>() : firstStart);
    life = begun;
    if (closing.getCount() == 0) {
      begun.process().destroy();
    }
    return begun.toTheEnd();
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder =
        new ProcessBuilder(runAs.command(List.of(home.resolve("bin/elasticsearch").toString())));
    builder.directory(home.toFile());
    Map<String, String> before = new HashMap<>(builder.environment());
    Map<String, String> environment = builder.environment();
    // JAVA_TOOL_OPTIONS and the like are meant for us.
    environment.clear();
    Stream.of("PATH", "LANG", "LC_ALL", "TZ")
        .filter(before::containsKey)
        .forEach(name -> environment.put(name, before.getOrDefault(name, "")));
    environment.put("HOSTNAME", "localhost");
    environment.put("ES_JAVA_HOME", javaHome().toString());
    environment.put("ES_PATH_CONF", folder.config().toString());
    environment.put("ES_TMPDIR", folder.temporary().toString());
    // The launcher stays beside the server as long as that lives, with nothing to do.
    environment.put(
        "CLI_JAVA_OPTS", "-Xmx32m -Xmn4m -XX:TieredStopAtLevel=1 -XX:-UsePerfData -D" + marker);
    return builder;
  }

  private List<String> lastWords() {
    @Nullable ServerLife current = life;
    return current == null ? List.of() : current.lastWords();
  }

  /** One request that the server answers when the indices it has are readable. */
  private void awaitIndices(URI server) throws InterruptedException {
    long seconds = settings.startTimeout().toSeconds();
    HttpRequest health =
        HttpRequest.newBuilder(
                server.resolve("/_cluster/health?wait_for_status=yellow&timeout=" + seconds + "s"))
            .timeout(settings.startTimeout().plusSeconds(5))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(health, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new EngineStartException(
            "Elasticsearch cannot read all its indices after %d s: %s"
                .formatted(seconds, answer.body()));
      }
    } catch (IOException e) {
      throw new EngineStartException(
          "Elasticsearch does not answer: %s. It said:%n%s"
              .formatted(e, String.join("\n", lastWords())),
          e);
    }
  }

  private static void stop(Process process) throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    process.destroy();
    if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("Elasticsearch does not stop by itself and is killed");
    }
    all.forEach(ProcessHandle::destroyForcibly);
    LeftBehind.gone(all);
  }

  private static Path program(ElasticsearchSettings settings, RunAs runAs, Path root)
      throws IOException {
    Distribution distribution = new Distribution(settings.distribution(), settings.plugins());
    Path own = root.resolve("runtime");
    Path wanted = settings.runtimeFolder().toAbsolutePath().normalize();
    Path runtime = runAs.closed(wanted).isPresent() ? own : wanted;
    Path home = distribution.home(runtime);
    requireReachable(runAs, home, "The Elasticsearch distribution");
    if (runtime.equals(own)) {
      Distribution.sweep(own, home);
    }
    return home;
  }

  /** The data folder itself, or a place that the user the server runs as can enter. */
  private static Path stateFolder(Path dataFolder, RunAs runAs) throws IOException {
    Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
    Path parent = Objects.requireNonNull(dataFolder.getParent(), "a data folder is not /");
    Optional<Path> closed = runAs.closed(parent);
    Path root =
        closed.isEmpty() ? dataFolder : SHELTER.resolve("elasticsearch-" + hash(dataFolder));
    if (closed.isPresent()) {
      LOG.warn(
          "The search index is kept in {}, because {}, where {} lies, is closed to the user the"
              + " server runs as",
          root,
          closed.get(),
          dataFolder);
    }
    Folders.create(root, open);
    if (runAs.closed(root).isPresent()) {
      Files.setPosixFilePermissions(root, open);
    }
    return root.toRealPath();
  }

  /** The server's module graph names modules that a runtime made without jmods lacks. */
  private static void requireFitJava(RunAs runAs) throws IOException {
    if (ModuleFinder.ofSystem().find("jdk.jlink").isEmpty()) {
      throw new EngineStartException(
          "Elasticsearch needs a whole JDK to run on, and %s is a runtime without jdk.jlink."
              .formatted(javaHome()));
    }
    requireReachable(runAs, javaHome(), "The JDK");
  }

  private static void requireReachable(RunAs runAs, Path path, String what) throws IOException {
    Optional<Path> closed = runAs.closed(path);
    if (closed.isPresent()) {
      throw new EngineStartException(
          ("%s %s cannot be used by user %d, as whom Elasticsearch is started when Milena runs as"
                  + " root, because %s is closed to others: move it, or start Milena as an ordinary"
                  + " user.")
              .formatted(what, path, RunAs.SERVER_UID, closed.get()));
    }
  }

  private static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  private static String hash(Path path) {
    UUID id = UUID.nameUUIDFromBytes(path.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits(id.getMostSignificantBits());
  }
}
