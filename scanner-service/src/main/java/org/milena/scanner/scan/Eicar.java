package org.milena.scanner.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The test file of the European Institute for Computer Antivirus Research: 68 harmless characters
 * that every antivirus engine reports.
 *
 * <p>It is a test file only where a file begins with it. We let white space stand before it, and
 * anything behind it, since lists and gateways append footers; in the middle of a text it is a
 * quotation.
 */
public final class Eicar {

  /** What the engines of others call it. */
  public static final String SIGNATURE = "Eicar-Test-Signature";

  // in two pieces, so that no antivirus engine removes our own class file
  private static final byte[] TEXT =
      ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
          .getBytes(StandardCharsets.US_ASCII);

  private Eicar() {}

  /**
   * Whether a file that begins so is the test file.
   *
   * @param length how many octets of the array count
   */
  public static boolean startsWith(byte[] head, int length) {
    int from = 0;
    if (length > 2 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF) {
      from = 3;
    }
    while (from < length && isSpace(head[from])) {
      from++;
    }
    return length - from >= TEXT.length
        && Arrays.equals(head, from, from + TEXT.length, TEXT, 0, TEXT.length);
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
  }

  /** Its octets, for a probe that wants proof of an engine. */
  public static byte[] octets() {
    return TEXT.clone();
  }
}
