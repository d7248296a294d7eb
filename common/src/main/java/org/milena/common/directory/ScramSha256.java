package org.milena.common.directory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.milena.common.directory.Account.AppPassword;

/**
 * Verifiers of SCRAM-SHA-256 (RFC 5802 section 3, RFC 7677): enough to check a password, not enough
 * to log in with.
 *
 * <p>For passwords that we make ourselves. They are long and random, which is why the iterations
 * are the {@value #ITERATIONS} that RFC 7677 asks for and no more: each mail sent costs one check.
 */
public final class ScramSha256 {
  /** What RFC 7677 section 4 asks for at least. */
  public static final int ITERATIONS = 4096;

  private static final int SALT_LENGTH = 16;
  private static final int KEY_BITS = 256;
  private static final String HMAC = "HmacSHA256";

  /**
   * The verifier of a new password, with a salt of its own.
   *
   * @param id and {@code label} are the app password's
   * @throws IllegalArgumentException when the password is empty or holds a NUL
   */
  public static AppPassword verifier(
      String id, String label, String password, RandomGenerator random) {
    if (!isPassword(password)) {
      throw new IllegalArgumentException("an app password is not empty and has no NUL");
    }
    var salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    byte[] salted = salted(password, salt, ITERATIONS);
    Base64.Encoder base64 = Base64.getEncoder();
    return new AppPassword(
        id,
        label,
        ITERATIONS,
        base64.encodeToString(salt),
        base64.encodeToString(sha256(hmac(salted, "Client Key"))),
        base64.encodeToString(hmac(salted, "Server Key")));
  }

  /** Whether the verifier was made of this password. Takes the same time either way. */
  public static boolean matches(AppPassword verifier, String password) {
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] salted = salted(password, base64.decode(verifier.salt()), verifier.iterations());
    return MessageDigest.isEqual(
            sha256(hmac(salted, "Client Key")), base64.decode(verifier.storedKey()))
        && isPassword(password);
  }

  /** HMAC fills keys up with zeros, so "x" and "x\0" would be the same password to it. */
  private static boolean isPassword(String password) {
    return !password.isEmpty() && password.indexOf('\0') < 0;
  }

  private static byte[] salted(String password, byte[] salt, int iterations) {
    try {
      // an empty password is no key for the JDK, and never one of ours
      char[] characters = password.isEmpty() ? new char[1] : password.toCharArray();
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(characters, salt, iterations, KEY_BITS))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has PBKDF2 with SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HMAC with SHA-256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private ScramSha256() {}
}
