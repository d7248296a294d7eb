package org.milena.common.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Checks names with passwords, and tokens, against the directory. An unknown name costs as much
 * time as a wrong password.
 */
public class SignIn implements AuthenticationProvider {
  private final Directory directory;
  private final PasswordEncoder argon2 = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  private final String nobodysHash = argon2.encode("nobody");

  /** Programs sign in with every request; Argon2 is meant to be slow. Keys are digests. */
  private final Cache<String, Boolean> known =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofMinutes(5)).build();

  /** The password that somebody signed in with, as it was kept then. */
  private record Proof(String passwordHash) {
    @Override
    public String toString() {
      return "Proof";
    }
  }

  public SignIn(Directory directory) {
    this.directory = directory;
  }

  /** The encoded Argon2id hash of a new password. */
  public String hash(String password) {
    return argon2.encode(password);
  }

  /** The account with this name and password. */
  private Optional<Account> byPassword(String name, String password) {
    Account account = directory.account(name.toLowerCase(Locale.ROOT)).orElse(null);
    String hash = account == null ? null : account.passwordHash();
    if (account == null || hash == null) {
      var unused = argon2.matches(password, nobodysHash);
      return Optional.empty();
    }
    String key = sha256(hash + "\n" + password);
    if (known.getIfPresent(key) == null) {
      if (!argon2.matches(password, hash)) {
        return Optional.empty();
      }
      known.put(key, true);
    }
    return Optional.of(account);
  }

  /**
   * Whoever signed in earlier with a password, as the directory has that one now. Empty when the
   * account is gone, has another password, or does not run the site any more. A view that is not
   * fresh cannot say that an account is gone.
   */
  Optional<Caller> again(Authentication earlier) {
    if (!(earlier.getPrincipal() instanceof Caller before)
        || !(earlier.getDetails() instanceof Proof proof)) {
      return Optional.empty();
    }
    Optional<Account> account = directory.account(before.name());
    if (account.isEmpty()) {
      return directory.isFresh() ? Optional.empty() : Optional.of(before);
    }
    return account
        .filter(now -> proof.passwordHash().equals(now.passwordHash()))
        .filter(now -> now.operator() || !before.operator())
        .map(Caller::of);
  }

  /** The caller that brings this token. */
  public Optional<Caller> byToken(String token) {
    String digest = sha256(token);
    return directory
        .accountByToken(digest)
        .flatMap(account ->
            account.apiTokens().stream()
                .filter(known -> known.sha256().equals(digest))
                .findFirst()
                .map(found -> Caller.of(account, found.scopes())));
  }

  @Override
  public Authentication authenticate(Authentication request) {
    Object password = request.getCredentials();
    return byPassword(request.getName(), password == null ? "" : password.toString())
        .map(SignIn::proven)
        .orElseThrow(() -> new BadCredentialsException("This name and password do not match."));
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }

  /** As Spring Security carries it. */
  static UsernamePasswordAuthenticationToken authenticated(Caller caller) {
    @Nullable Object noCredentials = null;
    return new UsernamePasswordAuthenticationToken(caller, noCredentials, List.of());
  }

  private static Authentication proven(Account account) {
    UsernamePasswordAuthenticationToken authentication = authenticated(Caller.of(account));
    authentication.setDetails(new Proof(String.valueOf(account.passwordHash())));
    return authentication;
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
