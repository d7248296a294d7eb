package org.milena.scanner.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.scanner.scan.ShownText;

/**
 * One thing that was found out about who sent a mail.
 *
 * @param method {@code spf}, {@code dkim}, {@code dmarc}, {@code arc} or {@code iprev}; DKIM once
 *     for each signature
 * @param domain whose word it is; empty when there is none
 * @param detail a few words; may be empty
 */
public record SenderCheck(String method, Result result, String domain, String detail) {

  /** All of them; the results alone where no evidence was kept. */
  static List<SenderCheck> of(AuthenticationReport report) {
    if (report.equals(AuthenticationReport.NOT_CHECKED)) {
      return List.of();
    }
    AuthenticationEvidence evidence = report.evidence();
    if (evidence == null) {
      return List.of(
          check("spf", report.spf(), "", ""),
          check("dkim", report.dkim(), "", ""),
          check("dmarc", report.dmarc(), report.dmarcDomain(), ""));
    }
    List<SenderCheck> checks = new ArrayList<>();
    checks.add(
        check("spf", evidence.spf().result(), evidence.spf().domain(), evidence.spf().reason()));
    evidence.signatures().forEach(one -> checks.add(signature(one)));
    checks.add(dmarc(evidence.dmarc()));
    checks.add(
        check("arc", evidence.arc().result(), evidence.arc().sealer(), evidence.arc().reason()));
    checks.add(check("iprev", evidence.iprev().result(), evidence.iprev().name(), ""));
    return checks;
  }

  private static SenderCheck signature(AuthenticationEvidence.Signature one) {
    String how =
        "%s, %s%s"
            .formatted(
                one.selector(), one.algorithm(), one.wholeBody() ? "" : ", a part of the body");
    return check(
        "dkim",
        one.result(),
        one.domain(),
        one.reason().isEmpty() ? how : one.reason() + " (" + how + ")");
  }

  private static SenderCheck dmarc(AuthenticationEvidence.Dmarc dmarc) {
    StringBuilder detail = new StringBuilder(dmarc.reason());
    if (dmarc.policy() != null) {
      append(detail, "p=" + dmarc.policy().name().toLowerCase(Locale.ROOT));
    }
    if (!dmarc.aligned().isEmpty()) {
      append(detail, "by " + String.join(" and ", dmarc.aligned()));
    }
    return check("dmarc", dmarc.result(), dmarc.domain(), detail.toString());
  }

  private static void append(StringBuilder text, String more) {
    text.append(text.isEmpty() ? "" : ", ").append(more);
  }

  private static SenderCheck check(
      String method, Result result, @Nullable String domain, String detail) {
    return new SenderCheck(
        method, result, domain == null ? "" : ShownText.of(domain), ShownText.of(detail));
  }
}
