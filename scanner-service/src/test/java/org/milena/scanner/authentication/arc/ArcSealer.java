package org.milena.scanner.authentication.arc;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.milena.scanner.authentication.dkim.TestSigner;

/** Adds sets of ARC to messages as a forwarder would (RFC 8617 section 5.1), or wrongly. */
final class ArcSealer {

  private static final List<String> KINDS =
      List.of("ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal");

  private final TestSigner signer;
  private final UnaryOperator<TestSigner> signature;
  private final UnaryOperator<TestSigner> seal;

  private ArcSealer(
      TestSigner signer, UnaryOperator<TestSigner> signature, UnaryOperator<TestSigner> seal) {
    this.signer = signer;
    this.signature = signature;
    this.seal = seal;
  }

  static ArcSealer of(TestSigner signer) {
    return new ArcSealer(signer.without("v"), UnaryOperator.identity(), UnaryOperator.identity());
  }

  /** Signs the message in another way. */
  ArcSealer signing(UnaryOperator<TestSigner> change) {
    return new ArcSealer(signer, change, seal);
  }

  /** Seals in another way. */
  ArcSealer sealing(UnaryOperator<TestSigner> change) {
    return new ArcSealer(signer, signature, change);
  }

  /** The message with its next set, which says that all is well. */
  String seal(String mail, int instance) {
    return seal(mail, instance, instance == 1 ? "none" : "pass");
  }

  /** The message with its next set. */
  String seal(String mail, int instance, String claim) {
    String results = KINDS.get(0) + ": i=" + instance + "; mx.example;\r\n spf=pass\r\n";
    TestSigner numbered = signer.with("i", "" + instance);
    String signed = signature.apply(numbered).signatureField(KINDS.get(1), mail);
    var canonical = new StringBuilder();
    List<String> fields = TestSigner.fields(mail);
    for (int i = 1; i < instance; i++) {
      for (String kind : KINDS) {
        canonical.append(TestSigner.canonicalField("relaxed", field(fields, kind, i)));
      }
    }
    canonical.append(TestSigner.canonicalField("relaxed", results));
    canonical.append(TestSigner.canonicalField("relaxed", signed));
    String sealed =
        seal.apply(numbered.with("cv", claim).without("h").without("c"))
            .sealField(KINDS.get(2), canonical.toString());
    return sealed + signed + results + mail;
  }

  /** The field of a kind in a set; empty when there is none. */
  static String field(String mail, String kind, int instance) {
    return field(TestSigner.fields(mail), kind, instance);
  }

  private static String field(List<String> fields, String kind, int instance) {
    Pattern tag = Pattern.compile("[:;]\\s*i\\s*=\\s*" + instance + "\\s*;");
    return fields.stream()
        .filter(field -> field.startsWith(kind + ":") && tag.matcher(field).find())
        .findFirst()
        .orElse("none:\r\n");
  }
}
