package org.milena.scanner.clamav;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.event.ScanReport.Objection;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;

/** What clamd's replies to INSTREAM mean. */
final class ClamdReply {

  private static final Pattern VERDICT = Pattern.compile("stream: (?:(OK)|(.+) FOUND)");

  private ClamdReply() {}

  /**
   * The verdict.
   *
   * @throws NotScannedException for every reply that is none
   */
  static EngineVerdict read(String reply) throws NotScannedException {
    Matcher verdict = VERDICT.matcher(reply);
    if (!verdict.matches()) {
      throw new NotScannedException("it answered \"" + reply.strip() + '"');
    }
    return verdict.group(1) != null ? new EngineVerdict.Clean() : found(verdict.group(2));
  }

  /**
   * With {@code AlertExceedsMax}, {@code AlertEncrypted} and {@code AlertOLE2Macros} clamd names by
   * a signature, too, what it could not look into.
   */
  private static EngineVerdict found(String signature) {
    if (signature.startsWith("Heuristics.Limits.Exceeded")) {
      return new EngineVerdict.Unscannable(signature);
    }
    if (signature.startsWith("Heuristics.Encrypted")) {
      return new EngineVerdict.Policy(Objection.ENCRYPTED, signature);
    }
    if (signature.startsWith("Heuristics.OLE2.ContainsMacros")) {
      return new EngineVerdict.Policy(Objection.MACRO, signature);
    }
    return new EngineVerdict.Infected(signature);
  }
}
