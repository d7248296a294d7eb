package org.milena.common.token;

import java.util.Optional;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;

/**
 * The token in a copy's unsubscribe link (RFC 8058). Egress writes it into each copy, the list's
 * owner reads it. It does not expire: links in old mail must work for years.
 */
public final class UnsubscribeTokens {
  private final SignedTokens signed;

  public UnsubscribeTokens(SignedTokens signed) {
    this.signed = signed;
  }

  /** Somebody who wants to leave a list, and has proven it. */
  public record Leaving(ListId list, MailAddress member) {}

  /** The token for a copy. */
  public String issue(ListId list, MailAddress member) {
    return signed.issue(TokenPurpose.UNSUBSCRIBE, Topics.listKey(list, member.key()), null);
  }

  /** Who leaves what by this token; empty when it is forged or cut off. */
  public Optional<Leaving> read(String token) {
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
}
