package org.milena.benchmarks.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;

/**
 * What people might look for: words, phrases and beginnings of words that stand in posts, drawn by
 * a fixed seed.
 */
final class Queries {
  private static final int BODY = 4_000;
  private static final int PREFIX = 4;
  private static final int SAMPLE = 1_000;
  private static final Pattern WORD = Pattern.compile("[A-Za-z]{4,14}");

  /** Lines that people write: words and marks, and no quotation. */
  private static final Pattern PROSE = Pattern.compile("[A-Za-z][A-Za-z ,.'()?!:;-]{25,120}");

  private final Random random = new Random(20_261_129);
  private final List<String> subjects = new ArrayList<>();
  private final List<List<String>> lines = new ArrayList<>();
  private int seen;

  /** Looks at a post. Which ones are kept does not depend on how many come. */
  void look(RawMessage message) {
    seen++;
    if (lines.size() >= SAMPLE || random.nextInt(4) != 0) {
      return;
    }
    HeaderBlock header = HeaderBlock.of(message);
    byte[] octets = message.unsafeBytes();
    int from = header.bodyOffset();
    String body = new String(octets, from, Math.min(BODY, octets.length - from), ISO_8859_1);
    List<List<String>> found =
        body.lines()
            .filter(line -> PROSE.matcher(line).matches())
            .map(Queries::words)
            .filter(words -> words.size() > 2)
            .toList();
    List<String> subject = words(header.first("Subject").map(field -> field.decoded()).orElse(""));
    if (!found.isEmpty() && !subject.isEmpty()) {
      lines.add(found.get(random.nextInt(found.size())));
      subjects.add(subject.get(random.nextInt(subject.size())));
    }
  }

  private static List<String> words(String line) {
    return WORD.matcher(line).results().map(word -> word.group().toLowerCase(Locale.ROOT)).toList();
  }

  /** So many, of five kinds in turn. */
  List<String> draw(int count) {
    if (lines.isEmpty()) {
      throw new IllegalStateException("no prose in " + seen + " posts");
    }
    List<String> queries = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int post = random.nextInt(lines.size());
      List<String> words = lines.get(post);
      int at = random.nextInt(words.size() - 2);
      queries.add(
          switch (number % 5) {
            case 0 -> words.get(at);
            case 1 -> words.get(at) + " " + words.get(at + 2);
            case 2 -> "\"" + words.get(at) + " " + words.get(at + 1) + "\"";
            case 3 -> words.get(at).substring(0, PREFIX) + "*";
            default -> "s:" + subjects.get(post);
          });
    }
    return queries;
  }

  /** Those of a file, one a line. */
  static List<String> of(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
  }
}
