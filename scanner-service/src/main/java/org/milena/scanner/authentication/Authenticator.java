package org.milena.scanner.authentication;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.MailMeta;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.dkim.DkimVerifier;
import org.milena.scanner.authentication.dmarc.AuthorDomain;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.lookup.TimedNames;
import org.milena.scanner.authentication.results.AuthenticationResultsField;

/**
 * All checks of who sent a mail, at the same time, and the field that tells what they found. DMARC
 * asks for the policy of the author's domain beside the others, before anybody's slow names can use
 * up the time for that, and then waits for what SPF and DKIM found.
 *
 * <p>No look-up for a mail begins after {@link #BUDGET}: what is not known by then is a temporary
 * error. So a check takes that long, and what the last look-up takes, at most.
 *
 * <p>A check that breaks is our defect, not the sender's: it is logged, its result is a temporary
 * error, and the other checks go on. DMARC takes such a result for one that might have passed, so
 * that no mail fails for our fault.
 *
 * <p>The address of a client that logged in is a user's own, anywhere: SPF and iprev say nothing of
 * it, and are not asked.
 */
public final class Authenticator implements Provenance {

  /** For all look-ups of a mail. SPF alone must have 20 seconds (RFC 7208 section 4.6.4). */
  static final Duration BUDGET = Duration.ofSeconds(20);

  private static final String SUBMITTED = "submitted by an account";

  private final NameLookup names;
  private final InstantSource clock;
  private final ExecutorService threads;
  private final Function<NameLookup, Checks> checks;
  private final AuthenticationResultsField field;

  /**
   * An authenticator.
   *
   * @param clock by which the look-ups of a mail end
   * @param threads one for each check that runs
   * @param checks made anew for each mail, over look-ups that end in time; used by several threads
   * @param authservId our name in Authentication-Results (RFC 8601 section 2.5)
   * @throws IllegalArgumentException when that is no host name
   */
  public Authenticator(
      NameLookup names,
      InstantSource clock,
      ExecutorService threads,
      Function<NameLookup, Checks> checks,
      String authservId) {
    this.names = names;
    this.clock = clock;
    this.threads = threads;
    this.checks = checks;
    this.field = new AuthenticationResultsField(authservId);
  }

  /**
   * Checks a message. Never throws: what cannot be told is a temporary error. That is so where its
   * thread is interrupted, too, which ends all checks.
   */
  @Override
  public AuthenticationReport check(MailMeta meta, RawMessage message) {
    Checks its = checks.apply(new TimedNames(names, clock, BUDGET));
    boolean submitted = meta.client().account() != null;
    try (var run = new SideBySide(threads, meta.mailId())) {
      Supplier<Spf> spf =
          submitted
              ? () -> new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", SUBMITTED)
              : run.begin(
                  "SPF", () -> spf(its.spf(), meta), reason -> noSpf(meta.reversePath(), reason));
      Supplier<List<Signature>> dkim =
          run.begin("DKIM", () -> its.dkim().verify(message), Authenticator::noDkim);
      Supplier<Dmarc> dmarc =
          run.begin(
              "DMARC",
              () -> its.dmarc().check(author(message), meta.reversePath(), spf, dkim),
              reason -> new Dmarc(Result.TEMPERROR, "", null, null, false, List.of(), reason));
      Supplier<Arc> arc =
          run.begin(
              "ARC",
              () -> its.arc().validate(message),
              reason -> new Arc(Result.TEMPERROR, 0, null, reason));
      Supplier<Iprev> iprev =
          submitted
              ? () -> new Iprev(Result.NONE, null)
              : run.begin(
                  "iprev",
                  () -> its.iprev().check(client(meta)),
                  _ -> new Iprev(Result.TEMPERROR, null));
      return report(
          submitted,
          new AuthenticationEvidence(spf.get(), dkim.get(), dmarc.get(), arc.get(), iprev.get()));
    }
  }

  private static AuthenticationReport report(boolean submitted, AuthenticationEvidence evidence) {
    return new AuthenticationReport(
        submitted ? Result.NOT_CHECKED : evidence.spf().result(),
        DkimVerifier.best(evidence.signatures()),
        evidence.dmarc().result(),
        evaluatedDomain(evidence.dmarc()),
        evidence);
  }

  /**
   * The message with our Authentication-Results on top, and without those that others wrote in our
   * name (RFC 8601 section 5). All other octets stay as they are.
   */
  @Override
  public RawMessage stamp(MailMeta meta, RawMessage message, AuthenticationReport report) {
    return HeaderEditor.of(message)
        .removeIf(field.claims())
        .prependRaw(AuthenticationResultsField.NAME, field.value(meta, report))
        .toMessage();
  }

  private static Spf spf(SpfCheck spf, MailMeta meta) {
    return spf.check(client(meta), meta.client().helo(), meta.reversePath());
  }

  private static InetAddress client(MailMeta meta) {
    return InetAddress.ofLiteral(meta.client().address());
  }

  private static AuthorDomain author(RawMessage message) {
    return AuthorDomain.of(HeaderBlock.of(message));
  }

  /** Without a domain it counts for any. */
  private static Spf noSpf(ReversePath reversePath, String reason) {
    return new Spf(
        Result.TEMPERROR,
        reversePath instanceof ReversePath.Null ? Spf.Identity.HELO : Spf.Identity.MAIL_FROM,
        reversePath.mailbox().map(MailAddress::domain).orElse(""),
        reason);
  }

  private static List<Signature> noDkim(String reason) {
    return List.of(new Signature(Result.TEMPERROR, "", "", "", List.of(), false, reason));
  }

  private static @Nullable String evaluatedDomain(Dmarc dmarc) {
    return dmarc.result() == Result.PASS || dmarc.result() == Result.FAIL ? dmarc.domain() : null;
  }
}
