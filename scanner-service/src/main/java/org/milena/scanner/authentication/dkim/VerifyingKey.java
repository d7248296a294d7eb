package org.milena.scanner.authentication.dkim;

import java.io.ByteArrayOutputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key out of the DNS.
 *
 * @param type {@code k=}
 * @param key of the JDK
 */
record VerifyingKey(String type, PublicKey key) {

  /** RFC 8301 section 3.2: never valid below. */
  private static final int MIN_BITS = 1024;

  /** Larger ones cost more than a message may; RFC 8301 asks verifiers for 4096. */
  private static final int MAX_BITS = 8192;

  /** A long exponent makes verifying as slow as signing. All real ones are 65537 or 3. */
  private static final int MAX_EXPONENT_BITS = 64;

  private static final int ED25519_OCTETS = 32;

  /** What stands before the raw octets (RFC 8410 section 4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** {@code rsaEncryption} with its NULL for parameters (RFC 3279 section 2.3.1). */
  private static final byte[] RSA_ALGORITHM =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /** Reads {@code p=}; empty when it holds no key of this type. */
  static Optional<VerifyingKey> read(String type, String base64) {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    Optional<PublicKey> key =
        switch (type) {
          // RFC 6376 says RSAPublicKey and shows SubjectPublicKeyInfo (erratum 3017): both occur
          case "rsa" -> decode("RSA", octets).or(() -> decode("RSA", wrapped(octets)));
          case "ed25519" ->
              octets.length == ED25519_OCTETS
                  ? decode("Ed25519", join(ED25519_PREFIX, octets))
                  : Optional.empty();
          default -> Optional.empty();
        };
    return key.map(found -> new VerifyingKey(type, found));
  }

  private static Optional<PublicKey> decode(String algorithm, byte[] info) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info)));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("the JDK has RSA and Ed25519", e);
    }
  }

  /** A bare {@code RSAPublicKey} (RFC 8017 appendix A.1.1) made a SubjectPublicKeyInfo. */
  private static byte[] wrapped(byte[] bare) {
    byte[] bits = join(new byte[] {0}, bare);
    byte[] content = join(RSA_ALGORITHM, element(0x03, bits));
    return element(0x30, content);
  }

  /** No TXT record is so long that two octets were not enough for a length. */
  private static byte[] element(int tag, byte[] content) {
    byte low = (byte) content.length;
    byte high = (byte) (content.length >> 8);
    byte[] head;
    if (content.length < 0x80) {
      head = new byte[] {(byte) tag, low};
    } else if (content.length < 0x100) {
      head = new byte[] {(byte) tag, (byte) 0x81, low};
    } else {
      head = new byte[] {(byte) tag, (byte) 0x82, high, low};
    }
    return join(head, content);
  }

  private static byte[] join(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream(first.length + second.length);
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  /** What speaks against using it. */
  Optional<Finding> objection() {
    if (!(key instanceof RSAPublicKey rsa)) {
      return Optional.empty();
    }
    int bits = rsa.getModulus().bitLength();
    if (bits < MIN_BITS) {
      return Optional.of(Finding.policy("a key of " + bits + " bits is too short (RFC 8301)"));
    }
    if (bits > MAX_BITS || rsa.getPublicExponent().bitLength() > MAX_EXPONENT_BITS) {
      return Optional.of(Finding.policy("a key this large is not used here"));
    }
    return Optional.empty();
  }
}
