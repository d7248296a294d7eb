package org.milena.ingress.auth;

/** Checks who a client is. */
public interface Authenticator {

  /** Checks a name and an app password, both as typed. */
  AuthOutcome check(String name, String password);
}
