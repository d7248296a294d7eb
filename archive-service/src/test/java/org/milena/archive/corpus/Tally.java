package org.milena.archive.corpus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a list of the archive compares with its index. */
final class Tally {
  private final String list;
  private final Map<Aspect, Integer> compared = new EnumMap<>(Aspect.class);
  private final Map<Aspect, Integer> equal = new EnumMap<>(Aspect.class);
  private final Map<Aspect, Map<Why, Integer>> explained = new EnumMap<>(Aspect.class);
  private final List<String> unexplained = new ArrayList<>();

  Tally(String list) {
    this.list = list;
    for (Aspect aspect : Aspect.values()) {
      compared.put(aspect, 0);
      equal.put(aspect, 0);
      explained.put(aspect, new EnumMap<>(Why.class));
    }
  }

  /** Equal where there is no reason to differ. */
  void compared(Aspect aspect, Set<Why> reasons) {
    compared.merge(aspect, 1, Integer::sum);
    if (reasons.isEmpty()) {
      equal.merge(aspect, 1, Integer::sum);
    }
    reasons.forEach(reason -> explained(aspect, reason));
  }

  /** What the index does not have. */
  void explained(Aspect aspect, Why reason) {
    Objects.requireNonNull(explained.get(aspect)).merge(reason, 1, Integer::sum);
  }

  /** Equal, or for no reason we know. */
  void same(Aspect aspect, int number, @Nullable Object theirs, @Nullable Object ours) {
    if (Objects.equals(theirs, ours)) {
      compared(aspect, Set.of());
    } else {
      unexplained(aspect, number, "the index has " + theirs + ", the archive " + ours);
    }
  }

  void unexplained(Aspect aspect, int number, String what) {
    compared.merge(aspect, 1, Integer::sum);
    unexplained.add("%s of message %d: %s".formatted(aspect.title(), number, what));
  }

  List<String> unexplained() {
    return unexplained;
  }

  /** A row of counts; what is equal throughout is one number. */
  String counts(int messages, int theirThreads, int ourThreads) {
    StringBuilder row = new StringBuilder("| " + list + " | " + number(messages));
    for (Aspect aspect : Aspect.values()) {
      int all = compared.getOrDefault(aspect, 0);
      int same = equal.getOrDefault(aspect, 0);
      row.append(" | ").append(same == all ? number(all) : number(same) + " of " + number(all));
    }
    return row + " | " + number(theirThreads) + " | " + number(ourThreads) + " |";
  }

  static String countsHeading() {
    StringBuilder heading = new StringBuilder("| list | messages");
    StringBuilder rule = new StringBuilder("|---|---");
    for (Aspect aspect : Aspect.values()) {
      heading.append(" | ").append(aspect.title());
      rule.append("|---");
    }
    return heading + " | threads, index | threads, archive |\n" + rule + "|---|---|";
  }

  /** A row for each reason. */
  List<String> differences() {
    List<String> rows = new ArrayList<>();
    explained.forEach((aspect, reasons) ->
        reasons.forEach((reason, count) ->
            rows.add(
                "| %s | %s | %s | %s |"
                    .formatted(list, aspect.title(), number(count), reason.sentence()))));
    return rows;
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
