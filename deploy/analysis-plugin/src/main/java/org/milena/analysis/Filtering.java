package org.milena.analysis;

import org.apache.lucene.analysis.TokenStream;

/** What is done to a stream of tokens, with no settings. */
interface Filtering {
  TokenStream apply(TokenStream tokens);
}
