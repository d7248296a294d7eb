package org.milena.testkit.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dialogue, as {@code package-info} describes it.
 *
 * @param name for messages
 */
public record Script(String name, List<Step> steps) {

  /** One line of it. */
  public sealed interface Step {
    /** In the file, from 1. */
    int line();

    /**
     * The client sends octets.
     *
     * @param octets as characters U+0000 to U+00FF
     */
    record Send(int line, String octets, int times) implements Step {}

    /** The next reply. Its last line must match, and its lines must and must not begin so. */
    record Expect(int line, String last, List<String> with, List<String> without, int times)
        implements Step {
      public Expect {
        with = List.copyOf(with);
        without = List.copyOf(without);
      }
    }

    /** The handshake. */
    record Tls(int line) implements Step {}

    /** The server closes. */
    record Closed(int line) implements Step {}
  }

  private static final Pattern LINE =
      Pattern.compile("(C|S|C!|S\\+|S-)(?:\\[(\\d+)\\])?:(?: (.*))?");
  private static final Pattern BASE64 = Pattern.compile("\\{base64:([^}]*)\\}");

  public Script {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a file.
   *
   * @param variables what {@code ${name}} stands for
   */
  public static Script of(Path file, Map<String, String> variables) {
    try {
      return parse(
          String.valueOf(file.getFileName()),
          Files.readString(file, StandardCharsets.UTF_8),
          variables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads text.
   *
   * @throws IllegalArgumentException when a line of it means nothing
   */
  public static Script parse(String name, String text, Map<String, String> variables) {
    var steps = new ArrayList<Step>();
    var with = new ArrayList<String>();
    var without = new ArrayList<String>();
    int number = 0;
    for (String written : text.lines().toList()) {
      number++;
      String line = written;
      for (var variable : variables.entrySet()) {
        line = line.replace("${" + variable.getKey() + "}", variable.getValue());
      }
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.equals("TLS")) {
        steps.add(new Step.Tls(number));
        continue;
      }
      if (line.equals("CLOSED")) {
        steps.add(new Step.Closed(number));
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(name + ":" + number + " means nothing: " + line);
      }
      int times = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
      String rest = matcher.group(3) == null ? "" : matcher.group(3);
      switch (matcher.group(1)) {
        case "C" -> steps.add(new Step.Send(number, octets(encoded(rest)) + "\r\n", times));
        case "C!" -> steps.add(new Step.Send(number, unescaped(encoded(rest)), times));
        case "S+" -> with.add(rest);
        case "S-" -> without.add(rest);
        default -> {
          steps.add(new Step.Expect(number, rest, with, without, times));
          with.clear();
          without.clear();
        }
      }
    }
    return new Script(name, steps);
  }

  private static String encoded(String text) {
    return BASE64
        .matcher(text)
        .replaceAll(found ->
            Base64.getEncoder()
                .encodeToString(unescaped(found.group(1)).getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Octets as characters U+0000 to U+00FF; what was typed beyond ASCII becomes its UTF-8. */
  static String unescaped(String text) {
    var octets = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      char escaped = text.charAt(++i);
      octets.write(
          switch (escaped) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case '\\' -> '\\';
            case 'x' -> {
              i += 2;
              yield Integer.parseInt(text.substring(i - 1, i + 1), 16);
            }
            default -> throw new IllegalArgumentException("no such escape: \\" + escaped);
          });
    }
    return octets.toString(StandardCharsets.ISO_8859_1);
  }
}
