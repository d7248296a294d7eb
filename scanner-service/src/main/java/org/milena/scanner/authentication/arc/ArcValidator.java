package org.milena.scanner.authentication.arc;

import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.authentication.dkim.Canonicalization;
import org.milena.scanner.authentication.dkim.Finding;
import org.milena.scanner.authentication.dkim.KeyFinder;
import org.milena.scanner.authentication.dkim.SignatureCheck;
import org.milena.scanner.authentication.dkim.SignatureTags;
import org.milena.scanner.authentication.dkim.SignedMessage;
import org.milena.scanner.authentication.lookup.NameLookup;

/**
 * Validates the chains of ARC (RFC 8617 section 5.2). May be used by many threads.
 *
 * <p>Older message signatures are not looked at: whoever changed the message broke them, and sealed
 * that (step 5 is optional). RFC 8617 knows no temporary error; where a key cannot be asked for,
 * and nothing before was wrong, the result is {@code TEMPERROR} all the same, since a chain nobody
 * could check is no broken one.
 */
public final class ArcValidator {

  private final NameLookup names;
  private final InstantSource clock;

  /**
   * A validator.
   *
   * @param clock by which signatures expire
   */
  public ArcValidator(NameLookup names, InstantSource clock) {
    this.names = names;
    this.clock = clock;
  }

  /** What the chain of a message is worth: none, pass, fail or temperror. */
  public Arc validate(RawMessage message) {
    var signed = new SignedMessage(message);
    return switch (ArcChain.of(signed)) {
      case ArcChain.None() -> new Arc(Result.NONE, 0, null, "");
      case ArcChain.Broken(var instances, var sealer, var reason) ->
          new Arc(Result.FAIL, instances, sealer, reason);
      case ArcChain.Whole(var sets) -> validate(signed, sets);
    };
  }

  private Arc validate(SignedMessage message, List<ArcSet> sets) {
    String sealer = sets.getLast().sealTags().domain();
    Optional<String> doubt = message.doubt();
    if (doubt.isPresent()) {
      return fail(sets, sealer, doubt.get());
    }
    var check = new SignatureCheck(new KeyFinder(names, clock));
    SignatureTags newest = sets.getLast().signatureTags();
    Finding finding =
        objection(newest)
            .orElseGet(() -> check.ofMessage(newest, message, sets.getLast().signature()));
    if (!finding.passed()) {
      return broken(sets, sealer, "signature " + sets.size(), finding);
    }
    for (int instance = sets.size(); instance >= 1; instance--) {
      SignatureTags seal = sets.get(instance - 1).sealTags();
      byte[] sealed = sealed(message, sets.subList(0, instance));
      finding = objection(seal).orElseGet(() -> check.ofOctets(seal, sealed));
      if (!finding.passed()) {
        return broken(sets, sealer, "seal " + instance, finding);
      }
    }
    return new Arc(Result.PASS, sets.size(), sealer, "");
  }

  private Optional<Finding> objection(SignatureTags tags) {
    return tags.objection(clock.instant());
  }

  /**
   * RFC 8617 section 5.1.1: all sets up to this, in their order, each as results, signature, seal.
   */
  private static byte[] sealed(SignedMessage message, List<ArcSet> sets) {
    var out = new ByteArrayOutputStream(4096);
    for (int i = 0; i < sets.size(); i++) {
      ArcSet set = sets.get(i);
      message.addField(Canonicalization.RELAXED, set.results(), out);
      message.addField(Canonicalization.RELAXED, set.signature(), out);
      if (i < sets.size() - 1) {
        message.addField(Canonicalization.RELAXED, set.seal(), out);
      } else {
        message.addOwn(set.sealTags(), set.seal(), out);
      }
    }
    return out.toByteArray();
  }

  private static Arc broken(
      List<ArcSet> sets, @Nullable String sealer, String what, Finding finding) {
    String reason = what + ": " + finding.reason();
    return finding.result() == Result.TEMPERROR
        ? new Arc(Result.TEMPERROR, sets.size(), sealer, reason)
        : fail(sets, sealer, reason);
  }

  private static Arc fail(List<ArcSet> sets, @Nullable String sealer, String reason) {
    return new Arc(Result.FAIL, sets.size(), sealer, reason);
  }
}
