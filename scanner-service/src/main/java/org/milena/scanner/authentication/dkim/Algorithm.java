package org.milena.scanner.authentication.dkim;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;

/** How a message is signed: {@code a=}. */
public enum Algorithm {
  /**
   * RFC 6376 section 3.3.1. Never to be verified (RFC 8301 section 3.1); known only so that it can
   * be named.
   */
  RSA_SHA1("rsa-sha1", "rsa", "sha1"),
  /** RFC 6376 section 3.3.2. */
  RSA_SHA256("rsa-sha256", "rsa", "sha256"),
  /** RFC 8463: Ed25519 signs the SHA-256 of the header. */
  ED25519_SHA256("ed25519-sha256", "ed25519", "sha256");

  private final String text;
  private final String keyType;
  private final String hash;

  Algorithm(String text, String keyType, String hash) {
    this.text = text;
    this.keyType = keyType;
    this.hash = hash;
  }

  /** By its name, which is case sensitive. */
  public static Optional<Algorithm> named(String text) {
    for (Algorithm algorithm : values()) {
      if (algorithm.text.equals(text)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** {@code k=} of a key for it. */
  public String keyType() {
    return keyType;
  }

  /** As a key record names it in {@code h=}. */
  public String hash() {
    return hash;
  }

  /** Whether RFC 8301 has put it out of use. */
  public boolean isHistoric() {
    return this == RSA_SHA1;
  }

  /** Whether this is the signature of these octets; not, when it cannot be one. */
  boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
    try {
      switch (this) {
        case RSA_SHA1 -> {
          return false;
        }
        case RSA_SHA256 -> {
          Signature rsa = Signature.getInstance("SHA256withRSA");
          rsa.initVerify(key);
          rsa.update(signed);
          return rsa.verify(signature);
        }
        case ED25519_SHA256 -> {
          Signature edwards = Signature.getInstance("Ed25519");
          edwards.initVerify(key);
          edwards.update(sha256().digest(signed));
          return edwards.verify(signature);
        }
      }
    } catch (SignatureException e) {
      // of a wrong length, or no point of the curve
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("the JDK has RSA and Ed25519", e);
    } catch (GeneralSecurityException e) {
      // a key that could be read, and makes no sense: a point of small order, a bad exponent
      return false;
    }
    throw new AssertionError(this);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
