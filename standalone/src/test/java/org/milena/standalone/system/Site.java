package org.milena.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailJson;
import org.milena.testkit.file.TemporaryFolder;
import org.milena.testkit.load.Poster;
import org.milena.testkit.process.JavaProcess;
import org.milena.testkit.search.SharedElasticsearch;
import org.milena.testkit.sink.SinkMta;
import org.milena.testkit.sink.SinkOptions;
import tools.jackson.databind.JsonNode;

/** A site of single processes. Everything it started ends with {@link #close}. */
final class Site implements AutoCloseable {
  static final String DOMAIN = "lists.example.org";
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration LIST_LIMIT = Duration.ofSeconds(60);
  private static final String PASSWORD = "correct horse battery staple";

  /** A service and its module. */
  enum Room {
    INGRESS("smtp-ingress"),
    SCANNER("scanner-service"),
    LISTEXPANDER("listexpander-service"),
    EGRESS("relay-egress"),
    ARCHIVE("archive-service");

    final String module;

    Room(String module) {
      this.module = module;
    }
  }

  final SinkMta sink;
  final int smtpPort = freePort();
  private final Path folder;
  private final JavaProcess broker;
  private final int brokerPort = freePort();
  private final Map<Room, JavaProcess> services = new EnumMap<>(Room.class);
  private final List<JavaProcess> more = new ArrayList<>();
  private final Map<Room, Integer> httpPorts = new EnumMap<>(Room.class);
  private final Map<Room, Integer> otherHttpPorts = new EnumMap<>(Room.class);
  private final HttpClient http = HttpClient.newHttpClient();

  /** For pages: those of the archive lead on from the addresses they had. */
  private final HttpClient reader =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  private final String elasticsearch;
  private final Map<String, String> scanner;

  private Site(Path folder, int keep, Map<String, String> scanner) {
    this.folder = folder;
    this.scanner = Map.copyOf(scanner);
    this.sink = SinkMta.start(SinkOptions.standard().withKeep(keep));
    this.elasticsearch = SharedElasticsearch.uri().toString();
    this.broker =
        new JavaProcess(
            "broker",
            List.of(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.milena.engines.kafka.BrokerMain",
                "--data",
                folder.resolve("kafka").toString(),
                "--port",
                Integer.toString(brokerPort)),
            Map.of(),
            folder.resolve("broker.log"),
            null);
  }

  /** Starts everything and waits until it is ready. */
  static Site start() {
    return start(0, Map.of());
  }

  /** Likewise; the sink keeps so many messages whole, and the scanner has more variables. */
  static Site start(int keep, Map<String, String> scanner) {
    Path folder = TemporaryFolder.create("milena-site");
    Site site = new Site(folder, keep, scanner);
    try {
      site.startBroker();
      for (Room room : Room.values()) {
        site.services.put(room, site.service(room, "1", site.smtpPort).start());
      }
      site.services.values().forEach(service -> service.awaitReady(START_LIMIT));
      return site;
    } catch (RuntimeException | AssertionError e) {
      site.close();
      throw e;
    }
  }

  /** Starts a second instance of these services. */
  Map<Room, JavaProcess> startOthers(Collection<Room> rooms) {
    Map<Room, JavaProcess> others = new EnumMap<>(Room.class);
    for (Room room : rooms) {
      JavaProcess other = service(room, "2", freePort()).start();
      more.add(other);
      others.put(room, other);
    }
    others.values().forEach(other -> other.awaitReady(START_LIMIT));
    return others;
  }

  private JavaProcess service(Room room, String instance, int smtp) {
    int httpPort = freePort();
    if (httpPorts.putIfAbsent(room, httpPort) != null) {
      otherHttpPorts.put(room, httpPort);
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MILENA_HTTP_PORT", Integer.toString(httpPort));
    environment.put("MILENA_SMTP_PORT", Integer.toString(smtp));
    environment.put("MILENA_SUBMISSION_PORT", "-1");
    environment.put("MILENA_SUBMISSIONS_PORT", "-1");
    environment.put("MILENA_DOMAIN", DOMAIN);
    environment.put("MILENA_KAFKA", "127.0.0.1:" + brokerPort);
    environment.put("MILENA_ELASTICSEARCH", elasticsearch);
    environment.put("MILENA_EGRESS", "smarthost:127.0.0.1:" + sink.port());
    environment.put("MILENA_INSTANCE", "i" + instance);
    environment.put("MILENA_KEYS", folder.resolve("keys").toString());
    environment.put("MILENA_DATA", folder.resolve(room.module + "-" + instance).toString());
    environment.put("MILENA_ADMIN_PASSWORD", PASSWORD);
    environment.put("MILENA_SITE_URL", "https://" + DOMAIN);
    environment.put("MILENA_INGRESS_LIMITS_MESSAGES", "1000000");
    // threads are compared with those of a program that looks at no subjects
    environment.put("MILENA_ARCHIVE_THREADSBYSUBJECT", "false");
    if (room == Room.SCANNER) {
      environment.putAll(scanner);
    }
    return new JavaProcess(
        room.module,
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar(room)),
        environment,
        folder.resolve(room.module + "-" + instance + ".log"),
        URI.create("http://127.0.0.1:" + httpPort + "/actuator/health/readiness"));
  }

