package org.milena.common.directory;

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

  /**
   * Nobody knows: the domain says nothing, or could not be asked, or there is no one author.
   *
   * @param oneAuthor whether the mail names a single author
   * @param dmarc what is known of that one's domain
   */
  record Unproven(boolean oneAuthor, Result dmarc) implements Authorship {}

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
      return new Unproven(false, Result.NOT_CHECKED);
    }
    MailAddress address = author.get();
    if (account.map(one -> one.owns(address)).orElse(false)) {
      return new Proven(address, Proof.ACCOUNT);
    }
    if (scan == null) {
      return new Unproven(true, Result.NOT_CHECKED);
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
    return new Unproven(true, report.dmarc());
  }
}
