package org.milena.archive.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.archive.message.TextBlock.Kind;

/**
 * Finds patches: those of git, unified ones of other programs, and context diffs (POSIX, diff,
 * section "Diff -C or -c Output Format").
 *
 * <p>How many lines a hunk has is said at its head, and that decides where it ends, so that what is
 * behind a patch is text again. A hunk that mail has damaged ends where its lines do not fit.
 */
final class DiffLines {
  static final Pattern HUNK =
      Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");
  private static final Pattern COMBINED_HUNK =
      Pattern.compile("@@@+ (?:-\\d{1,9}(?:,\\d{1,9})? ){2,9}\\+\\d{1,9}(?:,\\d{1,9})? @@@+.*");
  private static final Pattern EXTENDED =
      Pattern.compile(
          "(?:old mode|new mode|deleted file mode|new file mode|copy from|copy to|rename from"
              + "|rename to|similarity index|dissimilarity index|index|mode) .*"
              + "|Binary files .* differ|={40,}");
  private static final Pattern STAT = Pattern.compile(" [^|]+ \\|\\s+(?:\\d+ ?[+-]*|Bin\\b.*) *");
  private static final Pattern STAT_SUM = Pattern.compile(" \\d+ files? changed(?:,.*)?");
  private static final Pattern STAT_MODE =
      Pattern.compile(" (?:create|delete) mode \\d+ .*| (?:rename|copy|rewrite|mode change) .*");
  private static final Pattern OLD_RANGE =
      Pattern.compile("\\*\\*\\* (\\d{1,9})(?:,(\\d{1,9}))? \\*\\*\\*\\*\\s*");
  private static final Pattern NEW_RANGE =
      Pattern.compile("--- (\\d{1,9})(?:,(\\d{1,9}))? ----\\s*");
  private static final Pattern BASE85 =
      Pattern.compile("[A-Za-z][0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{5,65}");
  private static final String STARS = "***************";

  private final TextLines lines;

  /** The lines before this one were looked through already. */
  private int noStatBefore;

  DiffLines(TextLines lines) {
    this.lines = lines;
  }

  /** Marks the part of a patch that begins here; the line behind it, or this one if none does. */
  int take(int at) {
    String line = lines.form(at);
    if (line.isEmpty()) {
      return at;
    }
    return switch (line.charAt(0)) {
      case '@' -> hunk(at);
      case 'd' -> line.startsWith("diff ") && isDiffCommand(at) ? head(at) : at;
      case 'I' -> line.startsWith("Index: ") && lines.at(at + 1).startsWith("====") ? head(at) : at;
      case '-' -> line.equals("---") ? separator(at) : isUnifiedHead(at) ? head(at) : at;
      case '*' -> isContextHead(at) ? context(at) : at;
      case ' ' -> stat(at);
      default -> at;
    };
  }

  private boolean isDiffCommand(int at) {
    String line = lines.form(at);
    if (line.startsWith("diff --git ") || line.startsWith("diff --cc ")) {
      return true;
    }
    // diff -urN old new; in prose nothing of the kind follows
    return line.startsWith("diff -") && (isUnifiedHead(at + 1) || isContextHead(at + 1));
  }

  private boolean isUnifiedHead(int at) {
    return lines.at(at).startsWith("--- ")
        && lines.at(at + 1).startsWith("+++ ")
        && lines.at(at + 2).startsWith("@@ -");
  }

  private boolean isContextHead(int at) {
    return lines.at(at).startsWith("*** ")
        && lines.at(at + 1).startsWith("--- ")
        && lines.at(at + 2).startsWith(STARS);
  }

  private int head(int at) {
    int i = at;
    lines.mark(i++, Kind.DIFF_HEAD);
    while (i < lines.count()) {
      String line = lines.form(i);
      boolean files = line.startsWith("--- ") && lines.at(i + 1).startsWith("+++ ");
      if (files) {
        lines.mark(i++, Kind.DIFF_HEAD);
      } else if (line.equals("GIT binary patch")) {
        i = binary(i);
        continue;
      } else if (isContextHead(i)) {
        return context(i);
      } else if (!EXTENDED.matcher(line).matches() && !line.startsWith("+++ ")) {
        break;
      }
      lines.mark(i++, Kind.DIFF_HEAD);
    }
    return i;
  }

  private int binary(int at) {
    int i = at;
    lines.mark(i++, Kind.DIFF_HEAD);
    while (i < lines.count()) {
      String line = lines.form(i);
      boolean blank = line.isEmpty() && isBinary(lines.form(i + 1));
      if (!blank && !isBinary(line)) {
        break;
      }
      lines.mark(i++, Kind.DIFF_HEAD);
    }
    return i;
  }

  private static boolean isBinary(String line) {
    return line.startsWith("literal ")
        || line.startsWith("delta ")
        || BASE85.matcher(line).matches();
  }

