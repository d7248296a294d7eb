package org.milena.scanner.icap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a reply, of ICAP or of the HTTP in it: status line and fields.
 *
 * <p>Tolerant where services differ (bare LF, folded fields, lines that are no field), strict where
 * it matters: the status line.
 *
 * @param status the code
 * @param reason the words behind it; may be empty
 * @param fields by their names in lower case; values of one name joined by comma (RFC 9110 section
 *     5.3), lines of a folded one by a space
 */
record Head(int status, String reason, Map<String, String> fields) {

  /** Of all lines, with their ends. */
  static final int MAX_OCTETS = 64 * 1024;

  private static final Pattern STATUS =
      Pattern.compile("(ICAP|HTTP)/[0-9]\\.[0-9] +([1-5][0-9]{2})(?: (.*))?");

  Head {
    fields = Map.copyOf(fields);
  }

  /**
   * Reads a head.
   *
   * @param protocol ICAP or HTTP
   * @throws MalformedReplyException when it does not begin with a status line of that protocol
   */
  static Head parse(String protocol, byte[] octets) throws MalformedReplyException {
    List<String> lines =
        new ArrayList<>(new String(octets, StandardCharsets.ISO_8859_1).lines().toList());
    String first = lines.isEmpty() ? "" : lines.removeFirst();
    Matcher status = STATUS.matcher(first);
    if (!status.matches() || !status.group(1).equals(protocol)) {
      throw new MalformedReplyException("no " + protocol + " status line: \"" + cut(first) + '"');
    }
    Map<String, String> fields = new LinkedHashMap<>();
    String name = "";
    for (String line : lines) {
      boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
      int colon = line.indexOf(':');
      if (folded && !name.isEmpty()) {
        fields.merge(name, line.strip(), (before, more) -> before + ' ' + more);
      } else if (colon > 0) {
        name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        fields.merge(
            name, line.substring(colon + 1).strip(), (before, more) -> before + ", " + more);
      } else {
        name = "";
      }
    }
    String reason = status.group(3);
    return new Head(Integer.parseInt(status.group(2)), reason == null ? "" : reason, fields);
  }

  /** The value of a field; empty when there is none. */
  String field(String lowerCaseName) {
    return fields.getOrDefault(lowerCaseName, "");
  }

  /** Whether a comma-separated field has this item, in whatever case. */
  boolean lists(String lowerCaseName, String item) {
    for (String one : field(lowerCaseName).split(",", -1)) {
      if (one.strip().equalsIgnoreCase(item)) {
        return true;
      }
    }
    return false;
  }

  /** Code and words. */
  String statusText() {
    return (status + " " + cut(reason)).strip();
  }

  private static String cut(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + '…';
  }
}
