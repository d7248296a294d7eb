package org.milena.standalone.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A repository as the program {@code git} reads it. Nothing is written to it, nothing fetched, and
 * nobody asked.
 */
final class GitRepository {
  private static final int SAID = 500;

  private final Path folder;

  GitRepository(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Takes what git prints, a line at a time. */
  interface Lines {
    void line(String line) throws IOException;
  }

  /** A child, with a file for what it complains about. */
  record Child(Process process, Path complaints) implements AutoCloseable {

    /** Waits for its end, which must be a good one. */
    void end(String what) throws IOException {
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
          String said = Files.readString(complaints, StandardCharsets.ISO_8859_1).strip();
          throw new IOException(
              "git cannot %s: %s"
                  .formatted(
                      what,
                      said.isEmpty()
                          ? "it ended early"
                          : said.substring(0, Math.min(SAID, said.length()))));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public void close() throws IOException {
      process.destroy();
      Files.deleteIfExists(complaints);
    }
  }

  Child start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + folder));
    command.addAll(List.of(arguments));
    Path complaints = Files.createTempFile("milena-git", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_NO_LAZY_FETCH", "1");
    builder.environment().put("LC_ALL", "C");
    try {
      return new Child(builder.start(), complaints);
    } catch (IOException e) {
      Files.deleteIfExists(complaints);
      throw new IOException("the program git is needed for this, and cannot be run", e);
    }
  }

  /** Runs a command that prints lines. */
  void each(String what, Lines lines, String... arguments) throws IOException {
    try (Child child = start(arguments);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    child.process().getInputStream(), StandardCharsets.ISO_8859_1))) {
      child.process().getOutputStream().close();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.line(line);
      }
      child.end(what);
    }
  }

  /** Whether nothing was ever committed, so that {@code HEAD} leads nowhere. */
  boolean isEmpty() throws IOException {
    return all("look for commits", "rev-list", "--all", "--max-count=1").isEmpty();
  }

  /** What a command prints. */
  List<String> all(String what, String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    each(what, all::add, arguments);
    return all;
  }
}
