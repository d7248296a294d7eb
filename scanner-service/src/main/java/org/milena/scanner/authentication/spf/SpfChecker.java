package org.milena.scanner.authentication.spf;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.lookup.TimedNames;

/**
 * Asks a domain whether a client may send for it: the domain of the reverse-path, or that of HELO
 * where the reverse-path is null (RFC 7208 section 2.4).
 */
public final class SpfChecker {

  /** RFC 7208 section 4.6.4: at least 20 seconds. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final String POSTMASTER = "postmaster";

  private final NameLookup names;
  private final String ourHostName;
  private final InstantSource clock;
  private final Duration limit;

  /**
   * With the usual limit, 20 seconds.
   *
   * @param ourHostName shown to the domain's owner in explanations ({@code %{r}})
   */
  public SpfChecker(NameLookup names, String ourHostName) {
    this(names, ourHostName, InstantSource.system(), LIMIT);
  }

  /**
   * With a limit.
   *
   * @param limit after which no further look-up begins, and the result is {@code temperror}
   */
  public SpfChecker(NameLookup names, String ourHostName, InstantSource clock, Duration limit) {
    this.names = names;
    this.ourHostName = ourHostName;
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Checks.
   *
   * @param helo the argument of HELO or EHLO, whatever it is
   */
  public Spf check(InetAddress client, String helo, ReversePath reversePath) {
    return switch (reversePath) {
      case ReversePath.Mailbox(var address) -> {
        Verdict verdict = evaluate(client, helo, address.localPart(), address.domain());
        yield evidence(verdict, Spf.Identity.MAIL_FROM, address.domain());
      }
      case ReversePath.Null() ->
          evidence(evaluate(client, helo, POSTMASTER, helo), Spf.Identity.HELO, helo);
    };
  }

  /** check_host() of section 4, for a sender in two parts. */
  Verdict evaluate(InetAddress client, String helo, String localPart, String domain) {
    if (!Domains.isAskable(domain)) {
      return Verdict.of(Result.NONE, "there is no domain to ask");
    }
    String asked = Domains.withoutLastDot(domain);
    var sender =
        new Sender(
            client,
            helo,
            localPart.isEmpty() ? POSTMASTER : localPart, // section 4.3
            asked,
            ourHostName,
            clock.instant());
    return new Evaluation(new TimedNames(names, clock, limit), sender).checkHost(asked, false);
  }

  private static Spf evidence(Verdict verdict, Spf.Identity identity, String domain) {
    String asked =
        Domains.isAskable(domain) ? Domains.withoutLastDot(domain).toLowerCase(Locale.ROOT) : "";
    return new Spf(verdict.result(), identity, asked, verdict.text());
  }
}
