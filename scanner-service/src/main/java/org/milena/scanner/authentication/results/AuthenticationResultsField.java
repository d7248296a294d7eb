package org.milena.scanner.authentication.results;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.MailMeta;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;

/**
 * Writes Authentication-Results under our name (RFC 8601), and knows which fields of a message
 * claim to be ours.
 */
public final class AuthenticationResultsField {

  /** Name of the field. */
  public static final String NAME = "Authentication-Results";

  // the results each method may have (RFC 8601 section 2.7)
  private static final Set<Result> SPF = EnumSet.complementOf(EnumSet.of(Result.NOT_CHECKED));
  private static final Set<Result> DKIM =
      EnumSet.complementOf(EnumSet.of(Result.NOT_CHECKED, Result.SOFTFAIL));
  private static final Set<Result> DMARC =
      EnumSet.of(Result.NONE, Result.PASS, Result.FAIL, Result.TEMPERROR, Result.PERMERROR);
  private static final Set<Result> ARC = EnumSet.of(Result.PASS, Result.FAIL);
  private static final Set<Result> IPREV =
      EnumSet.of(Result.PASS, Result.FAIL, Result.TEMPERROR, Result.PERMERROR);

  private final String authservId;

  /**
   * A writer.
   *
   * @param authservId our name at the front of the field: a host name (RFC 8601 section 2.5)
   * @throws IllegalArgumentException when it is none
   */
  public AuthenticationResultsField(String authservId) {
    if (authservId.length() > 255 || !PropertyValue.isDomain(authservId)) {
      throw new IllegalArgumentException("authserv-id is no host name: " + authservId);
    }
    this.authservId = authservId.toLowerCase(Locale.ROOT);
  }

  /** Matches the fields that claim our name, and must go before ours is added (section 5). */
  public Predicate<HeaderField> claims() {
    return new ClaimsOf(authservId);
  }

  /**
   * The value, folded: lines end in CRLF and a space. Lines keep to 78 columns unless one value
   * alone is longer; none reaches 998.
   */
  public String value(MailMeta meta, AuthenticationReport report) {
    List<List<String>> statements = new ArrayList<>();
    String account = meta.client().account();
    if (account != null) {
      statements.add(List.of("auth=pass", "smtp.auth=" + PropertyValue.of(account)));
    }
    AuthenticationEvidence evidence = report.evidence();
    if (evidence != null) {
      spf(meta, report.spf(), evidence.spf(), statements);
      evidence.signatures().forEach(signature -> signature(signature, statements));
      if (evidence.signatures().isEmpty() && DKIM.contains(report.dkim())) {
        statements.add(List.of("dkim=" + word(report.dkim())));
      }
      dmarc(evidence.dmarc(), statements);
      arc(evidence.arc(), statements);
      iprev(meta.client().address(), evidence.iprev(), statements);
    }
    return statements.isEmpty() ? authservId + "; none" : folded(statements);
  }

  private static void spf(MailMeta meta, Result summary, Spf spf, List<List<String>> statements) {
    if (!SPF.contains(summary)) {
      return; // not asked
    }
    List<String> words = begin("spf", spf.result(), spf.reason());
    boolean ofPath = spf.identity() == Spf.Identity.MAIL_FROM;
    if (ofPath && meta.reversePath() instanceof ReversePath.Mailbox(MailAddress address)) {
      String shown = address.isAscii() ? address.toString() : address.domain();
      words.add("smtp.mailfrom=" + PropertyValue.of(shown));
    } else {
      String helo = spf.domain().isEmpty() ? meta.client().helo() : spf.domain();
      words.add("smtp.helo=" + PropertyValue.of(helo));
    }
    statements.add(words);
  }

  private static void signature(Signature signature, List<List<String>> statements) {
    if (!DKIM.contains(signature.result())) {
      return;
    }
    List<String> words = begin("dkim", signature.result(), signature.reason());
    property("header.d", signature.domain(), words);
    property("header.s", signature.selector(), words);
    property("header.a", signature.algorithm(), words);
    statements.add(words);
  }

  private static void dmarc(Dmarc dmarc, List<List<String>> statements) {
    if (!DMARC.contains(dmarc.result())) {
      return;
    }
    List<String> words = begin("dmarc", dmarc.result(), dmarc.reason());
    if (dmarc.policy() != null) {
      // after t=y was taken into account (RFC 9989 section 9.1)
      words.add("policy.dmarc=" + dmarc.policy().name().toLowerCase(Locale.ROOT));
    }
    property("header.from", dmarc.domain(), words);
    statements.add(words);
  }

  /** A chain has no property for who sealed it (RFC 8617 section 10.2), so a reason says it. */
  private static void arc(Arc arc, List<List<String>> statements) {
    if (!ARC.contains(arc.result())) {
      return;
    }
    String said =
        arc.result() == Result.PASS && arc.sealer() != null
            ? "i=" + arc.instances() + " by " + arc.sealer()
            : arc.reason();
    List<String> words = new ArrayList<>();
    words.add("arc=" + word(arc.result()));
    reason(said, words);
    statements.add(words);
  }

  private static void iprev(String address, Iprev iprev, List<List<String>> statements) {
    if (IPREV.contains(iprev.result())) {
      statements.add(
          List.of("iprev=" + word(iprev.result()), "policy.iprev=" + PropertyValue.of(address)));
    }
  }

  private static List<String> begin(String method, Result result, String why) {
    List<String> words = new ArrayList<>();
    words.add(method + "=" + word(result));
    if (result != Result.PASS) {
      reason(why, words);
    }
    return words;
  }

  private static void reason(String why, List<String> words) {
    if (!why.isBlank()) {
      words.add("reason=" + PropertyValue.reason(why.strip()));
    }
  }

  private static void property(String name, String value, List<String> words) {
    if (!value.isEmpty()) {
      words.add(name + "=" + PropertyValue.of(value));
    }
  }

  private static String word(Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }

  private String folded(List<List<String>> statements) {
    var field = new StringBuilder(authservId);
    for (List<String> words : statements) {
      field.append(";\r\n");
      int column = 0;
      for (String word : words) {
        if (column > 0 && column + 1 + word.length() + 1 > 78) {
          field.append("\r\n ");
          column = 1;
        }
        field.append(' ').append(word);
        column += 1 + word.length();
      }
    }
    return field.toString();
  }
}
