package org.milena.common.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationReport.Result;

/**
 * What the results of an {@link AuthenticationReport} rest on, mechanism by mechanism. All text in
 * it that comes from a stranger is bounded and holds no control characters.
 */
public record AuthenticationEvidence(
    Spf spf, List<Signature> signatures, Dmarc dmarc, Arc arc, Iprev iprev) {

  public AuthenticationEvidence {
    signatures = List.copyOf(signatures);
  }

  /**
   * SPF (RFC 7208).
   *
   * @param identity whose domain was asked
   * @param domain that was asked; empty when there was none to ask
   * @param reason a few words: the mechanism that matched, or what is wrong
   */
  public record Spf(Result result, Identity identity, String domain, String reason) {

    /** RFC 7208 section 2. */
    public enum Identity {
      MAIL_FROM,
      HELO
    }
  }

  /**
   * One DKIM signature (RFC 6376).
   *
   * @param domain {@code d=}, as an A-label in lower case; empty when it could not be read
   * @param selector {@code s=}
   * @param algorithm {@code a=}: {@code rsa-sha256}
   * @param signedFields {@code h=} in lower case, as often as they stand there
   * @param wholeBody whether the signature covers the body to its end: no {@code l=}, or one that
   *     reaches there
   * @param reason a few words; empty when it passed
   */
  public record Signature(
      Result result,
      String domain,
      String selector,
      String algorithm,
      List<String> signedFields,
      boolean wholeBody,
      String reason) {

    public Signature {
      signedFields = List.copyOf(signedFields);
    }
  }

  /**
   * DMARC (RFC 9989).
   *
   * @param domain of the author; empty when the message names no single author domain
   * @param policyDomain where the record that counts was found; null without one
   * @param policy what the domain asks for when DMARC fails, as it is to be applied, {@code t=y}
   *     taken into account; null without a record
   * @param testing whether the record says {@code t=y}
   * @param aligned what made it pass, in words such as {@code dkim} or {@code spf}; empty otherwise
   */
  public record Dmarc(
      Result result,
      String domain,
      @Nullable String policyDomain,
      @Nullable Policy policy,
      boolean testing,
      List<String> aligned,
      String reason) {

    public Dmarc {
      aligned = List.copyOf(aligned);
    }

    /** RFC 9989 section 4.7: {@code p}, {@code sp} or {@code np}, whichever applies here. */
    public enum Policy {
      NONE,
      QUARANTINE,
      REJECT
    }
  }

  /**
   * The chain of ARC (RFC 8617).
   *
   * @param result none, pass or fail
   * @param instances how many sets the message bears
   * @param sealer {@code d=} of the newest seal; null without a chain
   */
  public record Arc(Result result, int instances, @Nullable String sealer, String reason) {}

  /**
   * Whether the client's address and a name point at each other (RFC 8601 section 3).
   *
   * @param name that points back; null without one
   */
  public record Iprev(Result result, @Nullable String name) {}
}
