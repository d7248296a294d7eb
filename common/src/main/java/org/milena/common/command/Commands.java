package org.milena.common.command;

import org.milena.common.mail.ListId;

/** Sends commands and waits for their outcome. */
public interface Commands {

  /**
   * Sends a command to the owner of a list and waits until its outcome is there and this instance's
   * directory shows its effects.
   *
   * @param actor who wants it: an account's name, {@code mail:ADDRESS}, or {@code system}
   * @param origin from where: a client's address, a mail id
   * @throws org.milena.common.failure.OutageException when the broker or the owner does not answer
   *     in time; the command may then still be carried out
   */
  CommandOutcome send(ListId list, ListCommand command, String actor, String origin);

  /** Likewise for what has a key of its own: {@code domain:NAME}. */
  CommandOutcome sendForKey(String key, ListCommand command, String actor, String origin);

  /** Likewise for an account. */
  CommandOutcome sendForAccount(
      String accountName, ListCommand command, String actor, String origin);
}
