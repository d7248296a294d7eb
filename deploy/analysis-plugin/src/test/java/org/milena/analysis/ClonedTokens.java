package org.milena.analysis;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.AttributeSource;
import org.jspecify.annotations.Nullable;

/**
 * The plainest form of {@link MultiplexedTokens}: each chain is given a copy of all that the token
 * had.
 */
final class ClonedTokens extends TokenFilter {
  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);
  private final OneToken[] sources;
  private final TokenStream[] chains;
  private @Nullable State token;
  private int current;
  private int distance;

  ClonedTokens(TokenStream tokens, List<Filtering> filterings) {
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
    token = captureState();
    current = 0;
    open();
    return true;
  }

  private void open() throws IOException {
    if (current < chains.length) {
      sources[current].token = token;
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

  private static final class OneToken extends TokenStream {
    private @Nullable State token;

    OneToken(AttributeSource attributes) {
      super(attributes);
    }

    @Override
    public boolean incrementToken() {
      if (token == null) {
        return false;
      }
      restoreState(token);
      token = null;
      return true;
    }
  }
}
