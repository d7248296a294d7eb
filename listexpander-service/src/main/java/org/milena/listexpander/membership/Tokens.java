package org.milena.listexpander.membership;

import java.util.Optional;
import org.milena.common.event.PendingRequest;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.TokenPurpose;

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

  /** The token in a copy's unsubscribe link. It does not expire: people leave years later. */
  public String unsubscribe(ListId list, MailAddress member) {
    return signed.issue(TokenPurpose.UNSUBSCRIBE, Topics.listKey(list, member.key()), null);
  }

  /** Who leaves what by this token; empty when it is forged. */
  public Optional<Leaving> leaving(String token) {
    return signed
        .read(TokenPurpose.UNSUBSCRIBE, token)
        .flatMap(text -> {
          int separator = text.indexOf(Topics.KEY_SEPARATOR);
          return separator > 0
                  && MailAddress.parse(text.substring(separator + 1))
                      instanceof ParsedAddress.Valid(var address)
              ? Optional.of(new Leaving(ListId.of(text.substring(0, separator)), address))
              : Optional.empty();
        });
  }

  /** Somebody who wants to leave a list, and has proven it. */
  public record Leaving(ListId list, MailAddress member) {}
}
