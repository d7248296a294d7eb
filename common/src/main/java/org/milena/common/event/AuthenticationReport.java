package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationEvidence.Spf.Identity;
import org.milena.common.mail.MailAddress;

/**
 * Who really sent it: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 9989).
 *
 * @param spf of the reverse-path, or of the HELO name where that is empty
 * @param dkim the best of all signatures
 * @param dmarc whether the author's domain stands behind the mail
 * @param dmarcDomain the author domain that passed or failed, when DMARC was evaluated
 * @param evidence what the results rest on; absent where nothing was checked, and in records of
 *     version 0.1.0
 */
public record AuthenticationReport(
    Result spf,
    Result dkim,
    Result dmarc,
    @Nullable String dmarcDomain,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AuthenticationEvidence evidence) {

  /** Nothing was checked: no claim of authorship is proven. */
  public static final AuthenticationReport NOT_CHECKED =
      new AuthenticationReport(
          Result.NOT_CHECKED, Result.NOT_CHECKED, Result.NOT_CHECKED, null, null);

  /** The results of RFC 8601 section 2.7, and one for what was not tried. */
  public enum Result {
    NOT_CHECKED,
    NONE,
    PASS,
    FAIL,
    SOFTFAIL,
    NEUTRAL,
    POLICY,
    TEMPERROR,
    PERMERROR
  }

  /** Whether the author's address is proven by an aligned DMARC pass. */
  public boolean authorProven() {
    return dmarc == Result.PASS;
  }

  /**
   * Whether the domain of this reverse-path says that the client may send in its name: SPF passed
   * for the MAIL FROM identity (RFC 7208 section 2.4), and not only for the name in HELO.
   */
  public boolean allowsReversePath(MailAddress reversePath) {
    return evidence != null
        && evidence.spf().result() == Result.PASS
        && evidence.spf().identity() == Identity.MAIL_FROM
        && evidence.spf().domain().equalsIgnoreCase(reversePath.domain());
  }

  /** Whether it says that the client may not. */
  public boolean forbidsReversePath() {
    return spf == Result.FAIL
        && (evidence == null || evidence.spf().identity() == Identity.MAIL_FROM);
  }
}
