package org.milena.analysis;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The sign that tells a stem from a word, which stands before it: {@code =run}. The standard
 * tokenizer makes no word that begins so (UAX #29: an equals sign is no part of a word).
 */
public final class StemMark extends TokenFilter {
  private static final char SIGN = '=';

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

  StemMark(TokenStream stems) {
    super(stems);
  }

  /** The term of a stem. */
  public static String marked(String stem) {
    return SIGN + stem;
  }

  /** Whether a term is one of a stem. */
  public static boolean isMarked(String term) {
    return !term.isEmpty() && term.charAt(0) == SIGN;
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!input.incrementToken()) {
      return false;
    }
    int length = term.length();
    char[] chars = term.resizeBuffer(length + 1);
    System.arraycopy(chars, 0, chars, 1, length);
    chars[0] = SIGN;
    term.setLength(length + 1);
    return true;
  }
}
