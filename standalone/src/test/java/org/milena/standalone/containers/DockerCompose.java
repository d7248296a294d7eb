package org.milena.standalone.containers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.milena.common.event.MailJson;
import tools.jackson.databind.JsonNode;

/**
 * {@code docker-compose.yml} under a project name, image tags and ports of its own. Containers,
 * networks, volumes and the images it built are gone after {@link #close}, also when the JVM is
 * asked to end before.
 */
final class DockerCompose implements AutoCloseable {
  private static final Duration SHORT = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(4);
  private static final int RESTARTS_TO_GIVE_UP_AT = 4;
  private static final int TAIL_LINES = 60;

  /** A container as Docker shows it. */
  record Container(
      String id,
      String service,
      String user,
      String state,
      int exitCode,
      String health,
      int restarts) {

    boolean isHealthy() {
      return state.equals("running") && health.equals("healthy");
    }

    /** Nothing it waits for will make it healthy. */
    boolean isLost() {
      return restarts >= RESTARTS_TO_GIVE_UP_AT
          || state.equals("dead")
          || (state.equals("exited") && exitCode != 0);
    }
  }

  private final String project = "milena-it-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<String> built;
  private final Map<String, String> environment;
  private final List<String> compose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread atExit = new Thread(this::remove, "remove-" + project);

  /**
   * @param settings variables of {@code docker-compose.yml}
   * @param built services whose images we build
   * @throws AssertionError when Docker or docker-compose is not there
   */
  DockerCompose(Map<String, String> settings, List<String> built) {
    this.built = List.copyOf(built);
    this.environment = new LinkedHashMap<>(settings);
    environment.put("MILENA_VERSION", project);
    this.compose = installed();
    run(SHORT, List.of("docker", "info"));
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** The plug-in of Docker, or the program of its own that came before it. */
  private static List<String> installed() {
    boolean program =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "docker-compose")));
    return program ? List.of("docker-compose") : List.of("docker", "compose");
  }

  /** The tag of our images. */
  String project() {
    return project;
  }

  /** Runs a command of docker-compose and returns what it says. */
  String compose(Duration atMost, String... arguments) {
    List<String> command = new ArrayList<>(compose);
    command.addAll(
        List.of(
            "--project-name",
            project,
            "--file",
            ComposeFile.ROOT.resolve("docker-compose.yml").toString()));
    command.addAll(Arrays.asList(arguments));
    return run(atMost, command);
  }

  /** The port on this host that leads to a port of the service's one container. */
  int port(String service, int inside) {
    String address = compose(SHORT, "port", service, Integer.toString(inside)).strip();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /**
   * Waits until of each service as many containers are healthy as are wanted.
   *
   * @throws AssertionError when one won't be, or it takes too long; with the ends of their logs
   */
  List<Container> awaitHealthy(Map<String, Integer> wanted, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      List<Container> all = containers();
      Map<String, Integer> healthy =
          all.stream()
              .filter(Container::isHealthy)
              .collect(Collectors.toMap(Container::service, _ -> 1, Integer::sum, TreeMap::new));
      if (healthy.equals(new TreeMap<>(wanted))) {
        return all;
      }
      List<Container> lost = all.stream().filter(Container::isLost).toList();
      if (!lost.isEmpty() || System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "healthy is %s, wanted was %s%s%n%s"
                .formatted(
                    healthy,
                    wanted,
                    lost.isEmpty() ? " within " + atMost : ", and these failed: " + lost,
                    logs()));
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  /** All containers of the project, those that ended too. */
  List<Container> containers() {
    List<String> ids = labelled("docker", "ps", "--all", "--quiet");
    if (ids.isEmpty()) {
      return List.of();
    }
    List<String> inspect = new ArrayList<>(List.of("docker", "inspect", "--format", "{{json .}}"));
    inspect.addAll(ids);
    return run(SHORT, inspect).lines().map(DockerCompose::container).toList();
  }

  private static Container container(String json) {
    JsonNode all = MailJson.mapper().readTree(json);
    JsonNode state = all.path("State");
    return new Container(
        all.path("Id").asString(),
        all.path("Config").path("Labels").path("com.docker.compose.service").asString(),
        all.path("Config").path("User").asString(""),
        state.path("Status").asString(),
        state.path("ExitCode").asInt(),
        state.path("Health").path("Status").asString(""),
        all.path("RestartCount").asInt());
  }

  /** What of the project Docker still knows. */
  List<String> remains() {
    List<String> remains = new ArrayList<>();
    remains.addAll(labelled("docker", "ps", "--all", "--quiet"));
    remains.addAll(labelled("docker", "volume", "ls", "--quiet"));
    remains.addAll(labelled("docker", "network", "ls", "--quiet"));
    remains.addAll(ourImages());
    remains.addAll(
        run(SHORT, List.of("docker", "images", "--all", "--quiet", "--filter", layers()))
            .lines()
            .toList());
    return remains;
  }

  /** The ends of the logs of what is not healthy, or of all. */
  String logs() {
    StringBuilder said = new StringBuilder();
    List<Container> all = containers();
    boolean allHealthy = all.stream().allMatch(Container::isHealthy);
    for (Container one : all) {
      if (allHealthy || !one.isHealthy()) {
        said.append("--- ").append(one).append('\n');
        said.append(
            run(
                SHORT,
                List.of("docker", "logs", "--tail", Integer.toString(TAIL_LINES), one.id())));
      }
    }
    return said.toString();
  }

  private List<String> labelled(String... command) {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    all.addAll(List.of("--filter", "label=com.docker.compose.project=" + project));
    return run(SHORT, all).lines().filter(line -> !line.isBlank()).toList();
  }

  private List<String> ourImages() {
    List<String> images = new ArrayList<>();
    for (String module : built) {
      String image = "milena/" + module + ":" + project;
      if (!run(SHORT, List.of("docker", "images", "--quiet", image)).isBlank()) {
        images.add(image);
      }
    }
    return images;
  }

  private String run(Duration atMost, List<String> command) {
    try {
      Path said = Files.createTempFile(project, ".log");
      try {
        return run(atMost, command, said);
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(Duration atMost, List<String> command, Path said) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ComposeFile.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("COMPOSE_"));
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError(
          command.getFirst()
              + " can't be started: tests with containers need Docker and docker-compose",
          e);
    }
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            "%s did not end within %s:%n%s".formatted(command, atMost, Files.readString(said)));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    String text = Files.readString(said);
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "%s ended with %d:%n%s".formatted(command, process.exitValue(), text));
    }
    return text;
  }

  private void remove() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      String unusedDown = compose(STOP_LIMIT, "down", "--volumes", "--timeout", "30");
    } finally {
      List<String> images = ourImages();
      if (!images.isEmpty()) {
        List<String> command = new ArrayList<>(List.of("docker", "image", "rm"));
        command.addAll(images);
        String unusedImages = run(SHORT, command);
      }
      String unusedLayers =
          run(SHORT, List.of("docker", "image", "prune", "--force", "--filter", layers()));
    }
  }

  /** What the first stage of our builds left, where the builder keeps it. */
  private String layers() {
    return "label=org.milena.layers=" + project;
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
