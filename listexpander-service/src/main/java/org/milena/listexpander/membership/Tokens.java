package org.milena.listexpander.membership;

import java.util.Optional;
import org.milena.common.directory.PendingRequest;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.TokenPurpose;
import org.milena.common.token.UnsubscribeTokens;
import org.milena.common.token.UnsubscribeTokens.Leaving;

/** The tokens of joining and leaving. */
public final class Tokens {
  private final SignedTokens signed;

  public Tokens(SignedTokens signed) {
    this.signed = signed;
  }

  /** The token that confirms a request, as long as it waits. */
  String confirm(PendingRequest request) {
    return signed.issue(TokenPurpose.CONFIRM, request.requestId(), request.expiresAt());
  }

  /** The request that a token confirms; empty when it is forged or expired. */
  public Optional<String> requestId(String token) {
    return signed.read(TokenPurpose.CONFIRM, token);
  }

  /** Who leaves what by the token of an unsubscribe link; empty when it is forged. */
  public Optional<Leaving> leaving(String token) {
    return new UnsubscribeTokens(signed).read(token);
  }
}
