package org.milena.standalone.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the processes of a running server hold of the machine's memory, as Linux counts it. */
final class ProcessMemory {

  private static final Path PROC = Path.of("/proc");
  private static final String RESIDENT = "VmRSS:";

  private ProcessMemory() {}

  /**
   * One process.
   *
   * @param what it is
   * @param resident octets in memory (RSS)
   */
  record Usage(long pid, String what, long resident) {}

  /** The process that a data folder's lock names, if it runs. */
  static Optional<ProcessHandle> owner(Path dataFolder) {
    Path lock = dataFolder.resolve("engine.lock");
    try {
      return Files.exists(lock)
          ? ProcessHandle.of(Long.parseLong(Files.readString(lock).strip()))
              .filter(process -> commandLine(process.pid()).contains("milena"))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CliFailure("%s cannot be read: %s.".formatted(lock, e), e);
    }
  }

  /** A process and all it started. */
  static List<Usage> of(ProcessHandle process) {
    List<Usage> usages = new ArrayList<>();
    Stream.concat(Stream.of(process), process.descendants())
        .mapToLong(ProcessHandle::pid)
        .forEach(pid ->
            resident(pid)
                .ifPresent(
                    octets -> usages.add(new Usage(pid, name(pid, pid == process.pid()), octets))));
    return usages;
  }

  private static String name(long pid, boolean first) {
    if (first) {
      return "services and Kafka broker";
    }
    String command = commandLine(pid);
    if (command.contains("org.elasticsearch.bootstrap.Elasticsearch")) {
      return "Elasticsearch";
    }
    return command.contains("elasticsearch") ? "Elasticsearch's launcher" : "other";
  }

  /** Empty when the process has ended, or this system keeps no such file. */
  private static Optional<Long> resident(long pid) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith(RESIDENT))
        .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
        .map(kibibytes -> Long.parseLong(kibibytes) * 1_024)
        .findFirst();
  }

  private static String commandLine(long pid) {
    return read(pid, "cmdline").replace('\0', ' ');
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(
          PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }
}
