package org.milena.common.header;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Real and odd mail, which lies outside the project: the folder that {@code MILENA_CORPUS} names,
 * or {@code ../shared/corpus} beside it. Without it the tests that need it are skipped with a loud
 * word, and fail in CI.
 */
final class Corpus {

  /** One message of the corpus. */
  record Mail(Path path, Bytes content) {
    byte[] bytes() {
      return content.array;
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** An array that a record may hold. */
  static final class Bytes {
    final byte[] array;

    Bytes(byte[] array) {
      this.array = array;
    }
  }

  private Corpus() {}

  static List<Mail> mails() {
    Path root =
        Path.of(Objects.requireNonNullElse(System.getenv("MILENA_CORPUS"), "../../shared/corpus"));
    if (!Files.isDirectory(root)) {
      String word = "NO MAIL CORPUS at " + root.toAbsolutePath() + ": corpus tests did not run";
      System.err.println("********** " + word);
      if (Objects.equals(System.getenv("CI"), "true")) {
        Assertions.fail(word);
      }
      Assumptions.abort(word);
    }
    try (Stream<Path> paths = Files.walk(root)) {
      List<Mail> mails =
          paths
              .filter(path -> path.toString().endsWith(".eml"))
              .sorted()
              .map(Corpus::read)
              .toList();
      Assertions.assertFalse(mails.isEmpty(), "an empty corpus proves nothing");
      return mails;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Mail read(Path path) {
    try {
      return new Mail(path, new Bytes(Files.readAllBytes(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
