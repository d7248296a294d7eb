package org.milena.common.directory;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;

/**
 * Somebody who can sign in.
 *
 * @param name lower case; what is typed at sign-in
 * @param address whose mail this one may submit; null for none
 * @param passwordHash Argon2id in its encoded form; null when only tokens sign in
 * @param operator whether this one runs the site
 */
public record Account(
    String name,
    @Nullable MailAddress address,
    @Nullable String passwordHash,
    List<AppPassword> appPasswords,
    List<ApiToken> apiTokens,
    boolean operator,
    Instant createdAt) {

  public Account {
    appPasswords = List.copyOf(appPasswords);
    apiTokens = List.copyOf(apiTokens);
  }

  /** Does not show secrets. */
  @Override
  public String toString() {
    return "Account[" + name + "]";
  }

  /**
   * A password for one mail program, kept as a SCRAM-SHA-256 verifier (RFC 5802 section 3, RFC
   * 7677).
   *
   * @param salt Base64
   * @param storedKey Base64
   * @param serverKey Base64
   */
  public record AppPassword(
      String id, String label, int iterations, String salt, String storedKey, String serverKey) {
    @Override
    public String toString() {
      return "AppPassword[" + id + "]";
    }
  }

  /**
   * A bearer token for programs; only its digest is kept.
   *
   * @param sha256 of the token, lower-case hex
   * @param scopes what it may be used for
   */
  public record ApiToken(String id, String label, String sha256, Set<Scope> scopes) {
    public ApiToken {
      scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
      return "ApiToken[" + id + "]";
    }
  }

  /** What a token may do. */
  public enum Scope {
    READ,
    LISTS,
    MODERATE,
    OPERATE
  }

  /** The key that an account's commands have in the topic of commands. */
  public static String commandKey(String name) {
    return "account:" + name;
  }
}
