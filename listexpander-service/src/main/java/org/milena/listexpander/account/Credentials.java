package org.milena.listexpander.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.milena.common.directory.Account.ApiToken;
import org.milena.common.directory.Account.AppPassword;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.ScramSha256;

/** Makes secrets. Each is shown once; what is kept does not sign in. */
public final class Credentials {
  /** Without letters that look like others. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private final SecureRandom random;

  public Credentials(SecureRandom random) {
    this.random = random;
  }

  /**
   * A secret and what is kept of it.
   *
   * @param secret for its owner, now and never again
   */
  public record Made<T>(T kept, String secret) {
    /** Does not show the secret. */
    @Override
    public String toString() {
      return "Made[" + kept + "]";
    }
  }

  /** A password for one mail program. */
  public Made<AppPassword> appPassword(String label) {
    String secret = text(24);
    return new Made<>(ScramSha256.verifier(text(8), label, secret, random), secret);
  }

  /** A token for a program. */
  public Made<ApiToken> token(String label, Set<Scope> scopes) {
    String secret = "milena_" + text(40);
    return new Made<>(new ApiToken(text(8), label, sha256(secret), scopes), secret);
  }

  /** A password for a person: 100 bits. */
  public String password() {
    return text(20);
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
