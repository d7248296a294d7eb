import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or applies google-java-format: {@code Format.java check|apply folder...}.
 *
 * <p>It is started from source by the build, on the JDK the code is written for. The usual Maven
 * plugins format inside Maven's own JVM, which may be older than the syntax it would have to read.
 */
class Format {

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Formatter formatter = new Formatter();
    List<String> faults = new ArrayList<>();
    for (Path file : sources(args)) {
      String before = Files.readString(file);
      try {
        String after = formatter.formatSourceAndFixImports(before.replace("\r\n", "\n"));
        if (after.equals(before)) {
          continue;
        }
        if (apply) {
          Files.writeString(file, after);
          System.out.println("formatted " + file);
        } else {
          faults.add(file + ":" + firstDifference(before, after));
        }
      } catch (FormatterException e) {
        faults.add(file + ": " + e.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      faults.forEach(System.err::println);
      System.err.println(
          "Not formatted as the house does. Mend it with: " + "./mvnw -q -N initialize -Pformat");
      System.exit(1);
    }
  }

  private static List<Path> sources(String[] args) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of(args).subList(1, args.length)) {
      if (Files.isDirectory(Path.of(folder))) {
        Files.walkFileTree(Path.of(folder), new JavaFiles(sources));
      }
    }
    sources.sort(null);
    return sources;
  }

  /** Java files by hand: what a build wrote and what is hidden is left alone. */
  private static final class JavaFiles extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    JavaFiles(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = folder.normalize().getFileName().toString();
      boolean ours = name.isEmpty() || !name.equals("target") && !name.startsWith(".");
      return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.toString().endsWith(".java")) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static int firstDifference(String before, String after) {
    List<String> left = before.lines().toList();
    List<String> right = after.lines().toList();
    int line = 0;
    while (line < left.size() && line < right.size() && left.get(line).equals(right.get(line))) {
      line++;
    }
    return line + 1;
  }

  private Format() {}
}
