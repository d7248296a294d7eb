package org.milena.listexpander.posting;

/** Compares a password with the hash of one. Meant to be slow. */
@FunctionalInterface
public interface SecretCheck {

  /**
   * Whether it is the one.
   *
   * @param hash Argon2id in its encoded form
   */
  boolean matches(String password, String hash);
}