  /** The executable jar of a service, as the build made it. */
  private static String jar(Room room) {
    Path target = Path.of("..", room.module, "target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith("-exec.jar"))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError(target + " holds no executable jar: build it first"))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -9}, and a new life. */
  void killAndRestart(Room room) {
    JavaProcess service = process(room);
    service.kill();
    service.start().awaitReady(START_LIMIT);
  }

  void killAndRestartBroker() {
    broker.kill();
    startBroker();
  }

  private void startBroker() {
    broker.start();
    await(
        "the broker to listen",
        START_LIMIT,
        () -> {
          try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
            return socket.isConnected();
          } catch (IOException _) {
            return false;
          }
        });
  }

  JavaProcess process(Room room) {
    JavaProcess service = services.get(room);
    if (service == null) {
      throw new AssertionError(room + " was not started");
    }
    return service;
  }

  String bootstrapServers() {
    return "127.0.0.1:" + brokerPort;
  }

  /** Makes a list with members {@code member0@example.net} to {@code memberN@example.net}. */
  void createList(String name, int members) {
    createList(
        name,
        IntStream.range(0, members)
            .mapToObj(number -> "member" + number + "@example.net")
            .toList());
  }

  /** Makes a list with these members. */
  void createList(String name, List<String> members) {
    createList(name, members, "{}");
  }

  /**
   * Makes a list that also takes posts which were written to other lists: they do not name this
   * one, some have no subject, and some look like commands.
   */
  void createListForAnyMail(String name, List<String> members) {
    createList(
        name,
        members,
        """
        {"requireListAddress": false, "maxRecipients": 0, "administrivia": false,
         "holdWithoutSubject": false, "holdDigestReplies": false}
        """);
  }

  /** Makes a list with these members and settings. */
  void createList(String name, List<String> members, String settings) {
    String list = name + "@" + DOMAIN;
    post(
        Room.LISTEXPANDER,
        "/api/v1/lists",
        "application/json",
        "{\"address\":\""
            + list
            + "\",\"displayName\":\""
            + name
            + "\",\"description\":\"\",\"settings\":"
            + settings
            + "}");
    post(
        Room.LISTEXPANDER,
        "/api/v1/lists/" + list + "/members/import",
        "text/plain",
        String.join("\n", members));
    // another process, with a view of its own: until it has the list it knows no such address
    try (Poster poster = new Poster(smtpPort)) {
      await("the edge to know " + list, LIST_LIMIT, () -> poster.takes("ann@example.net", list));
    }
  }

  JsonNode get(Room room, String path) {
    return send(room, HttpRequest.newBuilder().GET(), path);
  }

  byte[] getBytes(Room room, String path) {
    try {
      HttpResponse<byte[]> response =
          reader.send(
              HttpRequest.newBuilder(uri(room, path))
                  .header("Authorization", basic())
                  .timeout(Duration.ofSeconds(60))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + " answers " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new AssertionError(path + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Whatever it answers. */
  HttpResponse<String> exchange(HttpRequest.Builder request, Room room, String path) {
    try {
      return http.send(
          request.uri(uri(room, path)).timeout(Duration.ofSeconds(60)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(path + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonNode post(Room room, String path, String type, String body) {
    return send(
        room,
        HttpRequest.newBuilder()
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)),
        path);
  }

  JsonNode put(Room room, String path, String json) {
    return send(
        room,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8)),
        path);
  }

  private JsonNode send(Room room, HttpRequest.Builder request, String path) {
    HttpResponse<String> response = exchange(request.header("Authorization", basic()), room, path);
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(path + " answers " + response.statusCode() + ": " + response.body());
    }
    return MailJson.mapper().readTree(response.body().isEmpty() ? "null" : response.body());
  }

  private URI uri(Room room, String path) {
    return URI.create("http://127.0.0.1:" + httpPorts.get(room) + path);
  }

  static String basic() {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  }

  /** How many posts of a list the archive holds. */
  long archived(String list) {
    return archivedPosts(list).size();
  }

  /** The posts of a list that the archive holds, as its search shows them. */
  List<JsonNode> archivedPosts(String list) {
    List<JsonNode> posts = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          get(
              Room.ARCHIVE,
              "/api/v1/archive/search?q=&sort=date&limit=100&list="
                  + list
                  + (after.isEmpty() ? "" : "&after=" + after));
      page.path("items").forEach(item -> posts.add(item.path("post")));
      after = page.path("next").asString("");
    } while (!after.isEmpty());
    return posts;
  }

  /** A number that the first instance of a service counts, over all series with this text. */
  double counted(Room room, String series) {
    return counted(httpPorts.get(room), series);
  }

  /** The same of the second instance. */
  double countedByOther(Room room, String series) {
    return counted(otherHttpPorts.get(room), series);
  }

  private double counted(@Nullable Integer port, String series) {
    if (port == null) {
      throw new AssertionError("no such instance");
    }
    try {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                  .timeout(Duration.ofSeconds(60))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(series))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException("no metrics on port " + port, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until no stage has anything to do. */
  void awaitIdle(Duration atMost) {
    await(
        "no lag",
        atMost,
        () ->
            get(Room.LISTEXPANDER, "/api/v1/ops/pipeline")
                .path("stages")
                .valueStream()
                .allMatch(stage -> stage.path("lag").asLong() == 0));
  }

  /** What was set aside, one line each. */
  List<String> deadLetters() {
    return get(Room.LISTEXPANDER, "/api/v1/ops/dead-letters")
        .path("items")
        .valueStream()
        .map(JsonNode::toString)
        .toList();
  }

  /** Waits for a condition. */
  static void await(String what, Duration atMost, BooleanSupplier condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + atMost + " in vain for " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** The ends of all logs, for a failure's message. */
  String logs() {
    StringBuilder all = new StringBuilder();
    services.forEach((room, service) ->
        all.append("--- ").append(room).append('\n').append(service.tail()).append('\n'));
    return all.append("--- broker\n").append(broker.tail()).toString();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    more.forEach(JavaProcess::close);
    services.values().forEach(JavaProcess::close);
    broker.close();
    sink.close();
    http.close();
    reader.close();
    TemporaryFolder.delete(folder);
  }
}
