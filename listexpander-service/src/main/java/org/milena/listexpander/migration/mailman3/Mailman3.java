package org.milena.listexpander.migration.mailman3;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A running Mailman 3, to be read. */
public interface Mailman3 {

  /**
   * What lies there.
   *
   * @param path below the version of the API, {@code lists/users.example.org/config}
   * @return empty when there is nothing
   * @throws IOException with a sentence when Mailman cannot be asked or understood
   */
  Optional<JsonNode> get(String path) throws IOException;

  /** Mailman is too old for a question. */
  final class NotUnderstoodException extends IOException {
    private static final long serialVersionUID = 1;

    public NotUnderstoodException(String message) {
      super(message);
    }
  }

  /** Finds Mailman. */
  @FunctionalInterface
  interface Door {
    /**
     * Opens it.
     *
     * @param url where its API is, with or without its version
     * @throws IOException with a sentence when there is none, or it does not let us in
     */
    Mailman3 open(URI url, String user, String password) throws IOException;
  }
}
