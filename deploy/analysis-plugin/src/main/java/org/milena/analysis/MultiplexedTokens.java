package org.milena.analysis;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.AttributeSource;
import org.jspecify.annotations.Nullable;

/**
 * At the place of each token what each of several chains of filters makes of it, in their order.
 *
 * <p>All chains share the attributes of the token, and each reads from a stream of just one. The
 * first one finds them as the token has them; for the others they are laid aside before, in
 * attributes that are made once for a stream and not for each token, since most of what an index
 * costs is done here. A token of which no chain leaves anything leaves a gap.
 */
final class MultiplexedTokens extends TokenFilter {

  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);
  private final OneToken[] sources;
  private final TokenStream[] chains;

  /** What the token had; null until the first one of a stream. */
  private @Nullable AttributeSource token;

  /** Of the chain that is read; behind the last one when the next token is to come. */
  private int current;

  /** How far the next one to come is from the last one that went. */
  private int distance;

  MultiplexedTokens(TokenStream tokens, List<Filtering> filterings) {
    super(tokens);
    sources = new OneToken[filterings.size()];
    chains = new TokenStream[filterings.size()];
    for (int i = 0; i < chains.length; i++) {
      sources[i] = new OneToken(this);
      chains[i] = filterings.get(i).apply(sources[i]);
    }
    current = chains.length;
  }

  @Override
  public boolean incrementToken() throws IOException {
    while (true) {
      if (current == chains.length && !next()) {
        return false;
      }
      if (chains[current].incrementToken()) {
        increment.setPositionIncrement(distance);
        distance = 0;
        return true;
      }
      current++;
      open();
    }
  }

  private boolean next() throws IOException {
    if (chains.length == 0 || !input.incrementToken()) {
      return false;
    }
    distance += increment.getPositionIncrement();
    if (chains.length > 1) {
      layAside();
    }
    current = 0;
    open();
    return true;
  }

  private void layAside() {
    if (token == null) {
      // not before: who reads a stream may add attributes after its reset
      token = cloneAttributes();
    } else {
      copyTo(token);
    }
  }

  private void open() throws IOException {
    if (current < chains.length) {
      sources[current].begin(current == 0 ? null : token);
      chains[current].reset();
    }
  }

  @Override
  public void end() throws IOException {
    super.end();
    increment.setPositionIncrement(increment.getPositionIncrement() + distance);
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    current = chains.length;
    distance = 0;
    token = null;
  }

  @Override
  public void close() throws IOException {
    super.close();
    for (TokenStream chain : chains) {
      chain.close();
    }
  }

  /** A stream of one token. */
  private static final class OneToken extends TokenStream {
    private @Nullable AttributeSource token;
    private boolean there;

    OneToken(AttributeSource attributes) {
      super(attributes);
    }

    /** Null when the attributes are as they should be. */
    void begin(@Nullable AttributeSource token) {
      this.token = token;
      there = true;
    }

    @Override
    public boolean incrementToken() {
      if (!there) {
        return false;
      }
      there = false;
      if (token != null) {
        token.copyTo(this);
      }
      return true;
    }
  }
}
