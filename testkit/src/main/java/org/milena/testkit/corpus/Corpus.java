package org.milena.testkit.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.milena.common.event.MailJson;
import org.milena.common.mail.RawMessage;

/** The folder of real mail. Nothing in it is copied into the project. */
public final class Corpus {
  private static final String VARIABLE = "MILENA_CORPUS";
  private static final String INDEX = ".index.ndjson.gz";

  /**
   * The folder. Where there is none the test that asked is aborted with a sentence on standard
   * error, and fails when the environment has {@code CI=true}.
   */
  public static Path root() {
    String named = System.getenv(VARIABLE);
    Path root = named == null || named.isEmpty() ? beside() : Path.of(named);
    if (Files.isDirectory(root.resolve("lists"))) {
      return root;
    }
    String sentence =
        "NO MAIL CORPUS at " + root.toAbsolutePath() + ": this test did not run. Set " + VARIABLE;
    System.err.println(sentence);
    if ("true".equals(System.getenv("CI"))) {
      return Assertions.fail(sentence);
    }
    return Assumptions.<Path>abort(sentence);
  }

  private static Path beside() {
    Path project = Path.of("").toAbsolutePath();
    while (project.getParent() != null && !Files.exists(project.resolve("mvnw"))) {
      project = project.getParent();
    }
    return project.resolveSibling("shared").resolve("corpus");
  }

  /** The names of all lists. */
  public static List<String> lists() {
    try (Stream<Path> files = Files.list(root().resolve("lists"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(INDEX))
          .map(name -> name.substring(0, name.length() - INDEX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages of a list, by its name: {@code samba-technical-part1}. */
  public static List<CorpusMessage> list(String name) {
    Path plain = root().resolve("lists").resolve(name + ".mbox");
    Path packed = root().resolve("lists").resolve(name + ".mbox.gz");
    Path pipermail = root().resolve("lists").resolve(name + ".pipermail.txt.gz");
    List<RawMessage> messages =
        Files.exists(pipermail)
            ? MboxReader.readPipermail(unpacked(pipermail))
            : MboxReader.read(Files.exists(plain) ? bytes(plain) : unpacked(packed));
    return Stream.iterate(0, i -> i < messages.size(), i -> i + 1)
        .map(i -> new CorpusMessage(name + " " + (i + 1), messages.get(i)))
        .toList();
  }

  /** What another program reads of the same messages, in the same order. */
  public static List<IndexEntry> index(String name) {
    Path packed = root().resolve("lists").resolve(name + INDEX);
    return new String(unpacked(packed), StandardCharsets.UTF_8)
        .lines()
        .map(line -> MailJson.read(line, IndexEntry.class))
        .toList();
  }

  /** The messages of a list that also lie there one by one. */
  public static List<CorpusMessage> listMessages(String name) {
    return emls("lists-eml/" + name);
  }

  /** All messages that have broken parsers, in all folders of {@code torture}. */
  public static List<CorpusMessage> torture() {
    return emls("torture");
  }

  /** All {@code .eml} files below a folder of the corpus, by name. */
  public static List<CorpusMessage> emls(String folder) {
    Path root = root();
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".eml"))
          .sorted()
          .map(file ->
              new CorpusMessage(root.relativize(file).toString(), RawMessage.wrap(bytes(file))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] unpacked(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Corpus() {}
}
