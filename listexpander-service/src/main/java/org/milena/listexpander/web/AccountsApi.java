package org.milena.listexpander.web;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.AccountChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.Account;
import org.milena.common.directory.Account.ApiToken;
import org.milena.common.directory.Account.AppPassword;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.table.Table;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.CursorPage;
import org.milena.common.web.SignIn;
import org.milena.listexpander.account.Credentials;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts over REST: for operators, and for everybody's own passwords and tokens. */
@RestController
@RequestMapping("/api/v1/accounts")
public class AccountsApi {
  private static final int MIN_PASSWORD = 10;
  private static final int MAX_PASSWORD = 200;
  private static final int MAX_LABEL = 100;

  private final Table<Account> accounts;
  private final CommandSender commands;
  private final SignIn signIn;
  private final Credentials credentials;
  private final InstantSource clock;

  public AccountsApi(
      DirectoryTables directory,
      CommandSender commands,
      SignIn signIn,
      Credentials credentials,
      InstantSource clock) {
    this.accounts = directory.accounts();
    this.commands = commands;
    this.signIn = signIn;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** An account without its secrets. */
  record AccountView(
      String name,
      @Nullable MailAddress address,
      boolean operator,
      boolean hasPassword,
      List<AppPasswordView> appPasswords,
      List<TokenView> tokens,
      Instant createdAt,
      List<MailAddress> moreAddresses) {

    static AccountView of(Account account) {
      return new AccountView(
          account.name(),
          account.address(),
          account.operator(),
          account.passwordHash() != null,
          account.appPasswords().stream()
              .map(password -> new AppPasswordView(password.id(), password.label()))
              .toList(),
          account.apiTokens().stream()
              .map(token -> new TokenView(token.id(), token.label(), new TreeSet<>(token.scopes())))
              .toList(),
          account.createdAt(),
          account.moreAddresses());
    }
  }

  /** A mail program's password, without it. */
  record AppPasswordView(String id, String label) {}

  /** A program's token, without it. */
  record TokenView(String id, String label, SortedSet<Scope> scopes) {}

  /** Accounts by name. */
  @GetMapping
  CursorPage<AccountView> all(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    Caller.current().requireOperator();
    int size = Paging.limit(limit);
    return Paging.of(
        accounts.scan("", after, size + 1).stream().map(Map.Entry::getValue).toList(),
        size,
        Account::name,
        AccountView::of);
  }

  /** One account. */
  @GetMapping("/{name}")
  AccountView one(@PathVariable("name") String name) {
    requireOperatorOrSelf(name);
    return AccountView.of(require(name));
  }

  /**
   * An account to be; null stays as it is.
   *
   * @param password for people; kept as an Argon2id hash
   */
  record AccountBody(
      @Nullable MailAddress address, @Nullable String password, @Nullable Boolean operator) {
    /** Does not show the password. */
    @Override
    public String toString() {
      return "AccountBody[" + address + "]";
    }
  }

  /** Makes or changes an account. */
  @PutMapping("/{name}")
  AccountView put(@PathVariable("name") String name, @RequestBody AccountBody body) {
    Caller.current().requireOperator();
    String key = key(name);
    Account before = accounts.get(key).orElse(null);
    String password = body.password();
    if (password != null
        && (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD)) {
      throw ApiProblem.badRequest(
          "password-length",
          "A password has %d to %d characters.".formatted(MIN_PASSWORD, MAX_PASSWORD));
    }
    MailAddress address = body.address();
    Boolean runsSite = body.operator();
    Account after =
        new Account(
            key,
            address != null || before == null ? address : before.address(),
            password != null
                ? Objects.requireNonNull(signIn.hash(password))
                : before == null ? null : before.passwordHash(),
            before == null ? List.of() : before.appPasswords(),
            before == null ? List.of() : before.apiTokens(),
            runsSite != null ? runsSite : before != null && before.operator(),
            before == null ? clock.instant() : before.createdAt(),
            before == null ? List.of() : before.moreAddresses());
    return save(after, before);
  }

  /** Takes an account away. */
  @DeleteMapping("/{name}")
  CommandOutcome.Done delete(@PathVariable("name") String name) {
    Caller.current().requireOperator();
    return commands.sendForAccount(key(name), new AccountChange.DeleteAccount(key(name)));
  }

  /** What a new password or token is for. */
  record NewCredential(@Nullable String label, @Nullable Set<Scope> scopes) {}

  /** A secret, shown this once. */
  record Secret(String id, String label, String secret) {
    /** Does not show it again. */
    @Override
    public String toString() {
      return "Secret[" + id + "]";
    }
  }

  /** Makes a password for a mail program. */
  @PostMapping("/{name}/app-passwords")
  @ResponseStatus(HttpStatus.CREATED)
  Secret appPassword(@PathVariable("name") String name, @RequestBody NewCredential wanted) {
    requireOperatorOrSelf(name);
    Credentials.Made<AppPassword> made = credentials.appPassword(label(wanted));
    change(
        name,
        account -> with(account, added(account.appPasswords(), made.kept()), account.apiTokens()));
    return new Secret(made.kept().id(), made.kept().label(), made.secret());
  }

  /** Makes a token for a program. It can do no more than whoever asks for it. */
  @PostMapping("/{name}/tokens")
  @ResponseStatus(HttpStatus.CREATED)
  Secret token(@PathVariable("name") String name, @RequestBody NewCredential wanted) {
    Caller caller = requireOperatorOrSelf(name);
    Set<Scope> scopes = wanted.scopes();
    if (scopes == null || scopes.isEmpty()) {
      throw ApiProblem.badRequest(
          "scopes-missing", "Name the scopes of the token: READ, LISTS, MODERATE, OPERATE.");
    }
    scopes.forEach(caller::requireScope);
    Credentials.Made<ApiToken> made = credentials.token(label(wanted), scopes);
    change(
        name,
        account -> with(account, account.appPasswords(), added(account.apiTokens(), made.kept())));
    return new Secret(made.kept().id(), made.kept().label(), made.secret());
  }

  /** Takes a mail program's password away. */
  @DeleteMapping("/{name}/app-passwords/{id}")
  ResponseEntity<Void> deleteAppPassword(
      @PathVariable("name") String name, @PathVariable("id") String id) {
    requireOperatorOrSelf(name);
    change(
        name,
        account ->
            with(
                account,
                account.appPasswords().stream()
                    .filter(password -> !password.id().equals(id))
                    .toList(),
                account.apiTokens()));
    return ResponseEntity.noContent().build();
  }

  /** Takes a token away; it works no more at once. */
  @DeleteMapping("/{name}/tokens/{id}")
  ResponseEntity<Void> deleteToken(
      @PathVariable("name") String name, @PathVariable("id") String id) {
    requireOperatorOrSelf(name);
    change(
        name,
        account ->
            with(
                account,
                account.appPasswords(),
                account.apiTokens().stream().filter(token -> !token.id().equals(id)).toList()));
    return ResponseEntity.noContent().build();
  }

  /** An address that an account wants besides. */
  record WantedAddress(@Nullable MailAddress address) {}

  /** Asks an address whether it is one of this account; it is when it has confirmed that. */
  @PostMapping("/{name}/addresses")
  @ResponseStatus(HttpStatus.ACCEPTED)
  CommandOutcome.Done addAddress(
      @PathVariable("name") String name, @RequestBody WantedAddress wanted) {
    requireOperatorOrSelf(name);
    MailAddress address = wanted.address();
    if (address == null) {
      throw ApiProblem.badRequest("address-missing", "Say which address.");
    }
    return commands.sendForAccount(key(name), new AccountChange.AskForAddress(key(name), address));
  }

  /** Does without one of the further addresses. */
  @DeleteMapping("/{name}/addresses/{address}")
  ResponseEntity<Void> dropAddress(
      @PathVariable("name") String name, @PathVariable("address") String address) {
    requireOperatorOrSelf(name);
    MailAddress dropped =
        switch (MailAddress.parse(address)) {
          case ParsedAddress.Valid(var valid) -> valid;
          case ParsedAddress.Invalid(var reason) ->
              throw ApiProblem.badRequest(
                  "invalid-address", address + " is no address: " + reason + ".");
        };
    commands.sendForAccount(key(name), new AccountChange.DropAddress(key(name), dropped));
    return ResponseEntity.noContent().build();
  }

  private AccountView change(String name, UnaryOperator<Account> change) {
    Account before = require(name);
    return save(change.apply(before), before);
  }

  private AccountView save(Account after, @Nullable Account before) {
    commands.sendForAccount(after.name(), new AccountChange.PutAccount(after, before));
    return AccountView.of(accounts.get(after.name()).orElse(after));
  }

  private Account require(String name) {
    return accounts
        .get(key(name))
        .orElseThrow(() -> ApiProblem.notFound("There is no account " + name + "."));
  }

  private static Account with(
      Account account, List<AppPassword> appPasswords, List<ApiToken> tokens) {
    return new Account(
        account.name(),
        account.address(),
        account.passwordHash(),
        appPasswords,
        tokens,
        account.operator(),
        account.createdAt(),
        account.moreAddresses());
  }

  private static <T> List<T> added(List<T> items, T more) {
    List<T> all = new ArrayList<>(items);
    all.add(more);
    return all;
  }

  private static String label(NewCredential wanted) {
    String label = wanted.label();
    if (label == null || label.isBlank() || label.length() > MAX_LABEL) {
      throw ApiProblem.badRequest(
          "label", "Give it a label of 1 to " + MAX_LABEL + " characters, to know it again.");
    }
    return label.strip();
  }

  private static Caller requireOperatorOrSelf(String name) {
    Caller caller = Caller.current();
    // a token cannot make itself another one: that takes the account's password
    return caller.name().equals(key(name)) && caller.scopes().containsAll(Set.of(Scope.values()))
        ? caller
        : caller.requireOperator();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
