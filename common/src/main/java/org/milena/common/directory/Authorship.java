package org.milena.common.directory;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.ScanReport;
import org.milena.common.mail.MailAddress;

/**
 * Whether the address a mail names as its author sent it. The one meaning of "proven sender": for
 * who may post, for answers, and for notices that must never go to somebody who wrote nothing.
 */
public sealed interface Authorship {

  /** What proves it. */
  enum Proof {
    /** An aligned pass of DMARC (RFC 9989 section 5.1). */
    DMARC,
    /** It was submitted by the account the address belongs to. */
    ACCOUNT
  }

  /** It did. */
  record Proven(MailAddress author, Proof proof) implements Authorship {}

  /** Nobody knows: the domain says nothing, or could not be asked, or there is no one author. */
  record Unproven(String reason) implements Authorship {}

  /**
   * The author's domain publishes a policy, and the mail does not keep it.
   *
   * @param policy what is to be done by the word of the domain, {@code t=y} taken into account
   */
  record Disowned(String domain, Policy policy) implements Authorship {}

  /**
   * Weighs what is known.
   *
   * @param author the only address in the only From field, if there is one
   * @param scan what the scanner said; null before it has spoken
   * @param account the account that submitted the mail, if one did
   */
  static Authorship of(
      Optional<MailAddress> author, @Nullable ScanReport scan, Optional<Account> account) {
    if (author.isEmpty()) {
      return new Unproven("it names no single author");
    }
    MailAddress address = author.get();
    if (account.map(one -> one.owns(address)).orElse(false)) {
      return new Proven(address, Proof.ACCOUNT);
    }
    if (scan == null) {
      return new Unproven("not checked");
    }
    return of(address, scan.authentication());
  }

  private static Authorship of(MailAddress author, AuthenticationReport report) {
    if (report.authorProven()) {
      return new Proven(author, Proof.DMARC);
    }
    Dmarc dmarc = report.evidence() == null ? null : report.evidence().dmarc();
    if (report.dmarc() == Result.FAIL && dmarc != null) {
      Policy policy = dmarc.policy();
      return new Disowned(dmarc.domain(), policy == null ? Policy.NONE : policy);
    }
    return new Unproven(
        switch (report.dmarc()) {
          case NOT_CHECKED -> "not checked";
          case NONE -> "its author's domain publishes no DMARC policy";
          case TEMPERROR -> "its author's domain could not be asked";
          case PERMERROR -> "the DMARC policy of its author's domain is broken";
          case PASS, FAIL, SOFTFAIL, NEUTRAL, POLICY ->
              "DMARC says " + report.dmarc().name().toLowerCase(Locale.ROOT);
        });
  }
}
