package org.milena.listexpander.preparation.dmarc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;

/**
 * Whether the signature that DMARC passed by (RFC 6376) is as good on a copy as on the original:
 * the body has the same octets, and so has every instance of a field that the signature covers,
 * counted from the bottom (section 5.4.2). A field that is signed as absent must stay absent.
 */
final class SignatureSurvival {
  private final RawMessage original;
  private final RawMessage copy;
  private final Set<String> addedLater;

  /**
   * @param addedLater names, in lower case, of fields that each recipient's copy gets on its way
   */
  SignatureSurvival(RawMessage original, RawMessage copy, Set<String> addedLater) {
    this.original = original;
    this.copy = copy;
    this.addedLater = Set.copyOf(addedLater);
  }

  /**
   * Whether DMARC will pass by a signature again. Of several that may have been the one, all must
   * live.
   */
  boolean passesAgain(AuthenticationEvidence evidence) {
    Dmarc dmarc = evidence.dmarc();
    if (dmarc.result() != Result.PASS || !dmarc.aligned().contains("dkim")) {
      return false;
    }
    List<Signature> candidates =
        evidence.signatures().stream()
            .filter(signature -> signature.result() == Result.PASS)
            .filter(signature -> isRelated(signature.domain(), dmarc))
            .toList();
    return !candidates.isEmpty() && sameBody() && candidates.stream().allMatch(this::sameFields);
  }

  private static boolean isRelated(String signer, Dmarc dmarc) {
    String policyDomain = dmarc.policyDomain();
    return isWithin(signer, dmarc.domain())
        || isWithin(dmarc.domain(), signer)
        || (policyDomain != null && isWithin(signer, policyDomain));
  }

  private static boolean isWithin(String domain, String other) {
    return domain.equalsIgnoreCase(other)
        || domain.toLowerCase(Locale.ROOT).endsWith("." + other.toLowerCase(Locale.ROOT));
  }

  private boolean sameBody() {
    return Arrays.equals(
        original.unsafeBytes(),
        HeaderBlock.of(original).bodyOffset(),
        original.size(),
        copy.unsafeBytes(),
        HeaderBlock.of(copy).bodyOffset(),
        copy.size());
  }

  private boolean sameFields(Signature signature) {
    Map<String, Integer> signed = new HashMap<>();
    for (String name : signature.signedFields()) {
      signed.merge(name.strip().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    HeaderBlock before = HeaderBlock.of(original);
    HeaderBlock after = HeaderBlock.of(copy);
    return signed.entrySet().stream()
        .allMatch(entry -> isSame(entry.getKey(), entry.getValue(), before, after));
  }

  private boolean isSame(String name, int count, HeaderBlock before, HeaderBlock after) {
    List<HeaderField> was = lowest(before.all(name), count);
    List<HeaderField> is = lowest(after.all(name), count);
    if (was.size() != is.size() || (addedLater.contains(name) && was.size() < count)) {
      return false;
    }
    for (int i = 0; i < was.size(); i++) {
      if (!Arrays.equals(was.get(i).toByteArray(), is.get(i).toByteArray())) {
        return false;
      }
    }
    return true;
  }

  private static List<HeaderField> lowest(List<HeaderField> fields, int count) {
    return fields.subList(Math.max(0, fields.size() - count), fields.size());
  }
}
