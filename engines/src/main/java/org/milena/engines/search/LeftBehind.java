package org.milena.engines.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that outlived the process that started them, on systems where the kernel doesn't stop
 * them.
 *
 * <p>They are known by the marker on their command line, not by a noted process id, which may long
 * be another's. Whoever calls this holds the data folder, so a server on it that runs is nobody's.
 */
final class LeftBehind {

  private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);
  private static final long PATIENCE_SECONDS = 15;

  private LeftBehind() {}

  /** Stops them, gently first, and returns when they are gone. */
  static void stop(String marker) {
    List<ProcessHandle> servers = find(marker);
    servers.forEach(server -> {
      LOG.warn("Stopping an Elasticsearch left behind by a killed process: {}", server.pid());
      server.destroy();
    });
    if (!gone(servers)) {
      servers.forEach(ProcessHandle::destroyForcibly);
      gone(servers);
    }
  }

  static List<ProcessHandle> find(String marker) {
    String option = "-D" + marker;
    return ProcessHandle.allProcesses()
        .filter(process -> arguments(process).anyMatch(option::equals))
        .toList();
  }

  /** The kernel's own list where there is one: the JDK's ends after a page of memory. */
  private static Stream<String> arguments(ProcessHandle process) {
    Path list = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return Arrays.stream(Files.readString(list, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return process.info().arguments().stream().flatMap(Arrays::stream);
    }
  }

  /** Whether all of them ended within a while. */
  static boolean gone(List<ProcessHandle> processes) {
    return CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> true)
        .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
