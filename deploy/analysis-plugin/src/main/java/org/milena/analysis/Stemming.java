package org.milena.analysis;

import org.apache.lucene.analysis.TokenStream;

/** Reduces each token of a stream to its stem. */
interface Stemming {
  TokenStream apply(TokenStream tokens);
}
