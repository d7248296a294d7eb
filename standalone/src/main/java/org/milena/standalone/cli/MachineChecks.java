package org.milena.standalone.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What can be told about this machine without a server. */
final class MachineChecks {

  private static final int JDK = 25;
  private static final long MEBIBYTE = 1_024 * 1_024;

  /** Below this, ingress takes no mail. */
  private static final long LEAST_DISK = 200 * MEBIBYTE;

  private static final long LITTLE_DISK = 2_048 * MEBIBYTE;

  private final Server server;

  MachineChecks(Server server) {
    this.server = server;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(jdk());
    findings.addAll(folder(server.dataFolder()));
    Optional<ProcessHandle> owner = ProcessMemory.owner(server.dataFolder());
    if (owner.isPresent()) {
      findings.add(
          Finding.ok("process", "process %d has the data folder".formatted(owner.get().pid())));
    } else {
      findings.add(Finding.note("process", "no server of this data folder runs"));
      findings.addAll(freePorts());
    }
    return findings;
  }

  private static Finding jdk() {
    int feature = Runtime.version().feature();
    String text = "Java %s at %s".formatted(Runtime.version(), System.getProperty("java.home"));
    return feature >= JDK
        ? Finding.ok("JDK", text)
        : Finding.bad("JDK", text + ", but %d is needed".formatted(JDK));
  }

  private static List<Finding> folder(Path folder) {
    if (!Files.exists(folder)) {
      return List.of(
          Finding.note("data folder", folder + " does not exist; the first start makes it"));
    }
    List<Finding> findings = new ArrayList<>();
    try {
      String owner = Files.getOwner(folder).getName();
      String me = System.getProperty("user.name");
      boolean mine = owner.equals(me) && Files.isWritable(folder);
      findings.add(
          mine
              ? Finding.ok("data folder", "%s, of %s".formatted(folder, owner))
              : Finding.bad(
                  "data folder",
                  "%s is of %s, and you are %s: start the server as its owner"
                      .formatted(folder, owner, me)));
      findings.add(disk(folder));
      secret(folder.resolve("admin-password")).ifPresent(findings::add);
      secret(folder.resolve("keys")).ifPresent(findings::add);
    } catch (IOException e) {
      findings.add(Finding.bad("data folder", "%s cannot be read: %s".formatted(folder, e)));
    }
    return findings;
  }

  private static Finding disk(Path folder) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    String text = Words.size(free) + " free at " + folder;
    if (free < LEAST_DISK) {
      return Finding.bad("disk", text + ": no mail is taken below " + Words.size(LEAST_DISK));
    }
    return free < LITTLE_DISK
        ? Finding.note("disk", text + ", which is little")
        : Finding.ok("disk", text);
  }

  private static Optional<Finding> secret(Path path) throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    boolean open =
        Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)
            && Files.isRegularFile(path);
    return open
        ? Optional.of(
            Finding.bad("secrets", "%s can be read by everybody: chmod 600 it".formatted(path)))
        : Optional.of(Finding.ok("secrets", path + " is closed to others"));
  }

  private List<Finding> freePorts() {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> ports = new LinkedHashMap<>();
    ports.put("MILENA_HTTP_PORT", "8080");
    ports.put("MILENA_SMTP_PORT", "2525");
    ports.put("MILENA_SUBMISSION_PORT", "2587");
    ports.put("MILENA_SUBMISSIONS_PORT", "2465");
    ports.forEach((variable, otherwise) -> {
      String text = server.variable(variable);
      findings.add(port(variable, text.isEmpty() ? otherwise : text));
    });
    return findings;
  }

  private static Finding port(String variable, String text) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), Integer.parseInt(text)));
      return Finding.ok("port " + text, "free");
    } catch (NumberFormatException e) {
      return Finding.bad("port " + text, variable + " is not a number");
    } catch (IOException e) {
      return Finding.bad(
          "port " + text,
          "taken by another program (%s): choose another with %s"
              .formatted(Objects.requireNonNullElse(e.getMessage(), ""), variable));
    }
  }
}
