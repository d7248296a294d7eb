package org.milena.common.command;

import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.mail.MailAddress;

/** An account, its further addresses, and the searches that it keeps. */
public sealed interface AccountChange extends ListCommand {

  /**
   * Makes or replaces an account; its key in the topic is {@code account:NAME}.
   *
   * @param before the account as it was seen, null when there was none; refused when it is another
   *     one now
   */
  record PutAccount(Account account, @Nullable Account before) implements AccountChange {}

  /** Takes an account away. */
  record DeleteAccount(String name) implements AccountChange {}

  /** An account wants one address more; its key in the topic is {@code account:NAME}. */
  record AskForAddress(String account, MailAddress address) implements AccountChange {}

  /** Somebody answers the confirmation of such an address; same key. */
  record ConfirmAddress(String requestId) implements AccountChange {}

  /** An account does without one of its further addresses; same key. */
  record DropAddress(String account, MailAddress address) implements AccountChange {}

  /** An account changes the searches that it keeps; same key. */
  record ChangeSearches(String account, SearchChange change) implements AccountChange {}
}
