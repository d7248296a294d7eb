package org.milena.common.directory;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
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
 * @param moreAddresses further addresses, each confirmed by itself
 */
public record Account(
    String name,
    @Nullable MailAddress address,
    @Nullable String passwordHash,
    List<AppPassword> appPasswords,
    List<ApiToken> apiTokens,
    boolean operator,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MailAddress> moreAddresses) {

  /** What an older record leaves open is none. */
  public Account {
    appPasswords = List.copyOf(appPasswords);
    apiTokens = List.copyOf(apiTokens);
    moreAddresses = List.copyOf(requireNonNullElse(moreAddresses, List.of()));
  }

  /** Somebody with one address at most. */
  public Account(
      String name,
      @Nullable MailAddress address,
      @Nullable String passwordHash,
      List<AppPassword> appPasswords,
      List<ApiToken> apiTokens,
      boolean operator,
      Instant createdAt) {
    this(name, address, passwordHash, appPasswords, apiTokens, operator, createdAt, List.of());
  }

  /** The same with these further addresses. */
  public Account withMoreAddresses(List<MailAddress> others) {
    return new Account(
        name, address, passwordHash, appPasswords, apiTokens, operator, createdAt, others);
  }

  /** All addresses of this one, {@link #address()} first. */
  public List<MailAddress> addresses() {
    List<MailAddress> all = new ArrayList<>();
    if (address != null) {
      all.add(address);
    }
    all.addAll(moreAddresses);
    return all;
  }

  /** Whether this is an address of this one. */
  public boolean owns(MailAddress other) {
    return addresses().stream().anyMatch(mine -> mine.key().equals(other.key()));
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
