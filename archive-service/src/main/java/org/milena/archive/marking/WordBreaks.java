package org.milena.archive.marking;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Tells words from what is between them, as the search engine does: the rules of Unicode (UAX #29).
 * For one thread.
 */
public final class WordBreaks {
  private final StandardTokenizer tokenizer = new StandardTokenizer();
  private final CharTermAttribute term = tokenizer.getAttribute(CharTermAttribute.class);
  private final OffsetAttribute offset = tokenizer.getAttribute(OffsetAttribute.class);

  /** Takes words one after the other. */
  @FunctionalInterface
  public interface Taker {
    /** A word, and where it stands in the text. */
    void take(String word, int from, int until);
  }

  /** Goes through a text. */
  public void each(String text, Taker taker) {
    try {
      tokenizer.setReader(new StringReader(text));
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        taker.take(term.toString(), offset.startOffset(), offset.endOffset());
      }
      tokenizer.end();
      tokenizer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be read", e);
    }
  }
}
