package org.milena.ingress.auth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.milena.common.directory.Account;
import org.milena.common.directory.Account.AppPassword;
import org.milena.common.directory.Directory;
import org.milena.common.directory.ScramSha256;
import org.milena.common.mail.MailAddress;

/**
 * Accounts of the directory with their app passwords.
 *
 * <p>Every check derives as many keys as an account with {@value #DERIVATIONS} app passwords needs,
 * so that the time says neither whether the account is there nor, up to that number, how many it
 * has.
 */
public final class DirectoryAuthenticator implements Authenticator {
  private static final int DERIVATIONS = 3;

  private final Directory directory;
  private final AppPassword nobodys;

  /** The random numbers are for a verifier that nothing matches. */
  public DirectoryAuthenticator(Directory directory, RandomGenerator random) {
    this.directory = directory;
    this.nobodys =
        ScramSha256.verifier("nobody", "nobody", Long.toHexString(random.nextLong()), random);
  }

  @Override
  public AuthOutcome check(String name, String password) {
    Optional<Account> account = directory.account(name.strip().toLowerCase(Locale.ROOT));
    List<AppPassword> verifiers = account.map(Account::appPasswords).orElse(List.of());
    boolean matches = false;
    for (AppPassword verifier : verifiers) {
      matches |= ScramSha256.matches(verifier, password);
    }
    boolean decoy = false;
    for (int i = verifiers.size(); i < DERIVATIONS; i++) {
      decoy |= ScramSha256.matches(nobodys, password);
    }
    List<MailAddress> addresses = account.map(Account::addresses).orElse(List.of());
    if (matches && !decoy && account.isPresent() && !addresses.isEmpty()) {
      return new AuthOutcome.Authenticated(account.get().name(), addresses);
    }
    return directory.isFresh() ? new AuthOutcome.Rejected() : new AuthOutcome.Unavailable();
  }
}
