package org.milena.common.web;

import org.milena.common.command.CommandOutcome;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Somebody who wants a change of a list, and from where: what the list's log of changes says.
 *
 * @param actor an account's name, {@code mail:ADDRESS}, or {@code anonymous}
 * @param origin the client's address; empty outside of a request
 */
public record Sender(String actor, String origin) {

  /** Who is calling in this request. */
  public static Sender current() {
    Caller caller = Caller.current();
    return as(caller.signedIn() ? caller.name() : "anonymous");
  }

  /** Somebody else than who is signed in, in this request. */
  public static Sender as(String actor) {
    String origin =
        RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
            ? request.getRequest().getRemoteAddr()
            : "";
    return new Sender(actor, origin);
  }

  /**
   * What a command has done.
   *
   * @throws ApiProblem when it was refused, or what it speaks of is not there
   */
  public static CommandOutcome.Done done(CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Done done -> done;
      case CommandOutcome.Refused(var code, var text, _) -> throw ApiProblem.conflict(code, text);
      case CommandOutcome.NotFound(var text, _) -> throw ApiProblem.notFound(text);
    };
  }
}
