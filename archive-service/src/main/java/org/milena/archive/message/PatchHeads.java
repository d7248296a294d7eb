package org.milena.archive.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads names and blob ids from the lines before the hunks of files. */
final class PatchHeads {
  private static final Pattern INDEX =
      Pattern.compile("index ([0-9a-f]{4,64}(?:,[0-9a-f]{4,64})*)\\.\\.([0-9a-f]{4,64})(?: \\d+)?");
  private static final Pattern NO_BLOB = Pattern.compile("0+");

  /** What git puts before names, by what it compares: a/ b/ i/ w/ c/ o/. */
  private static final Pattern PREFIX = Pattern.compile("[abciow]/.+");

  private static final String NO_FILE = "/dev/null";

  private final Set<String> files = new LinkedHashSet<>();
  private final Set<String> before = new LinkedHashSet<>();
  private final Set<String> after = new LinkedHashSet<>();

  void add(String line) {
    Matcher index = INDEX.matcher(line);
    if (index.matches()) {
      for (String blob : index.group(1).split(",", -1)) {
        blob(before, blob);
      }
      blob(after, index.group(2));
    } else if (line.startsWith("diff --git ")) {
      both(line.substring("diff --git ".length()));
    } else if (line.startsWith("diff --cc ")) {
      file(unquoted(line.substring("diff --cc ".length())));
    } else if (line.startsWith("--- ") || line.startsWith("+++ ") || line.startsWith("*** ")) {
      file(bare(name(line.substring(4))));
    } else if (line.startsWith("rename ") || line.startsWith("copy ")) {
      int name = line.indexOf(' ', line.indexOf(' ') + 1);
      file(name < 0 ? "" : unquoted(line.substring(name + 1)));
    } else if (line.startsWith("Index: ")) {
      file(name(line.substring(7)));
    }
  }

  private static void blob(Set<String> blobs, String id) {
    if (!NO_BLOB.matcher(id).matches()) {
      blobs.add(id);
    }
  }

  private void file(String name) {
    if (!name.isEmpty() && !name.equals(NO_FILE)) {
      files.add(name);
    }
  }

  /**
   * {@code a/x b/x}: needed where no other line names the file. Names with spaces are told apart by
   * being the same; where they are not, {@code rename} lines follow.
   */
  private void both(String names) {
    if (names.startsWith("\"")) {
      int end = names.indexOf("\" ", 1);
      file(end < 0 ? "" : bare(unquoted(names.substring(0, end + 1))));
      return;
    }
    int middle = names.length() / 2;
    if (names.length() % 2 == 1 && names.charAt(middle) == ' ') {
      String one = bare(names.substring(0, middle));
      if (one.equals(bare(names.substring(middle + 1)))) {
        file(one);
      }
    }
  }

  /** Without what stands behind a tab, or without the time where there is no tab. */
  private static String name(String rest) {
    int tab = rest.indexOf('\t');
    String name = tab < 0 ? rest : rest.substring(0, tab);
    return unquoted(name.strip().replaceFirst(" {2,}\\S.*$| \\d{4}-\\d\\d-\\d\\d.*$", ""));
  }

  private static String bare(String name) {
    return PREFIX.matcher(name).matches() ? name.substring(2) : name;
  }

  /** Names with odd characters stand in quotes, their octets as in C: {@code "\303\244"}. */
  private static String unquoted(String name) {
    if (name.length() < 2 || !name.startsWith("\"") || !name.endsWith("\"")) {
      return name;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
    int i = 1;
    while (i < name.length() - 1) {
      char c = name.charAt(i);
      if (c != '\\') {
        int end = i + Character.charCount(name.codePointAt(i));
        bytes.writeBytes(name.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end;
        continue;
      }
      Integer octal = octal(name, i + 1);
      if (octal == null) {
        bytes.write(escaped(name.charAt(Math.min(i + 1, name.length() - 1))));
        i += 2;
      } else {
        bytes.write(octal);
        i += 4;
      }
    }
    return CleanText.line(bytes.toString(StandardCharsets.UTF_8), TextLines.LONGEST_LOOKED_AT);
  }

  private static @Nullable Integer octal(String name, int at) {
    int value = 0;
    for (int i = at; i < at + 3; i++) {
      int digit = i < name.length() ? name.charAt(i) - '0' : -1;
      if (digit < 0 || digit > 7) {
        return null;
      }
      value = value * 8 + digit;
    }
    return value;
  }

  private static int escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'v' -> 11;
      default -> c;
    };
  }

  List<String> files() {
    return List.copyOf(files);
  }

  List<String> blobsBefore() {
    return List.copyOf(before);
  }

  List<String> blobsAfter() {
    return List.copyOf(after);
  }
}
