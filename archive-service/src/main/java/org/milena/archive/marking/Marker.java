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
import org.milena.analysis.StemMark;
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

  /** Words of texts whose meaning is kept. */
  private static final int REMEMBERED = 10_000;

  private static final BitSet NOTHING = new BitSet();

  private final Analyzer analyzer;
  private final int most;
  private final List<Phrase> phrases;
  private final int[] firstSlots;
  private final Map<String, BitSet> slots = new HashMap<>();
  private final Map<Integer, Set<String>> openSlots = new HashMap<>();
  private final boolean[] beginnings = new boolean[ASCII];
  private final Map<String, BitSet> meant = new HashMap<>();
  private final WordBreaks breaks = new WordBreaks();

  /**
   * A word of a text, and the words that are looked for which it is.
   *
   * @param slots numbers of those words, through all phrases
   */
  private record Found(int from, int until, BitSet slots) {}

  /**
   * For phrases.
   *
   * @param analyzer what the index does to words of these texts
   * @param keepsBeginnings whether a term of it always begins like its word, but for capitals, for
   *     what is not ASCII, and for the mark of a stem
   * @param most behind so many characters of all texts nothing is marked
   */
  public Marker(List<Phrase> phrases, Analyzer analyzer, boolean keepsBeginnings, int most) {
    this.phrases = List.copyOf(phrases);
    this.analyzer = analyzer;
    this.most = most;
    this.firstSlots = new int[phrases.size()];
    int slot = 0;
    for (int i = 0; i < firstSlots.length; i++) {
      firstSlots[i] = slot;
      Phrase phrase = this.phrases.get(i);
      int last = slot + phrase.words().size() - 1;
      for (Set<String> terms : phrase.words()) {
        if (phrase.open() && slot == last) {
          openSlots.put(slot, terms);
        } else {
          for (String term : terms) {
            slots.computeIfAbsent(term, _ -> new BitSet()).set(slot);
          }
        }
        slot++;
      }
    }
    if (keepsBeginnings) {
      this.phrases.forEach(phrase -> phrase.words().forEach(terms -> terms.forEach(this::begin)));
    } else {
      Arrays.fill(beginnings, true);
    }
  }

  private void begin(String term) {
    int at = StemMark.isMarked(term) ? 1 : 0;
    char first = at < term.length() ? term.charAt(at) : ASCII;
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
    if (slots.isEmpty() && openSlots.isEmpty()) {
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
          if (meant.size() >= REMEMBERED) {
            meant.clear();
          }
          BitSet meaning = meant.computeIfAbsent(word, this::meaning);
          if (!meaning.isEmpty()) {
            found.add(new Found(from + begin, from + end, meaning));
          }
        });
  }

  private BitSet meaning(String word) {
    BitSet meaning = new BitSet();
    for (String term : analyzer.terms(word)) {
      meaning.or(slots.getOrDefault(term, NOTHING));
      openSlots.forEach((slot, beginnings) -> {
        if (beginnings.stream().anyMatch(term::startsWith)) {
          meaning.set(slot);
        }
      });
    }
    return meaning.isEmpty() ? NOTHING : meaning;
  }

  /** Each word is marked once for a phrase, in however many places of it it stands. */
  private List<Mark> marks(String text, List<Found> found) {
    List<Mark> marks = new ArrayList<>();
    for (int phrase = 0; phrase < phrases.size(); phrase++) {
      int words = phrases.get(phrase).words().size();
      BitSet marked = new BitSet();
      for (int i = 0; words > 0 && i + words <= found.size(); i++) {
        if (stands(text, found, i, firstSlots[phrase], words)) {
          marked.set(i, i + words);
        }
      }
      for (int i = marked.nextSetBit(0); i >= 0; i = marked.nextSetBit(i + 1)) {
        marks.add(new Mark(found.get(i).from(), found.get(i).until(), phrase));
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
    return text.substring(one.until(), next.from()).codePoints().noneMatch(Marker::isOfWord);
  }

  private static boolean isOfWord(int character) {
    return Character.isLetterOrDigit(character)
        || Character.isIdeographic(character)
        || Character.isEmojiPresentation(character);
  }
}
