package org.milena.archive.elasticsearch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One making of the indices of posts and bytes: {@code milena-posts-v5-000001} and {@code
 * milena-raw-v5-000001}. Readers see the one that the aliases lead to.
 *
 * @param prefix of all names
 * @param number from 1
 */
record Generation(String prefix, int number) implements IndexNames {
  /** Of the mappings. Another one means that the indices must be made again. */
  static final String VERSION = "v5";

  private static final Pattern POSTS = Pattern.compile("(.+)-posts-" + VERSION + "-(\\d{6,9})");

  /** The generation that an index of posts belongs to; empty when it is of another version. */
  static Optional<Generation> of(String postsIndex) {
    Matcher matcher = POSTS.matcher(postsIndex);
    return matcher.matches()
        ? Optional.of(new Generation(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  Generation next() {
    return new Generation(prefix, number + 1);
  }

  @Override
  public String posts() {
    return name("posts");
  }

  @Override
  public String raw() {
    return name("raw");
  }

  private String name(String kind) {
    return "%s-%s-%s-%06d".formatted(prefix, kind, VERSION, number);
  }
}
