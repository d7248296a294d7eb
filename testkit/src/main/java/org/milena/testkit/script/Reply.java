package org.milena.testkit.script;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One whole reply of a server, checked for its form.
 *
 * @param lines as they came, codes included; at least one
 */
public record Reply(List<String> lines) {
  private static final Pattern LINE = Pattern.compile("[2-5]\\d\\d[ -].*|[2-5]\\d\\d");
  private static final Pattern ENHANCED =
      Pattern.compile("([245])\\d\\d[ -]\\1\\.\\d{1,3}\\.\\d{1,3}( .*)?");
  private static final int MAX_LINE = 510;

  public Reply {
    lines = List.copyOf(lines);
  }

  /**
   * Reads the next one; null when the server has closed.
   *
   * @param free whether this reply has no enhanced code: the greeting, and those to HELO and EHLO
   *     (RFC 2034 section 4)
   * @throws AssertionError when its form is wrong
   */
  public static @Nullable Reply read(Peer peer, boolean free) throws IOException {
    var lines = new ArrayList<String>();
    while (true) {
      String line = peer.readLine();
      if (line == null) {
        if (lines.isEmpty()) {
          return null;
        }
        throw new AssertionError("the server closed inside a reply: " + lines);
      }
      check(line, free);
      if (!lines.isEmpty() && !line.substring(0, 3).equals(lines.getFirst().substring(0, 3))) {
        throw new AssertionError("a reply changes its code: " + lines + ", " + line);
      }
      lines.add(line);
      if (line.length() == 3 || line.charAt(3) == ' ') {
        return new Reply(lines);
      }
    }
  }

  private static void check(String line, boolean free) {
    if (!LINE.matcher(line).matches()) {
      throw new AssertionError("not a reply line: " + line);
    }
    if (line.length() > MAX_LINE) {
      throw new AssertionError("a reply line of more than 512 octets: " + line);
    }
    boolean enhanced = ENHANCED.matcher(line).matches();
    // a goodbye may come at any time, and has its code even in place of a greeting
    boolean mayLack = free && !line.startsWith("421") && !line.startsWith("554");
    if (!enhanced && !mayLack && line.charAt(0) != '3') {
      throw new AssertionError("an enhanced status of the same class is missing: " + line);
    }
  }

  /** The code. */
  public int code() {
    return Integer.parseInt(lines.getFirst().substring(0, 3));
  }

  /** The last line. */
  public String last() {
    return lines.getLast();
  }

  /** The lines after code and separator. */
  public List<String> texts() {
    return lines.stream().map(line -> line.length() > 4 ? line.substring(4) : "").toList();
  }

  @Override
  public String toString() {
    return String.join(" / ", lines);
  }
}
