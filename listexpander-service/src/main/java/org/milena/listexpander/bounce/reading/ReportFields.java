package org.milena.listexpander.bounce.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields of a machine-readable part, in groups (RFC 3464 section 2.1). Names are lower case,
 * values unfolded; lines that are no fields are left out.
 */
final class ReportFields {
  /** How many recipients of one report are kept; the rest is not read. */
  static final int MAX_GROUPS = 200;

  private static final int MAX_FIELDS = 100;
  private static final int MAX_NAME = 60;
  private static final int MAX_VALUE = 4000;
  private static final int MAX_LINES = 20_000;

  /** One field. */
  record Field(String name, String value) {}

  /** The fields about one recipient, or about the whole report. */
  static final class Group {
    private final List<Field> fields = new ArrayList<>();

    /** The first value of a name in lower case; empty values do not count. */
    Optional<String> first(String name) {
      return fields.stream()
          .filter(field -> field.name.equals(name) && !field.value.isBlank())
          .map(Field::value)
          .findFirst();
    }

    /** All values of a name in lower case. */
    List<String> all(String name) {
      return fields.stream()
          .filter(field -> field.name.equals(name) && !field.value.isBlank())
          .map(Field::value)
          .toList();
    }

    boolean has(String name) {
      return fields.stream().anyMatch(field -> field.name.equals(name));
    }
  }

  /** All fields of a text as one group. */
  static Group flat(String text) {
    Group all = new Group();
    for (Field field : fields(text)) {
      if (!field.name.isEmpty() && all.fields.size() < MAX_FIELDS) {
        all.fields.add(field);
      }
    }
    return all;
  }

  /**
   * The groups of a text. An empty line parts two of them, where the next has a recipient or an
   * action of its own; and so does a field that a group can have once only, for the writers that
   * forget the empty line.
   */
  static List<Group> groups(String text) {
    List<Group> groups = new ArrayList<>();
    Group current = new Group();
    boolean gap = false;
    for (Field field : fields(text)) {
      if (field.name.isEmpty()) {
        gap = true;
        continue;
      }
      boolean opens =
          switch (field.name) {
            case "final-recipient", "original-recipient", "action" -> true;
            default -> false;
          };
      if (opens && (gap || current.has(field.name)) && !current.fields.isEmpty()) {
        groups.add(current);
        if (groups.size() == MAX_GROUPS) {
          return groups;
        }
        current = new Group();
      }
      gap = false;
      if (current.fields.size() < MAX_FIELDS) {
        current.fields.add(field);
      }
    }
    groups.add(current);
    return groups;
  }

  /** In their order, with a field without a name for each empty line. */
  private static List<Field> fields(String text) {
    List<Field> fields = new ArrayList<>();
    String name = "";
    StringBuilder value = new StringBuilder();
    for (String line : ReportText.lines(text, MAX_LINES)) {
      boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
      if (folded && !name.isEmpty() && !line.isBlank()) {
        if (value.length() + line.length() < MAX_VALUE) {
          value.append(' ').append(line.strip());
        }
        continue;
      }
      if (!name.isEmpty()) {
        fields.add(new Field(name, value.toString()));
        name = "";
      }
      if (line.isBlank()) {
        fields.add(new Field("", ""));
        continue;
      }
      int colon = line.indexOf(':');
      if (colon > 0 && colon <= MAX_NAME && line.indexOf(' ') != 0) {
        String candidate = line.substring(0, colon).strip();
        if (candidate.chars().allMatch(c -> c > ' ' && c < 127)) {
          name = candidate.toLowerCase(Locale.ROOT);
          value.setLength(0);
          value.append(line, colon + 1, line.length());
        }
      }
    }
    if (!name.isEmpty()) {
      fields.add(new Field(name, value.toString()));
    }
    return fields.stream().map(field -> new Field(field.name, field.value.strip())).toList();
  }

  private ReportFields() {}
}
