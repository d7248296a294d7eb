package org.milena.common.command;

import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;

/** A list is made, changed, looked after, closed, and taken away. */
public sealed interface ListChange extends ListCommand {

  /** Makes a list; refused when it is there already. */
  record CreateList(
      MailAddress address, String displayName, String description, ListSettings settings)
      implements ListChange {}

  /** The list is new: its owners are told what it has. */
  record WelcomeOwners() implements ListChange {}

  /**
   * Changes what is not null.
   *
   * @param settings those that are changed
   * @param ifVersion refused when the list's version is another one; null for any
   */
  record ChangeList(
      @Nullable String displayName,
      @Nullable String description,
      @Nullable SettingsPatch settings,
      @Nullable Long ifVersion)
      implements ListChange {}

  /**
   * Sets the password that {@code Approved} fields are checked against.
   *
   * @param argon2id its hash in the encoded form; null for none
   */
  record SetModeratorSecret(@Nullable String argon2id) implements ListChange {
    /** Does not show the secret. */
    @Override
    public String toString() {
      return "SetModeratorSecret[]";
    }
  }

  /** Time has passed: whatever is due is to be done. */
  record DoChores() implements ListChange {}

  /** Closes the list for good, or opens it again: it takes no posts, and nobody joins. */
  record RetireList(boolean retired) implements ListChange {}

  /** Takes the list and its members away; its archive stays. */
  record DeleteList() implements ListChange {}
}
