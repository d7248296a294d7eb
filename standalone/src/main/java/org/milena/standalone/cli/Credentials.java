package org.milena.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** As whom a command speaks to the server. */
sealed interface Credentials {

  /** The value of the Authorization header, if any. */
  default Optional<String> header() {
    return switch (this) {
      case None() -> Optional.empty();
      case Token(var token) -> Optional.of("Bearer " + token);
      case Password(var name, var password) ->
          Optional.of(
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
    };
  }

  /** As nobody. */
  record None() implements Credentials {}

  /** An API token. */
  record Token(String token) implements Credentials {
    @Override
    public String toString() {
      return "Token[***]";
    }
  }

  /** An account with its password. */
  record Password(String name, String password) implements Credentials {
    @Override
    public String toString() {
      return "Password[" + name + "]";
    }
  }
}