  /** {@code ---} of a mail that git wrote; notes may stand between it and the list of files. */
  private int separator(int at) {
    int next = lines.skipBlank(at + 1);
    for (int i = next; i < Math.min(lines.count(), next + 60); i++) {
      String line = lines.form(i);
      if (STAT.matcher(line).matches() || line.startsWith("diff --git ") || isUnifiedHead(i)) {
        lines.mark(at, Kind.DIFF_HEAD);
        return at + 1;
      }
    }
    return at;
  }

  private int stat(int at) {
    if (at < noStatBefore) {
      return at;
    }
    int i = at;
    while (i < lines.count() && STAT.matcher(lines.form(i)).matches()) {
      i++;
    }
    if (!STAT_SUM.matcher(lines.form(i)).matches()) {
      noStatBefore = i;
      return at;
    }
    i++;
    while (i < lines.count() && STAT_MODE.matcher(lines.form(i)).matches()) {
      i++;
    }
    lines.mark(at, i, Kind.DIFF_HEAD);
    return i;
  }

  private int hunk(int at) {
    Matcher head = HUNK.matcher(lines.form(at));
    if (!head.matches()) {
      return COMBINED_HUNK.matcher(lines.form(at)).matches() ? combined(at) : at;
    }
    int before = count(head.group(2));
    int after = count(head.group(4));
    lines.mark(at, Kind.DIFF_HUNK);
    int i = at + 1;
    Kind kind = Kind.DIFF_CONTEXT;
    while (i < lines.count() && (before > 0 || after > 0)) {
      String line = lines.at(i);
      char mark = line.isEmpty() ? ' ' : line.charAt(0);
      if (mark == '-' && before > 0) {
        before--;
        kind = Kind.DIFF_REMOVED;
      } else if (mark == '+' && after > 0) {
        after--;
        kind = Kind.DIFF_ADDED;
      } else if ((mark == ' ' || mark == '\t' || mark == 0xA0) && before > 0 && after > 0) {
        before--;
        after--;
        kind = Kind.DIFF_CONTEXT;
      } else if (mark != '\\' && !isWrapped(i)) {
        break;
      }
      lines.mark(i++, kind);
    }
    if (lines.at(i).startsWith("\\ ")) {
      lines.mark(i++, kind);
    }
    return i;
  }

  private static int count(String group) {
    return group == null ? 1 : Integer.parseInt(group);
  }

  /** Whether the line looks like the end of a longer one that a mail program broke. */
  private boolean isWrapped(int at) {
    String next = lines.at(at + 1);
    return lines.at(at - 1).length() > 50
        && !lines.at(at).isEmpty()
        && lines.at(at).charAt(0) != '>'
        && !lines.at(at).startsWith("@@ ")
        && !lines.at(at).startsWith("diff ")
        && !next.isEmpty()
        && " +-@".indexOf(next.charAt(0)) >= 0;
  }

  private int combined(int at) {
    lines.mark(at, Kind.DIFF_HUNK);
    int i = at + 1;
    while (i < lines.count()) {
      String line = lines.at(i);
      if (line.length() < 2
          || " +-".indexOf(line.charAt(0)) < 0
          || " +-".indexOf(line.charAt(1)) < 0
          || line.equals("-- ")) {
        break;
      }
      boolean added = line.charAt(0) == '+' || line.charAt(1) == '+';
      boolean removed = line.charAt(0) == '-' || line.charAt(1) == '-';
      lines.mark(i++, added ? Kind.DIFF_ADDED : removed ? Kind.DIFF_REMOVED : Kind.DIFF_CONTEXT);
    }
    return i;
  }

  private int context(int at) {
    lines.mark(at, at + 2, Kind.DIFF_HEAD);
    int i = at + 2;
    while (lines.at(i).startsWith(STARS) && OLD_RANGE.matcher(lines.form(i + 1)).matches()) {
      lines.mark(i++, Kind.DIFF_HUNK);
      i = range(i, OLD_RANGE, "-", Kind.DIFF_REMOVED);
      if (NEW_RANGE.matcher(lines.form(i)).matches()) {
        i = range(i, NEW_RANGE, "+", Kind.DIFF_ADDED);
      }
    }
    return i;
  }

  private int range(int at, Pattern form, String mark, Kind changed) {
    Matcher range = form.matcher(lines.form(at));
    if (!range.matches()) {
      return at;
    }
    int first = Integer.parseInt(range.group(1));
    int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
    lines.mark(at, Kind.DIFF_HUNK);
    int i = at + 1;
    int left = last == 0 ? 0 : Math.max(0, last - first + 1);
    while (i < lines.count() && left > 0) {
      String line = lines.at(i);
      boolean change =
          line.startsWith(mark + " ")
              || line.startsWith("! ")
              || line.equals("!")
              || line.equals(mark);
      boolean same = line.isBlank() || line.startsWith("  ");
      if (!change && !same) {
        break;
      }
      lines.mark(i++, change ? changed : Kind.DIFF_CONTEXT);
      left--;
    }
    return i;
  }
}
