package org.milena.archive.marking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.milena.archive.search.Snippet;

/**
 * Marks in texts of one kind what is looked for there. For one thread.
 *
 * <p>A text is not taken apart into its words: most of them cannot be meant, which their first
 * letter tells, and so only what stands between two spaces and may hold one is looked at closely.
 * Words of a phrase are marked where the phrase stands.
 */
public final class Marker {
  private static final int ASCII = 128;

  private final Analyzer analyzer;
  private final int most;
  private final List<Phrase> phrases;
  private final int[] firstSlots;
  private final List<Set<String>> slots = new ArrayList<>();
  private final BitSet open = new BitSet();
  private final boolean[] beginnings = new boolean[ASCII];
  private final Map<String, BitSet> meant = new HashMap<>();
  private final WordBreaks breaks = new WordBreaks();

  /**
   * A word of a text, and the words that are looked for which it is.
   *
   * @param slots places of {@link #slots}
   */
  private record Found(int from, int until, BitSet slots) {}

  /**
   * For phrases.
   *
   * @param analyzer what the index does to words of these texts
   * @param keepsBeginnings whether a term of it always begins like its word, but for capitals and
   *     for what is not ASCII
   * @param most behind so many characters of all texts nothing is marked
   */
  public Marker(List<Phrase> phrases, Analyzer analyzer, boolean keepsBeginnings, int most) {
    this.phrases = List.copyOf(phrases);
    this.analyzer = analyzer;
    this.most = most;
    this.firstSlots = new int[phrases.size()];
    for (int i = 0; i < firstSlots.length; i++) {
      Phrase phrase = this.phrases.get(i);
      firstSlots[i] = slots.size();
      slots.addAll(phrase.words());
      if (phrase.open() && !phrase.words().isEmpty()) {
        open.set(slots.size() - 1);
      }
    }
    if (keepsBeginnings) {
      slots.forEach(terms -> terms.forEach(this::begin));
    } else {
      Arrays.fill(beginnings, true);
    }
  }

  private void begin(String term) {
    char first = term.isEmpty() ? ASCII : term.charAt(0);
    if (first < ASCII) {
      beginnings[Character.toLowerCase(first)] = true;
      beginnings[Character.toUpperCase(first)] = true;
    }
  }

  /** The whole text on one line. */
  public Snippet whole(String text) {
    List<Mark> marks = marks(text, most);
    return marks.isEmpty() ? Snippet.plain(text) : Pieces.whole(text, marks);
  }

  /** The best pieces of these texts; empty where nothing is marked in them. */
  public Optional<Snippet> best(List<String> texts) {
    Pieces pieces = new Pieces();
    int left = most;
    for (String text : texts) {
      if (left > 0) {
        pieces.add(text, marks(text, left));
        left -= text.length();
      }
    }
    return pieces.best();
  }

  /** In the order of the text. */
  private List<Mark> marks(String text, int length) {
    if (slots.isEmpty()) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    int end = Math.min(length, text.length());
    int from = 0;
    boolean candidate = false;
    boolean begins = true;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        if (candidate) {
          look(text, from, i, found);
          candidate = false;
        }
        from = i + 1;
        begins = true;
      } else if (c >= ASCII) {
        candidate = true;
        begins = false;
      } else {
        candidate |= begins && beginnings[c];
        begins = !Character.isLetterOrDigit(c);
      }
    }
    if (candidate) {
      look(text, from, end, found);
    }
    return found.isEmpty() ? List.of() : marks(text, found);
  }

  private void look(String text, int from, int until, List<Found> found) {
    breaks.each(
        text.substring(from, until),
        (word, begin, end) -> {
          BitSet meaning = meant.computeIfAbsent(word, this::meaning);
          if (!meaning.isEmpty()) {
            found.add(new Found(from + begin, from + end, meaning));
          }
        });
  }

  private BitSet meaning(String word) {
    BitSet meaning = new BitSet();
    for (String term : analyzer.terms(word)) {
      for (int i = 0; i < slots.size(); i++) {
        if (open.get(i)
            ? slots.get(i).stream().anyMatch(term::startsWith)
            : slots.get(i).contains(term)) {
          meaning.set(i);
        }
      }
    }
    return meaning;
  }

  private List<Mark> marks(String text, List<Found> found) {
    List<Mark> marks = new ArrayList<>();
    for (int phrase = 0; phrase < phrases.size(); phrase++) {
      int words = phrases.get(phrase).words().size();
      for (int i = 0; words > 0 && i + words <= found.size(); i++) {
        if (stands(text, found, i, firstSlots[phrase], words)) {
          for (Found word : found.subList(i, i + words)) {
            marks.add(new Mark(word.from(), word.until(), phrase));
          }
        }
      }
    }
    marks.sort(Comparator.comparingInt(Mark::from));
    return marks;
  }

  private static boolean stands(String text, List<Found> found, int at, int slot, int words) {
    for (int i = 0; i < words; i++) {
      boolean same = found.get(at + i).slots().get(slot + i);
      if (!same || (i > 0 && !beside(text, found.get(at + i - 1), found.get(at + i)))) {
        return false;
      }
    }
    return true;
  }

  /** Whether no word stands between them. */
  private static boolean beside(String text, Found one, Found next) {
    for (int i = one.until(); i < next.from(); i++) {
      if (Character.isLetterOrDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
