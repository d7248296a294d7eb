package org.milena.analysis;

import org.apache.lucene.analysis.TokenStream;

/** What is done to a stream of tokens, with no settings. */
@FunctionalInterface
public interface Filtering {

  /** The stream of what comes of them. */
  TokenStream apply(TokenStream tokens);
}
