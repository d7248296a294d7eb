package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch.core.search.Highlight;
import co.elastic.clients.elasticsearch.core.search.HighlighterOrder;
import co.elastic.clients.elasticsearch.core.search.HighlighterType;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.Snippet;

/**
 * Pieces of found posts with marks in them. Marks are private characters on their way, not HTML, so
 * that nothing from a mail can look like markup; a mail that holds them itself gets a mark more.
 */
final class Snippets {
  private static final char BEGIN = '\uE0F0';
  private static final char END = '\uE0F1';
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final String BETWEEN = " … ";

  private static final int FRAGMENT = 180;
  private static final int FRAGMENTS = 2;

  /** Behind so many characters of a text nothing is marked: it would be read for each hit. */
  private static final int MARKED_TEXT = 50_000;

  /** What the author wrote first, then patches, attachments, then what is quoted. */
  private static final List<String> TEXTS =
      List.of(
          "text.n",
          "text.a",
          "text.r",
          "text.c",
          "text.u",
          "text.h",
          "attached",
          "text.q",
          "text.s");

  private Snippets() {}

  /** What to ask for. */
  static Highlight of(org.milena.archive.search.Query query) {
    return Highlight.of(h -> {
      h.type(HighlighterType.Unified)
          .preTags(String.valueOf(BEGIN))
          .postTags(String.valueOf(END))
          .highlightQuery(QueryCompiler.words(query))
          .requireFieldMatch(true)
          .maxAnalyzedOffset(MARKED_TEXT)
          .fields("subject", f -> f.numberOfFragments(0));
      for (String text : TEXTS) {
        h.fields(
            text,
            f ->
                f.numberOfFragments(FRAGMENTS)
                    .fragmentSize(FRAGMENT)
                    .order(HighlighterOrder.Score));
      }
      return h;
    });
  }

  static Snippet subject(Hit<?> hit, String otherwise) {
    List<String> found = hit.highlight().get("subject");
    return found == null || found.isEmpty()
        ? Snippet.plain(otherwise)
        : read(String.join(BETWEEN, found));
  }

  static Snippet text(Hit<?> hit, ArchivedPost post) {
    for (String field : TEXTS) {
      List<String> found = hit.highlight().get(field);
      if (found != null && !found.isEmpty()) {
        return read(String.join(BETWEEN, found.stream().map(Snippets::whole).toList()));
      }
    }
    return Snippet.plain(post.excerpt());
  }

  /**
   * A fragment without half a word at its end: the engine cuts long sentences between letters and
   * signs, and half an address is none that could be hidden. What is marked stays.
   */
  private static String whole(String fragment) {
    int marks = 0;
    for (int i = 0; i < fragment.length(); i++) {
      marks += isMark(fragment.charAt(i)) ? 1 : 0;
    }
    if (fragment.length() - marks < FRAGMENT) {
      return fragment; // ends with its sentence
    }
    int end = fragment.length();
    while (end > 0 && !Character.isWhitespace(fragment.charAt(end - 1))) {
      if (isMark(fragment.charAt(end - 1))) {
        return fragment;
      }
      end--;
    }
    return end == 0 ? fragment : fragment.substring(0, end);
  }

  /** Tells the marks from the text. */
  static Snippet read(String marked) {
    List<Snippet.Run> runs = new ArrayList<>();
    // a word of several signs is marked sign by sign
    String text = SPACES.matcher(marked.replace("" + END + BEGIN, "").strip()).replaceAll(" ");
    boolean hit = false;
    int done = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isMark(text.charAt(i))) {
        if (i > done) {
          runs.add(new Snippet.Run(text.substring(done, i), hit));
        }
        hit = i < text.length() && text.charAt(i) == BEGIN;
        done = i + 1;
      }
    }
    return new Snippet(runs);
  }

  private static boolean isMark(char c) {
    return c == BEGIN || c == END;
  }
}
