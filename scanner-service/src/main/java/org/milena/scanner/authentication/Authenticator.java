package org.milena.scanner.authentication;

import java.net.InetAddress;
import java.util.List;
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
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.dkim.DkimVerifier;
import org.milena.scanner.authentication.dmarc.AuthorDomain;
import org.milena.scanner.authentication.dmarc.DmarcChecker;
import org.milena.scanner.authentication.results.AuthenticationResultsField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All checks of who sent a mail, one after the other, and the field that tells what they found.
 *
 * <p>A check that breaks is our defect, not the sender's: it is logged, its result is a temporary
 * error, and the other checks go on. DMARC takes such a result for one that might have passed, so
 * that no mail fails for our fault.
 *
 * <p>The address of a client that logged in is a user's own, anywhere: SPF and iprev say nothing of
 * it, and are not asked.
 */
public final class Authenticator implements Provenance {

  private static final Logger log = LoggerFactory.getLogger(Authenticator.class);

  private static final String BROKEN = "the check broke";
  private static final String SUBMITTED = "submitted by an account";

  private final SpfCheck spf;
  private final DkimCheck dkim;
  private final ArcCheck arc;
  private final IprevCheck iprev;
  private final DmarcChecker dmarc;
  private final AuthenticationResultsField field;

  /**
   * An authenticator.
   *
   * @param authservId our name in Authentication-Results (RFC 8601 section 2.5)
   * @throws IllegalArgumentException when that is no host name
   */
  public Authenticator(
      SpfCheck spf,
      DkimCheck dkim,
      ArcCheck arc,
      IprevCheck iprev,
      DmarcChecker dmarc,
      String authservId) {
    this.spf = spf;
    this.dkim = dkim;
    this.arc = arc;
    this.iprev = iprev;
    this.dmarc = dmarc;
    this.field = new AuthenticationResultsField(authservId);
  }

  /** Checks a message. Never throws: what cannot be told is a temporary error. */
  @Override
  public AuthenticationReport check(MailMeta meta, RawMessage message) {
    MailId id = meta.mailId();
    boolean submitted = meta.client().account() != null;
    Spf bySpf =
        submitted
            ? new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", SUBMITTED)
            : guarded("SPF", id, () -> spf(meta), () -> brokenSpf(meta.reversePath()));
    List<Signature> signatures =
        guarded("DKIM", id, () -> dkim.verify(message), Authenticator::brokenDkim);
    Arc byArc =
        guarded(
            "ARC",
            id,
            () -> arc.validate(message),
            () -> new Arc(Result.TEMPERROR, 0, null, BROKEN));
    Iprev byIprev =
        submitted
            ? new Iprev(Result.NONE, null)
            : guarded(
                "iprev",
                id,
                () -> iprev.check(client(meta)),
                () -> new Iprev(Result.TEMPERROR, null));
    Dmarc byDmarc =
        guarded(
            "DMARC",
            id,
            () -> dmarc.check(author(message), meta.reversePath(), bySpf, signatures),
            () -> new Dmarc(Result.TEMPERROR, "", null, null, false, List.of(), BROKEN));
    return new AuthenticationReport(
        submitted ? Result.NOT_CHECKED : bySpf.result(),
        DkimVerifier.best(signatures),
        byDmarc.result(),
        evaluatedDomain(byDmarc),
        new AuthenticationEvidence(bySpf, signatures, byDmarc, byArc, byIprev));
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

  private Spf spf(MailMeta meta) {
    return spf.check(client(meta), meta.client().helo(), meta.reversePath());
  }

  private static InetAddress client(MailMeta meta) {
    return InetAddress.ofLiteral(meta.client().address());
  }

  private static AuthorDomain author(RawMessage message) {
    return AuthorDomain.of(HeaderBlock.of(message));
  }

  /** Without a domain it counts for any. */
  private static Spf brokenSpf(ReversePath reversePath) {
    return new Spf(
        Result.TEMPERROR,
        reversePath instanceof ReversePath.Null ? Spf.Identity.HELO : Spf.Identity.MAIL_FROM,
        reversePath.mailbox().map(MailAddress::domain).orElse(""),
        BROKEN);
  }

  private static List<Signature> brokenDkim() {
    return List.of(new Signature(Result.TEMPERROR, "", "", "", List.of(), false, BROKEN));
  }

  private static <T> T guarded(String check, MailId id, Supplier<T> work, Supplier<T> otherwise) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      log.error("{}: {} broke, which counts as a temporary error", id, check, e);
      return otherwise.get();
    }
  }

  private static @Nullable String evaluatedDomain(Dmarc dmarc) {
    return dmarc.result() == Result.PASS || dmarc.result() == Result.FAIL ? dmarc.domain() : null;
  }
}
