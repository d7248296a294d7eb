package org.milena.engines.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The server's own folders: its data, and settings that are written anew for each start.
 *
 * @param root where they lie
 */
record ServerFolder(Path root) {

  Path config() {
    return root.resolve("config");
  }

  Path data() {
    return root.resolve("data");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  /** Writes the settings and gives the folders to the user the server runs as. */
  void prepare(ElasticsearchSettings settings, int httpPort, String marker, RunAs runAs)
      throws IOException {
    Folders.delete(temporary());
    for (Path folder : List.of(config(), data(), logs(), temporary())) {
      Folders.create(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    Files.write(config().resolve("elasticsearch.yml"), serverSettings(settings, httpPort));
    Files.write(config().resolve("jvm.options"), jvmOptions(settings, marker));
    Files.writeString(config().resolve("log4j2.properties"), LOGGING);
    for (Path folder : List.of(config(), data(), logs(), temporary())) {
      runAs.own(folder);
    }
  }

  private List<String> serverSettings(ElasticsearchSettings settings, int httpPort) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("cluster.name", "milena");
    all.put("node.name", "milena");
    all.put("discovery.type", "single-node");
    // Loopback also spares the bootstrap checks of a production cluster (vm.max_map_count).
    all.put("network.host", "127.0.0.1");
    all.put("http.port", Integer.toString(httpPort));
    all.put("transport.port", "0");
    all.put("path.data", data().toString());
    all.put("path.logs", logs().toString());
    // An index nobody declared has no mapping anybody wants.
    all.put("action.auto_create_index", "false");
    // Whoever reaches the loopback address of this machine is not asked.
    all.put("xpack.security.enabled", "false");
    // It counts garbage as memory in use, and would refuse everything until a collection comes; the
    // serial collector lets garbage lie until it needs the room. What is reserved is bounded still.
    all.put("indices.breaker.total.use_real_memory", "false");
    // By default a disk that is 85 % full gets no new index, however many gigabytes are left.
    all.put("cluster.routing.allocation.disk.watermark.low", "1gb");
    all.put("cluster.routing.allocation.disk.watermark.high", "500mb");
    all.put("cluster.routing.allocation.disk.watermark.flood_stage", "250mb");
    all.putAll(settings.overrides());
    return all.entrySet().stream().map(e -> e.getKey() + ": " + quoted(e.getValue())).toList();
  }

  /**
   * The distribution's options but for the collector (two cores), the log of collections and the
   * heap dumps, and without touching the whole heap at start. The marker tells our server from
   * others.
   *
   * <p>Half of the processor time of a server that fills its first index goes into compiling the
   * server, so fewer methods are compiled into those that call them; that takes a quarter less.
   */
  private List<String> jvmOptions(ElasticsearchSettings settings, String marker) {
    return List.of(
        "-Xms" + settings.heapMegabytes() + "m",
        "-Xmx" + settings.heapMegabytes() + "m",
        "-XX:-AlwaysPreTouch",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-XX:InlineSmallCode=1000",
        "-XX:FreqInlineSize=200",
        "-Djava.io.tmpdir=" + temporary(),
        "20-:--add-modules=jdk.incubator.vector",
        "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:ErrorFile=" + logs().resolve("hs_err_pid%p.log"),
        "-D" + marker);
  }

  private static String quoted(String value) {
    return value
        .chars()
        .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c : Character.toString(c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  /** The console is what we read; the file is for the operator and bounded. */
  private static final String LOGGING =
      """
      status = error

      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%consoleException%n

      appender.file.type = RollingFile
      appender.file.name = file
      appender.file.fileName = ${sys:es.logs.base_path}${sys:file.separator}elasticsearch.log
      appender.file.filePattern = ${sys:es.logs.base_path}${sys:file.separator}elasticsearch-%i.log.gz
      appender.file.layout.type = PatternLayout
      appender.file.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}]%marker %m%n
      appender.file.policies.type = Policies
      appender.file.policies.size.type = SizeBasedTriggeringPolicy
      appender.file.policies.size.size = 8MB
      appender.file.strategy.type = DefaultRolloverStrategy
      appender.file.strategy.max = 4

      rootLogger.level = info
      rootLogger.appenderRef.console.ref = console
      rootLogger.appenderRef.file.ref = file
      """;
}
