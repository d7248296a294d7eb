package org.milena.listexpander.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.milena.common.directory.FetchedSource.Entry;
import org.milena.common.directory.MemberRole;
import org.milena.common.settings.DeliveryMode;
import org.milena.listexpander.membership.MemberLines;

/** Reads a text of addresses: one a line, {@code Ann <ann@example.org>}, or CSV. */
public final class SourceText {

  /** What a text is. */
  public sealed interface Result {
    /**
     * A list of addresses.
     *
     * @param entries each address that gets posts, once
     * @param skipped lines that say nothing to us
     */
    record Read(List<Entry> entries, int skipped) implements Result {
      public Read {
        entries = List.copyOf(entries);
      }
    }

    /**
     * Something else.
     *
     * @param reason a sentence
     */
    record Unfit(String reason) implements Result {}
  }

  /**
   * Reads it. Single bad lines are passed over; a text most of whose lines are bad is no list of
   * addresses, but an error page or a file of another kind, and is taken for nothing. Rows of a
   * table that say that somebody is no member, or gets no posts, are good lines that give nobody.
   *
   * @param most addresses that are taken
   */
  public static Result read(String text, int most) {
    MemberLines lines = new MemberLines();
    Map<String, Entry> entries = new LinkedHashMap<>();
    int skipped = 0;
    int others = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      switch (lines.next(line)) {
        case MemberLines.Line.Somebody somebody -> {
          if (getsPosts(somebody)) {
            entries.putIfAbsent(
                somebody.address().key(), new Entry(somebody.address(), somebody.displayName()));
          } else {
            others++;
          }
        }
        case MemberLines.Line.Bad _ -> skipped++;
        case MemberLines.Line.Nothing _ -> {
          // a comment or a heading
        }
      }
      if (entries.size() > most) {
        return new Result.Unfit("There are more than %,d addresses in it.".formatted(most));
      }
    }
    if (skipped > entries.size() + others) {
      return new Result.Unfit(
          "It is no list of addresses: %,d of its lines are none.".formatted(skipped));
    }
    return new Result.Read(List.copyOf(entries.values()), skipped);
  }

  /** A source gives members who get every post; its tables may speak of others, too. */
  private static boolean getsPosts(MemberLines.Line.Somebody somebody) {
    return (somebody.roles().isEmpty() || somebody.roles().contains(MemberRole.MEMBER))
        && !Boolean.FALSE.equals(somebody.options().deliver())
        && somebody.options().mode() != DeliveryMode.NONE;
  }

  private SourceText() {}
}
