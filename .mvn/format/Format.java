import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
      System.err.println("Not formatted as the house does. Mend it with: ./mvnw -q initialize -Pformat");
      System.exit(1);
    }
  }

  private static List<Path> sources(String[] args) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of(args).subList(1, args.length)) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
          files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
        }
      }
    }
    return sources;
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
