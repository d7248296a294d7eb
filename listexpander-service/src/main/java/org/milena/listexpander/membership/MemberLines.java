package org.milena.listexpander.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.PostAction;

/**
 * Reads lists of members as people have them: one a line, {@code ann@example.org}, {@code Ann
 * <ann@example.org>}, or CSV (RFC 4180) with the address first and a name behind it. Where the
 * first line that says something is a heading, the columns are those that it names: address, name,
 * role, mode, delivery, language, moderated.
 */
public final class MemberLines {

  /** What a line says. */
  public sealed interface Line {
    /**
     * Somebody.
     *
     * @param roles those that the line names; may be none
     * @param action what happens to posts; null where the line does not say it
     * @param options those that the line names
     */
    record Somebody(
        MailAddress address,
        String displayName,
        Set<MemberRole> roles,
        @Nullable PostAction action,
        OptionsPatch options)
        implements Line {
      public Somebody {
        roles = Set.copyOf(roles);
      }

      /** Somebody of whom nothing else is said. */
      public Somebody(MailAddress address, String displayName) {
        this(address, displayName, Set.of(), null, OptionsPatch.NONE);
      }
    }

    /** Nothing: empty, a comment, or the heading of a table. */
    record Nothing() implements Line {}

    /**
     * It cannot be read.
     *
     * @param reason a sentence
     */
    record Bad(String reason) implements Line {}
  }

  /** Longest line that is looked at. */
  public static final int MAX_LINE = 2_000;

  private @Nullable MemberTable table;
  private boolean begun;

  /** Reads the next line of a file. Below a heading, too, one may stand as {@code Ann <a@b>}. */
  public Line next(String raw) {
    String line = plain(raw);
    if (raw.length() > MAX_LINE || line.isEmpty() || line.startsWith("#")) {
      return read(raw);
    }
    List<String> cells = cells(line);
    if (!begun) {
      begun = true;
      table = MemberTable.of(cells).orElse(null);
      return table == null ? read(raw) : new Line.Nothing();
    }
    MemberTable known = table;
    boolean bracketed = cells.size() == 1 && line.endsWith(">");
    return known == null || bracketed ? read(raw) : known.row(cells);
  }

  private static String plain(String raw) {
    String line = raw.strip();
    return line.startsWith("\uFEFF") ? line.substring(1).strip() : line;
  }

  /** Reads a line by itself. */
  public static Line read(String raw) {
    if (raw.length() > MAX_LINE) {
      return new Line.Bad("The line is longer than " + MAX_LINE + " characters.");
    }
    String line = plain(raw);
    if (line.isEmpty() || line.startsWith("#")) {
      return new Line.Nothing();
    }
    if (line.indexOf('<') >= 0 && line.endsWith(">")) {
      Optional<HeaderMailbox> mailbox = AddressListParser.first(line);
      return mailbox.isPresent()
          ? somebody(mailbox.get().address(), mailbox.get().displayName())
          : new Line.Bad("There is no address between the brackets.");
    }
    List<String> cells = cells(line);
    String first = cells.getFirst().strip();
    if (isHeading(first)) {
      return new Line.Nothing();
    }
    return switch (MailAddress.parse(first)) {
      case ParsedAddress.Valid(var address) ->
          somebody(address, cells.size() > 1 ? cells.get(1).strip() : "");
      case ParsedAddress.Invalid(var reason) ->
          new Line.Bad("\"" + shorten(first) + "\" is no address: " + reason + ".");
    };
  }

  private static Line somebody(MailAddress address, String displayName) {
    return MemberEdits.unfitName(displayName)
        .<Line>map(refused -> new Line.Bad(refused.text()))
        .orElseGet(() -> new Line.Somebody(address, displayName));
  }

  private static boolean isHeading(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "address", "email", "e-mail", "mail", "email address" -> true;
      default -> false;
    };
  }

  /** Cells separated by commas, semicolons or tabs; quoted ones may hold those. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (c == ',' || c == ';' || c == '\t')) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
