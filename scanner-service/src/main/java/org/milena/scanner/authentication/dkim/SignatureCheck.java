package org.milena.scanner.authentication.dkim;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.header.HeaderField;

/**
 * The last steps of a verifier (RFC 6376 sections 6.1.2 and 6.1.3): get the key, compare the hash
 * of the body, verify.
 */
public final class SignatureCheck {

  private static final List<Result> BEST_FIRST =
      List.of(
          Result.PASS,
          Result.TEMPERROR,
          Result.POLICY,
          Result.FAIL,
          Result.PERMERROR,
          Result.NEUTRAL,
          Result.NONE);

  private final KeyFinder keys;

  /** With the keys of one message. */
  public SignatureCheck(KeyFinder keys) {
    this.keys = keys;
  }

  /** The better a result, the smaller: a pass, then what may yet become one, then the rest. */
  static int rank(Result result) {
    int rank = BEST_FIRST.indexOf(result);
    return rank < 0 ? BEST_FIRST.size() : rank;
  }

  /** Of a signature over fields and body. */
  public Finding ofMessage(SignatureTags tags, SignedMessage message, HeaderField own) {
    return withKey(
        tags,
        key -> {
          BodyHash body = message.bodyHash(tags);
          if (tags.limit().isPresent() && tags.limit().getAsLong() > body.total()) {
            return Finding.permanent("l= is larger than the body");
          }
          if (!body.equalsHash(tags.bodyHash())) {
            return Finding.fail("the body is not the one that was signed");
          }
          if (!tags.algorithm()
              .verifies(key.key(), message.signedFields(tags, own), tags.signature())) {
            return Finding.fail("the header is not the one that was signed");
          }
          return body.isWhole()
              ? Finding.PASS
              : Finding.policy(
                  "covers only "
                      + tags.limit().orElse(0)
                      + " of "
                      + body.total()
                      + " octets of the body");
        });
  }

  /** Of a signature over these octets. */
  public Finding ofOctets(SignatureTags tags, byte[] signed) {
    return withKey(
        tags,
        key ->
            tags.algorithm().verifies(key.key(), signed, tags.signature())
                ? Finding.PASS
                : Finding.fail("the header is not the one that was signed"));
  }

  private Finding withKey(SignatureTags tags, Function<VerifyingKey, Finding> verification) {
    return switch (keys.find(tags.selector(), tags.domain())) {
      case KeyFinder.Keys.None() -> Finding.permanent("no key for this signature");
      case KeyFinder.Keys.Unknown(var reason) ->
          Finding.temporary("the key could not be asked for: " + Printable.text(reason, 100));
      // RFC 6376 section 6.1.2: with several records, each may be tried
      case KeyFinder.Keys.Found(var records) ->
          records.stream()
              .map(record -> withRecord(tags, record, verification))
              .min(Comparator.comparingInt(finding -> rank(finding.result())))
              .orElseThrow();
    };
  }

  private static Finding withRecord(
      SignatureTags tags, KeyRecord record, Function<VerifyingKey, Finding> verification) {
    return switch (record) {
      case KeyRecord.Foreign() -> Finding.permanent("no key for this signature");
      case KeyRecord.Unusable(var reason) -> Finding.permanent(reason);
      case KeyRecord.Usable(var key, var hashes, var testing, var strict) -> {
        if (!key.type().equals(tags.algorithm().keyType())) {
          yield Finding.permanent("the key is for another algorithm");
        }
        if (!hashes.isEmpty() && !hashes.contains(tags.algorithm().hash())) {
          yield Finding.permanent("the key is for another hash");
        }
        if (strict && !tags.identityDomain().equals(tags.domain())) {
          yield Finding.permanent("i= is below d=, which the key does not allow");
        }
        Finding finding = key.objection().orElseGet(() -> verification.apply(key));
        yield testing ? inTest(finding) : finding;
      }
    };
  }

  /**
   * A failure is not held against a domain that only tries DKIM out (RFC 6376 section 3.6.1). A
   * pass stays one although the section would have it treated as unsigned, too: the proof is as
   * good, and domains that forgot the flag for years are many.
   */
  private static Finding inTest(Finding finding) {
    return finding.result() == Result.FAIL
        ? Finding.unreadable(finding.reason() + "; the key is in test")
        : finding;
  }
}
