package org.milena.scanner.authentication.dmarc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.lookup.TimedNames;

/**
 * DMARC as RFC 9989 has it: the policy of the author's domain, and whether SPF or DKIM prove a
 * domain that belongs to it.
 *
 * <p>Where the DNS did not answer and the answer could have made a pass, the result is a temporary
 * error (section 5.3.6); the same when SPF or DKIM ended in one for a domain that is aligned. A
 * record without a usable policy and without a wish for reports is a permanent error (sections
 * 4.10.1 and 9.2).
 */
public final class DmarcChecker {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final NameLookup names;
  private final InstantSource clock;

  /**
   * A checker.
   *
   * @param clock by which no look-up of a check begins after 20 seconds: what is not known by then
   *     is a temporary error
   */
  public DmarcChecker(NameLookup names, InstantSource clock) {
    this.names = names;
    this.clock = clock;
  }

  /**
   * Checks one message. What SPF and DKIM found is asked for last, when all is known that the
   * author's domain publishes: so it may be found meanwhile, however long that takes.
   *
   * @param reversePath of its envelope. DMARC takes the MAIL FROM identity only; that of the null
   *     path is the HELO name (RFC 9989 section 3.2.4, RFC 7208 section 2.4)
   * @param spf what SPF found
   * @param signatures what DKIM found
   */
  public Dmarc check(
      AuthorDomain author,
      ReversePath reversePath,
      Supplier<Spf> spf,
      Supplier<List<Signature>> signatures) {
    return switch (author) {
      case AuthorDomain.Unclear(var reason) ->
          new Dmarc(Result.NONE, "", null, null, false, List.of(), reason);
      case AuthorDomain.Known(var domain) ->
          new Evaluation(new TimedNames(names, clock, LIMIT), domain)
              .result(reversePath, spf, signatures);
    };
  }
}
