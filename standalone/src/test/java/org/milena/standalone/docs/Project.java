package org.milena.standalone.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of this project. */
final class Project {
  private static final Path ROOT = root();

  /** The file of this name, from the project's root. */
  static Path file(String name) {
    return ROOT.resolve(name);
  }

  /** Its path from the project's root, with slashes. */
  static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files made by hand: what a build wrote, what is hidden and what a run keeps is left out. */
  static List<Path> files(Predicate<String> wanted) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(ROOT, new HandMade(found, wanted));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  /** Production files: sources, resources and the launcher. */
  static List<Path> production() {
    return files(name ->
        name.equals("milena")
            || (name.contains("/src/main/")
                && !name.startsWith("testkit/")
                && !name.startsWith("benchmarks/")));
  }

  /** What the first group of the pattern finds in these files. */
  static Set<String> find(List<Path> files, Pattern pattern) {
    Set<String> found = new TreeSet<>();
    for (Path file : files) {
      Matcher matcher = pattern.matcher(read(file));
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  /** First cells of the rows of all tables in a page, without backticks. */
  static Set<String> firstCells(Path page) {
    return find(List.of(page), Pattern.compile("(?m)^\\| `([^`|]+)`[^|]*\\|"));
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no project around " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  private static final class HandMade extends SimpleFileVisitor<Path> {
    private static final Set<String> NOT_OURS = Set.of("target", "data", "node_modules");

    private final List<Path> found;
    private final Predicate<String> wanted;

    HandMade(List<Path> found, Predicate<String> wanted) {
      this.found = found;
      this.wanted = wanted;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      boolean skip = !folder.equals(ROOT) && (NOT_OURS.contains(name) || name.startsWith("."));
      return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (wanted.test(name(file))) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    /** Other builds of the same tree come and go. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }

  private Project() {}
}
