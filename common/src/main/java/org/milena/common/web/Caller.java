package org.milena.common.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.directory.Account.Scope;
import org.milena.common.mail.MailAddress;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who is calling.
 *
 * @param name of the account; empty when nobody is signed in
 * @param address of the account, if it has one
 * @param operator whether this one runs the site
 * @param scopes what the token allows; all for a password
 */
public record Caller(
    String name, @Nullable MailAddress address, boolean operator, Set<Scope> scopes) {

  /** Nobody is signed in. */
  public static final Caller ANONYMOUS = new Caller("", null, false, Set.of());

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Somebody who gave the account's password. */
  public static Caller of(Account account) {
    return new Caller(
        account.name(), account.address(), account.operator(), Set.of(Scope.values()));
  }

  /** Somebody who brought a token of the account. */
  public static Caller of(Account account, Set<Scope> scopes) {
    return new Caller(account.name(), account.address(), account.operator(), scopes);
  }

  /** Who calls in this request; {@link #ANONYMOUS} when nobody is signed in. */
  public static Caller current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof Caller caller
        ? caller
        : ANONYMOUS;
  }

  /** Whether somebody is signed in. */
  public boolean signedIn() {
    return !name.isEmpty();
  }

  /** This one, if it runs the site and its token allows that. */
  public Caller requireOperator() {
    requireScope(Scope.OPERATE);
    if (!operator) {
      throw ApiProblem.forbidden("Only an operator of the site may do this.");
    }
    return this;
  }

  /** This one, if it is signed in and its token allows this. */
  public Caller requireScope(Scope scope) {
    if (!signedIn()) {
      throw ApiProblem.unauthorized("Sign in to do this.");
    }
    if (!scopes.contains(scope)) {
      throw ApiProblem.forbidden("This token does not have the scope " + scope + ".");
    }
    return this;
  }
}
