package org.milena.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.KeywordAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.AttributeSource;
import org.jspecify.annotations.Nullable;

/**
 * What {@link MultiplexedTokens} gives, without what stands twice at the place of one token, for
 * chains that go word by word ({@link WordByWord}): what they made of a word before is remembered.
 * Most words of a text are of a few hundred, so most of them need no chain.
 *
 * <p>Chains may be of words and of stems: these have a mark then ({@link StemMark}).
 *
 * <p>A stream is one thread's, and is used again for the next text. What it remembers is bounded:
 * each word has one place, which it shares with others, and takes it from whoever was there.
 */
final class RememberedTokens extends TokenFilter {
  /** Some 800 KB when all are taken; the search engine has a stream for each of its threads. */
  private static final int PLACES = 4096;

  /** Longer ones are rare, and many of them no words. */
  private static final int LONGEST = 24;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);

  /** Of the token that is there; none when no filter asks for it. */
  private final @Nullable KeywordAttribute keyword;

  private final This source;
  private final MultiplexedTokens chains;
  private final boolean omitsWords;
  private final Word[] words = new Word[PLACES];

  /** Of the token that was read last, and how many of them are gone. */
  private List<String> texts = List.of();

  private int gone;

  /** Those of stems stand behind those of words. */
  private RememberedTokens(TokenStream tokens, List<Filtering> filterings, boolean omitsWords) {
    super(tokens);
    source = new This(this);
    chains = new MultiplexedTokens(source, filterings);
    keyword = getAttribute(KeywordAttribute.class);
    this.omitsWords = omitsWords;
  }

  /** What each chain makes of a token, as it is. */
  static RememberedTokens ofChains(TokenStream tokens, List<Filtering> chains) {
    return new RememberedTokens(tokens, chains, false);
  }

  /**
   * What the chains make of a token: words as they are, stems with the mark.
   *
   * @param omitsWords whether a stem does not stand there that is one of the words there
   */
  static RememberedTokens ofForms(
      TokenStream tokens, List<Filtering> words, List<Filtering> stems, boolean omitsWords) {
    List<Filtering> all = new ArrayList<>(words);
    stems.forEach(chain -> all.add(token -> new StemMark(chain.apply(token))));
    return new RememberedTokens(tokens, all, omitsWords);
  }

  /** A word, and what becomes of it. */
  private record Word(String text, List<String> becomes) {
    boolean is(char[] chars, int length) {
      if (text.length() != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (text.charAt(i) != chars[i]) {
          return false;
        }
      }
      return true;
    }
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (gone == texts.size()) {
      if (!input.incrementToken()) {
        return false;
      }
      int distance = increment.getPositionIncrement();
      texts = becomes();
      gone = 0;
      increment.setPositionIncrement(distance);
    } else {
      increment.setPositionIncrement(0);
    }
    String text = texts.get(gone++);
    int length = text.length();
    text.getChars(0, length, term.resizeBuffer(length), 0);
    term.setLength(length);
    return true;
  }

  /** At least one text. */
  private List<String> becomes() throws IOException {
    int length = term.length();
    if (length > LONGEST || (keyword != null && keyword.isKeyword())) {
      return chained();
    }
    char[] chars = term.buffer();
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + chars[i];
    }
    int place = (hash ^ (hash >>> 15)) & (PLACES - 1);
    Word there = words[place];
    if (there != null && there.is(chars, length)) {
      return there.becomes();
    }
    String text = new String(chars, 0, length);
    Word word = new Word(text, chained());
    words[place] = word;
    return word.becomes();
  }

  private List<String> chained() throws IOException {
    List<String> made = new ArrayList<>();
    source.there = true;
    while (chains.incrementToken()) {
      String text = term.toString();
      boolean isWord = omitsWords && StemMark.isMarked(text) && made.contains(text.substring(1));
      if (!isWord && !made.contains(text)) {
        made.add(text);
      }
    }
    if (made.isEmpty()) {
      throw new IllegalStateException("a filter that goes word by word took one away");
    }
    return List.copyOf(made);
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    chains.reset();
    texts = List.of();
    gone = 0;
  }

  @Override
  public void close() throws IOException {
    super.close();
    chains.close();
  }

  /** The token that is there, for the chains. */
  private static final class This extends TokenStream {
    private boolean there;

    This(AttributeSource attributes) {
      super(attributes);
    }

    @Override
    public boolean incrementToken() {
      boolean was = there;
      there = false;
      return was;
    }
  }
}
