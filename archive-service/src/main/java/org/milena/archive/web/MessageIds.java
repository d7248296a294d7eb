package org.milena.archive.web;

import org.jspecify.annotations.Nullable;
import org.milena.common.web.ApiProblem;

/** Message-IDs in requests: in the path where they fit, else as a parameter. */
public final class MessageIds {

  /**
   * Without angle brackets.
   *
   * @param path what is left of the path, with its slash
   * @throws ApiProblem when there is neither
   */
  public static String of(@Nullable String path, @Nullable String parameter) {
    // what is left of a path begins with its slash; a Message-ID may do so too
    String rest = path == null ? "" : path.substring(path.startsWith("/") ? 1 : 0);
    String id = parameter != null ? parameter : rest;
    String bare = id.replaceAll("^<|>$", "").strip();
    if (bare.isEmpty()) {
      throw ApiProblem.badRequest("missing-id", "Name a Message-ID: ?id=…");
    }
    return bare;
  }

  private MessageIds() {}
}
