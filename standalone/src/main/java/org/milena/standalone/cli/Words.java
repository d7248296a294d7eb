package org.milena.standalone.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values of the API as people read them. */
final class Words {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Words() {}

  static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /** In this machine's time zone; what is no instant stays as it is. */
  static String moment(JsonNode node, String field) {
    String text = text(node, field);
    try {
      return text.isEmpty()
          ? ""
          : MOMENT.format(Instant.parse(text).atZone(ZoneId.systemDefault()));
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  /** The texts of an array, or of an array of objects with this field. */
  static String joined(JsonNode array, String separator) {
    return array
        .valueStream()
        .map(item -> item.asString(""))
        .collect(Collectors.joining(separator));
  }

  static String lower(JsonNode node, String field) {
    return text(node, field).toLowerCase(Locale.ROOT);
  }

  /** Octets with a unit. */
  static String size(long octets) {
    if (octets < 1_024) {
      return octets + " B";
    }
    return octets < 1_048_576
        ? "%.1f KB".formatted(octets / 1_024.0)
        : "%.1f MB".formatted(octets / 1_048_576.0);
  }

  /** Seconds with a fitting unit. */
  static String duration(double seconds) {
    if (seconds < 120) {
      return "%.1f s".formatted(seconds);
    }
    return seconds < 7_200
        ? "%.0f min".formatted(seconds / 60)
        : "%.1f h".formatted(seconds / 3_600);
  }
}
