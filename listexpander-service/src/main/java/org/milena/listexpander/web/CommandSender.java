package org.milena.listexpander.web;

import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.Commands;
import org.milena.common.command.ListCommand;
import org.milena.common.mail.ListId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Sender;

/**
 * Sends commands in the name of whoever is calling, and turns refusals into answers. What can be
 * refused by looking at the command alone never reaches the log.
 */
public final class CommandSender {
  private final Commands commands;

  public CommandSender(Commands commands) {
    this.commands = commands;
  }

  /**
   * Carries a command out.
   *
   * @throws ApiProblem when it is refused, or what it speaks of is not there
   */
  Done send(ListId list, ListCommand command) {
    return Sender.done(ask(list, command));
  }

  /** Carries a command out, whatever comes of it. */
  CommandOutcome ask(ListId list, ListCommand command) {
    return ask(list, command, Sender.current());
  }

  /** Carries a command out in the name of somebody, whatever comes of it. */
  CommandOutcome ask(ListId list, ListCommand command, Sender sender) {
    Optional<Refused> refusal = CommandChecks.refusal(command);
    return refusal.isPresent()
        ? refusal.get()
        : commands.send(list, command, sender.actor(), sender.origin());
  }

  /**
   * Carries a command about an account out.
   *
   * @throws ApiProblem when it is refused, or there is no such account
   */
  Done sendForAccount(String name, ListCommand command) {
    Optional<Refused> refusal = CommandChecks.refusal(command);
    Sender me = Sender.current();
    return Sender.done(
        refusal.isPresent()
            ? refusal.get()
            : commands.sendForAccount(name, command, me.actor(), me.origin()));
  }

  /**
   * Carries a command about something with a key of its own out.
   *
   * @throws ApiProblem when it is refused, or there is no such thing
   */
  Done sendForKey(String key, ListCommand command) {
    Optional<Refused> refusal = CommandChecks.refusal(command);
    Sender me = Sender.current();
    return Sender.done(
        refusal.isPresent()
            ? refusal.get()
            : commands.sendForKey(key, command, me.actor(), me.origin()));
  }
}
