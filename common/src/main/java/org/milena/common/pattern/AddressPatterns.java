package org.milena.common.pattern;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;

/**
 * Patterns of addresses: an address; {@code ^} and a regular expression (RE2) for the whole
 * address; or {@code @users@lists.example.org}, the members of another list. All without regard to
 * case. Asked about {@link MailAddress#key()}, so a local part has no quotes and a domain is in
 * A-labels.
 */
public final class AddressPatterns {
  /** Most patterns in one setting. */
  public static final int MAX_PATTERNS = 10_000;

  /** Most steps that all regular expressions of one setting have together. */
  static final int MAX_STEPS = 50_000;

  private static final int SETTINGS_KEPT = 1_000;

  private static final LoadingCache<List<String>, AddressPatterns> COMPILED =
      Caffeine.newBuilder().maximumSize(SETTINGS_KEPT).build(AddressPatterns::new);

  /** Knows the members of lists. */
  @FunctionalInterface
  public interface OtherLists {
    /** No list has anybody. */
    OtherLists NONE = (_, _) -> false;

    /** Whether a member, owner or moderator of the list at {@code list} has this address. */
    boolean has(MailAddress list, MailAddress address);
  }

  private sealed interface Shape {
    record Exact(MailAddress address) implements Shape {}

    record Regular(Pattern pattern) implements Shape {}

    record MembersOf(MailAddress list) implements Shape {}

    record Broken(String why) implements Shape {}
  }

  private final Map<String, String> exact = new HashMap<>();
  private final Map<String, Pattern> regular = new LinkedHashMap<>();
  private final Map<String, MailAddress> lists = new LinkedHashMap<>();

  private AddressPatterns(List<String> patterns) {
    int steps = 0;
    for (String pattern : patterns) {
      switch (shape(pattern)) {
        case Shape.Exact(var address) -> exact.putIfAbsent(address.key(), pattern);
        case Shape.MembersOf(var list) -> lists.put(pattern, list);
        case Shape.Regular(var compiled) -> {
          steps += compiled.programSize();
          if (steps <= MAX_STEPS) {
            regular.put(pattern, compiled);
          }
        }
        case Shape.Broken _ -> {
          // refused when it is set; one that is there all the same matches nothing
        }
      }
    }
  }

  /** These patterns, compiled once for all who ask about the same. */
  public static AddressPatterns of(List<String> patterns) {
    return COMPILED.get(List.copyOf(patterns));
  }

  /** The first of them that is meant by this address: an exact one before others. */
  public Optional<String> match(MailAddress address, OtherLists others) {
    String key = address.key();
    String same = exact.get(key);
    if (same != null) {
      return Optional.of(same);
    }
    for (Map.Entry<String, Pattern> each : regular.entrySet()) {
      if (each.getValue().matches(key)) {
        return Optional.of(each.getKey());
      }
    }
    for (Map.Entry<String, MailAddress> each : lists.entrySet()) {
      if (others.has(each.getValue(), address)) {
        return Optional.of(each.getKey());
      }
    }
    return Optional.empty();
  }

  /** Why a setting cannot have these; empty when it can. */
  public static Optional<String> refusal(List<String> patterns) {
    if (patterns.size() > MAX_PATTERNS) {
      return Optional.of("There can be at most %,d patterns.".formatted(MAX_PATTERNS));
    }
    int steps = 0;
    for (String pattern : patterns) {
      Optional<String> refusal = refusal(pattern);
      if (refusal.isPresent()) {
        return refusal;
      }
      steps += shape(pattern) instanceof Shape.Regular(var compiled) ? compiled.programSize() : 0;
    }
    return steps > MAX_STEPS
        ? Optional.of("Together these regular expressions are too complicated.")
        : Optional.empty();
  }

  /** Why this cannot be a pattern; empty when it can. */
  public static Optional<String> refusal(String pattern) {
    return shape(pattern) instanceof Shape.Broken(var why)
        ? Optional.of("The pattern %s is none: %s.".formatted(OneLine.of(pattern, 100), why))
        : Optional.empty();
  }

  private static Shape shape(String pattern) {
    if (pattern.startsWith("^")) {
      return switch (Expression.of(pattern)) {
        case Expression.Compiled(var compiled) -> new Shape.Regular(compiled);
        case Expression.Broken(var why) -> new Shape.Broken(why);
      };
    }
    if (pattern.contains("*")) {
      // legal in a local part, and never meant so
      return new Shape.Broken("for any address of a.example write ^.*@a\\.example");
    }
    boolean members = pattern.startsWith("@");
    return switch (MailAddress.parse(members ? pattern.substring(1) : pattern)) {
      case ParsedAddress.Valid(var address) ->
          members ? new Shape.MembersOf(address) : new Shape.Exact(address);
      case ParsedAddress.Invalid _ ->
          new Shape.Broken(
              "it is neither an address, nor ^ and a regular expression, nor @ and the address of"
                  + " a list");
    };
  }

  /** All patterns that can match. */
  @Override
  public String toString() {
    List<String> all = new ArrayList<>(exact.values());
    all.addAll(regular.keySet());
    all.addAll(lists.keySet());
    return all.toString();
  }
}
