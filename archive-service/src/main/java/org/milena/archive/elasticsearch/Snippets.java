package org.milena.archive.elasticsearch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.milena.archive.marking.Marker;
import org.milena.archive.marking.Phrase;
import org.milena.archive.search.Query;
import org.milena.archive.search.Query.And;
import org.milena.archive.search.Query.Form;
import org.milena.archive.search.Query.Near;
import org.milena.archive.search.Query.Or;
import org.milena.archive.search.Query.Words;
import org.milena.archive.search.Query.Xor;
import org.milena.archive.search.Snippet;

/**
 * Pieces of the posts that one query finds, with what it looks for marked in them, each word only
 * in the fields where it is looked for. For one thread.
 */
final class Snippets {
  private static final String SUBJECT = "subject";
  private static final String ATTACHED = "attached";
  private static final String TEXT = "text.";

  /** What the author wrote first, then patches, attachments, then what is quoted. */
  private static final List<String> TEXTS =
      List.of(
          "text.n", "text.a", "text.r", "text.c", "text.u", "text.h", ATTACHED, "text.q", "text.s");

  /** Behind so many characters of a field nothing is marked. */
  private static final int MARKED = 50_000;

  /** Marks nothing. */
  private static final Marker NOTHING = new Marker(List.of(), _ -> Set.of(), true, MARKED);

  private final Supplier<WordAnalysis> analysis;
  private @Nullable WordAnalysis asked;
  private final List<Words> looked = new ArrayList<>();
  private final Map<String, Marker> markers = new HashMap<>();

  /**
   * Of the posts that a query finds.
   *
   * @param analysis is asked for where there is a word to mark
   */
  Snippets(Supplier<WordAnalysis> analysis, Query query) {
    this.analysis = analysis;
    collect(query);
  }

  private void collect(Query query) {
    switch (query) {
      case And(var all) -> all.forEach(this::collect);
      case Or(var any) -> any.forEach(this::collect);
      case Xor(var one, var other) -> {
        collect(one);
        collect(other);
      }
      case Words words -> looked.add(words);
      case Near(var words, _, _) -> looked.addAll(words);
      default -> {
        // nothing to mark
      }
    }
  }

  Snippet subject(PostDocument found) {
    return marker(SUBJECT).whole(found.subject());
  }

  Snippet text(PostDocument found) {
    for (String field : TEXTS) {
      List<String> texts = texts(found, field);
      Optional<Snippet> best = texts.isEmpty() ? Optional.empty() : marker(field).best(texts);
      if (best.isPresent()) {
        return best.get();
      }
    }
    return Snippet.plain(found.excerpt());
  }

  private static List<String> texts(PostDocument found, String field) {
    if (field.equals(ATTACHED)) {
      return found.attached() == null ? List.of() : List.of(found.attached());
    }
    @Nullable Map<String, List<String>> text = found.text();
    return text == null ? List.of() : text.getOrDefault(field.substring(TEXT.length()), List.of());
  }

  private Marker marker(String field) {
    return markers.computeIfAbsent(field, this::made);
  }

  private Marker made(String field) {
    boolean stems = SearchFields.hasStems(field);
    List<Words> here =
        looked.stream().filter(words -> SearchFields.names(words.field()).contains(field)).toList();
    if (here.isEmpty()) {
      return NOTHING;
    }
    WordAnalysis words = asked == null ? analysis.get() : asked;
    asked = words;
    return new Marker(
        here.stream().map(looked -> phrase(looked, stems, words)).toList(),
        stems ? words.index() : words.exact(),
        !stems || words.keepsBeginnings(),
        MARKED);
  }

  private static Phrase phrase(Words looked, boolean stems, WordAnalysis words) {
    boolean anyForm = stems && looked.form() == Form.STEM;
    return Phrase.of(
        looked.text(), looked.form() == Form.BEGINNING, anyForm ? words.search() : words.exact());
  }
}
