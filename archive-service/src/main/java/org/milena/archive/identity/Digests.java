package org.milena.archive.identity;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Digests that every Java has. */
public final class Digests {

  /** The digest of the parts, one behind the other. */
  public static byte[] digest(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  /** Lower-case hex of the digest of the parts, one behind the other. */
  public static String hex(String algorithm, byte[]... parts) {
    return HexFormat.of().formatHex(digest(algorithm, parts));
  }

  /** HMAC-SHA-256 (RFC 2104); the key may be empty. */
  static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key(key));
      return mac.doFinal(text);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** A key is filled up with zeros (RFC 2104 section 2); Java takes no empty one. */
  private static SecretKey key(byte[] key) {
    return new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256");
  }

  private Digests() {}
}
