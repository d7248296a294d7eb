package org.milena.listexpander.membership;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Roster;

/**
 * Whom of a list somebody looks for.
 *
 * @param words that all stand in the address or the name, whatever the case; none for everybody
 * @param role that they have; null for any
 * @param stopped whether nothing is delivered to them at present; null for both
 */
public record MemberSearch(
    List<String> words, @Nullable MemberRole role, @Nullable Boolean stopped) {
  /** What is looked at before a page ends with what it has: it costs some milliseconds. */
  static final int MOST_LOOKED = 20_000;

  /** Rows that are read at once. */
  static final int CHUNK = 1_000;

  public MemberSearch {
    words = words.stream().map(MemberSearch::folded).toList();
  }

  /** For all of these words, in one text with spaces between them. */
  public static MemberSearch of(String text, @Nullable MemberRole role, @Nullable Boolean stopped) {
    String stripped = text.strip();
    return new MemberSearch(
        stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+", -1)), role, stopped);
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /**
   * Whether this is one of them, for those who run the list. Whose options are those of another
   * list is neither stopped here nor not: what he set there is not theirs to find.
   */
  public boolean finds(Roster.Listed listed) {
    return (stopped == null || listed.ownRow()) && finds(listed.member());
  }

  /** Whether this is one of them. */
  public boolean finds(Member member) {
    if (role != null && !member.roles().contains(role)) {
      return false;
    }
    if (stopped != null && stopped != (member.options().stopped() != null)) {
      return false;
    }
    if (words.isEmpty()) {
      return true;
    }
    String whole = folded(member.address() + " " + member.displayName());
    return words.stream().allMatch(whole::contains);
  }

  private boolean findsEverybody() {
    return words.isEmpty() && role == null && stopped == null;
  }

  /** Rows by address key. */
  @FunctionalInterface
  public interface Rows<R> {
    /** Up to {@code limit} of them, behind {@code after} (exclusive; empty to begin). */
    List<R> read(String after, int limit);
  }

  /**
   * Some who were found.
   *
   * @param next where to go on; null when there is nobody behind. There may be fewer than were
   *     asked for, or none, and more behind
   */
  public record Found<R>(List<R> rows, @Nullable String next) {
    public Found {
      rows = List.copyOf(rows);
    }
  }

  /** The first {@code limit} of those on a list behind {@code after}. */
  public Found<Roster.Listed> listed(Rows<Roster.Listed> all, String after, int limit) {
    return page(all, Roster.Listed::member, this::finds, after, limit);
  }

  /** The first {@code limit} of members behind {@code after}. */
  public Found<Member> members(Rows<Member> all, String after, int limit) {
    return page(all, UnaryOperator.identity(), this::finds, after, limit);
  }

  private <R> Found<R> page(
      Rows<R> all, Function<R, Member> member, Predicate<R> finds, String after, int limit) {
    int chunk = findsEverybody() ? limit + 1 : CHUNK;
    List<R> found = new ArrayList<>();
    String behind = after;
    for (int looked = 0; looked < MOST_LOOKED; looked += chunk) {
      List<R> some = all.read(behind, chunk);
      for (R row : some) {
        if (finds.test(row)) {
          if (found.size() == limit) {
            return new Found<>(found, behind);
          }
          found.add(row);
        }
        behind = member.apply(row).address().key();
      }
      if (some.size() < chunk) {
        return new Found<>(found, null);
      }
    }
    return new Found<>(found, behind);
  }
}
