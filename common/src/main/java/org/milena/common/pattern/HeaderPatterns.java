package org.milena.common.pattern;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.common.header.HeaderField;
import org.milena.common.header.OneLine;
import org.milena.common.settings.HeaderFilter;

/**
 * Filters of headers: each seeks a regular expression (RE2) in the decoded values of the fields of
 * one name, without regard to case.
 */
public final class HeaderPatterns {
  /** Most filters in one setting. */
  public static final int MAX_FILTERS = 100;

  /** Most steps that all of them have together. */
  static final int MAX_STEPS = 10_000;

  /** How much of all fields of one name is looked at, characters. */
  static final int MAX_TEXT = 16_000;

  private static final int SETTINGS_KEPT = 1_000;

  private static final LoadingCache<List<HeaderFilter>, HeaderPatterns> COMPILED =
      Caffeine.newBuilder().maximumSize(SETTINGS_KEPT).build(HeaderPatterns::new);

  private record Filter(HeaderFilter filter, Pattern pattern) {

    boolean hits(List<HeaderField> fields) {
      int left = MAX_TEXT;
      for (HeaderField field : fields) {
        if (left > 0 && field.isNamed(filter.header().strip())) {
          String value = field.decoded();
          String text = value.length() > left ? value.substring(0, left) : value;
          if (pattern.matcher(text).find()) {
            return true;
          }
          left -= text.length();
        }
      }
      return false;
    }
  }

  private final List<Filter> filters = new ArrayList<>();

  private HeaderPatterns(List<HeaderFilter> given) {
    int steps = 0;
    for (HeaderFilter filter : given) {
      // a broken one was refused when it was set; one that is there all the same matches nothing
      if (Expression.of(filter.pattern()) instanceof Expression.Compiled(var pattern)) {
        steps += pattern.programSize();
        if (steps <= MAX_STEPS && filters.size() < MAX_FILTERS) {
          filters.add(new Filter(filter, pattern));
        }
      }
    }
  }

  /** These filters, compiled once for all who ask about the same. */
  public static HeaderPatterns of(List<HeaderFilter> filters) {
    return COMPILED.get(List.copyOf(filters));
  }

  /** Those that find what they seek, in their order. */
  public List<HeaderFilter> hits(List<HeaderField> fields) {
    return filters.stream().filter(filter -> filter.hits(fields)).map(Filter::filter).toList();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return filters.isEmpty();
  }

  /** Why a setting cannot have these; empty when it can. */
  public static Optional<String> refusal(List<HeaderFilter> filters) {
    if (filters.size() > MAX_FILTERS) {
      return Optional.of("There can be at most " + MAX_FILTERS + " filters of headers.");
    }
    int steps = 0;
    for (HeaderFilter filter : filters) {
      String name = filter.header().strip();
      if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c <= '~' && c != ':')) {
        return Optional.of("No header field is named " + OneLine.of(filter.header(), 100) + ".");
      }
      switch (Expression.of(filter.pattern())) {
        case Expression.Compiled(var pattern) -> steps += pattern.programSize();
        case Expression.Broken(var why) -> {
          return Optional.of(
              "The pattern %s of a filter is none: %s."
                  .formatted(OneLine.of(filter.pattern(), 100), why));
        }
      }
    }
    return steps > MAX_STEPS
        ? Optional.of("Together these filters of headers are too complicated.")
        : Optional.empty();
  }
}
