package org.milena.archive.elasticsearch;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.milena.archive.search.Query.Field;
import org.milena.archive.search.Query.Side;

/** Where in {@code posts-v5.json} words are looked for, and how much they count there. */
final class SearchFields {
  /** The analyser that does not stem. */
  static final String EXACT = "milena_exact";

  /** The analyser that gives nothing but stems. */
  static final String STEMS = "milena_search";

  /** The analyser of texts: words as they stand, and their stems. */
  static final String WORDS = "milena_index";

  private static final Set<String> WITH_STEMS =
      Set.of("subject", "text.n", "text.q", "text.s", "attached");

  private static final List<String> PATCHES =
      List.of("text.h", "text.u", "text.a", "text.r", "text.c");
  private static final List<String> ANY =
      with(
          PATCHES,
          "subject^3",
          "authorText^2",
          "text.n^1.5",
          "text.q^0.5",
          "text.s^0.3",
          "attached",
          "fileNames");
  private static final List<String> BODY =
      with(PATCHES, "text.n^1.5", "text.q^0.5", "text.s^0.3", "attached");
  private static final List<String> BODY_SUBJECT = with(BODY, "subject^3");
  private static final List<String> NOT_QUOTED =
      with(PATCHES, "text.n^1.5", "text.s^0.3", "attached");

  /** Fields, some with a weight behind them: {@code subject^3}. */
  static List<String> of(Field field) {
    return switch (field) {
      case ANY -> ANY;
      case SUBJECT -> List.of("subject");
      case FROM -> List.of("authorText");
      case TO -> List.of("toText");
      case CC -> List.of("ccText");
      case TO_CC -> List.of("toText", "ccText");
      case ADDRESSES -> List.of("authorText", "toText", "ccText");
      case BODY -> BODY;
      case BODY_SUBJECT -> BODY_SUBJECT;
      case NOT_QUOTED -> NOT_QUOTED;
      case QUOTED -> List.of("text.q");
      case FILE_NAME -> List.of("fileNames");
      case DIFF_FILE -> List.of("diffFiles");
      case DIFF_ADDED -> List.of("text.a");
      case DIFF_REMOVED -> List.of("text.r");
      case DIFF_HUNK -> List.of("text.u");
      case DIFF_CONTEXT -> List.of("text.c");
    };
  }

  /** The same without weights. */
  static List<String> names(Field field) {
    return of(field).stream().map(SearchFields::name).toList();
  }

  private static String name(String weighted) {
    int sign = weighted.indexOf('^');
    return sign < 0 ? weighted : weighted.substring(0, sign);
  }

  /** Whether words stand there with their stems; else only as they are. */
  static boolean hasStems(String name) {
    return WITH_STEMS.contains(name);
  }

  static List<String> blobs(Side side) {
    return switch (side) {
      case BEFORE -> List.of("blobsBefore");
      case AFTER -> List.of("blobsAfter");
      case EITHER -> List.of("blobsBefore", "blobsAfter");
    };
  }

  private static List<String> with(List<String> some, String... others) {
    return Stream.concat(some.stream(), Arrays.stream(others)).toList();
  }

  private SearchFields() {}
}
