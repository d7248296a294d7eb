package org.milena.analysis;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Of tokens of the same text at one place the first one: what Lucene's {@code
 * RemoveDuplicatesTokenFilter} does. It keeps texts in arrays that are used again, as it sees each
 * word of an index several times; so it is for places of a few tokens.
 */
final class DistinctTokens extends TokenFilter {

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);

  /** The texts at this place; those from {@link #count} on are of places before. */
  private StringBuilder[] seen = new StringBuilder[0];

  private int count;

  DistinctTokens(TokenStream tokens) {
    super(tokens);
  }

  @Override
  public boolean incrementToken() throws IOException {
    while (input.incrementToken()) {
      if (increment.getPositionIncrement() > 0) {
        count = 0;
      }
      if (!isSeen()) {
        add();
        return true;
      }
    }
    return false;
  }

  private boolean isSeen() {
    for (int i = 0; i < count; i++) {
      if (isTerm(seen[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean isTerm(StringBuilder text) {
    int length = term.length();
    if (text.length() != length) {
      return false;
    }
    char[] chars = term.buffer();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != chars[i]) {
        return false;
      }
    }
    return true;
  }

  private void add() {
    if (count == seen.length) {
      seen = Arrays.copyOf(seen, count + 4);
      for (int i = count; i < seen.length; i++) {
        seen[i] = new StringBuilder();
      }
    }
    StringBuilder text = seen[count++];
    text.setLength(0);
    text.append(term.buffer(), 0, term.length());
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    count = 0;
  }
}
