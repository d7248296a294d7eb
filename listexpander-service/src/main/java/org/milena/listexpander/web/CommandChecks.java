package org.milena.listexpander.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ListCommand;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.account.AccountEdits;
import org.milena.listexpander.account.SearchEdits;
import org.milena.listexpander.bounce.Suppressing;
import org.milena.listexpander.list.Domains;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.membership.MemberEdits;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.migration.TakeOvers;
import org.milena.listexpander.posting.ThreadLocks;
import org.milena.listexpander.removal.Removals;
import org.milena.listexpander.template.TemplateEdits;
import org.milena.listexpander.thread.ThreadWishes;

/**
 * What a command may say, looked at before it is written: the log keeps every command, so a text
 * that no list would take must not get there. The list's owner checks the same again, for commands
 * come by mail as well.
 */
final class CommandChecks {
  /** Longest comment of a moderator; it stands in a notice and in the trace. */
  static final int MAX_COMMENT = 10_000;

  /** Why the command is refused whatever the list is; empty when its owner has to decide. */
  static Optional<Refused> refusal(ListCommand command) {
    return switch (command) {
      case ListCommand.CreateList(_, var name, var description, var settings) ->
          ListEdits.unfit(name, description, settings);
      case ListCommand.ChangeList(var name, var description, var settings, _) ->
          changed(settings)
              .or(() ->
                  ListEdits.unfit(
                      name == null ? "" : name,
                      description == null ? "" : description,
                      ListSettings.DISCUSSION));
      case ListCommand.PutDomain(var domain) -> Domains.unfit(domain);
      case ListCommand.PutMembers(var members) ->
          members.stream()
              .flatMap(member -> MemberEdits.unfitName(member.displayName()).stream())
              .findFirst();
      case ListCommand.Subscribe(_, var name, _) -> MemberEdits.unfitName(name);
      case ListCommand.DecideHeld(_, _, var comment, _) -> unfitComment(comment);
      case ListCommand.DecideRequest(_, _, var comment) -> unfitComment(comment);
      case ListCommand.Invite invite -> Subscriptions.unfit(invite);
      case ListCommand.ChangeOptions change -> MemberEdits.unfitChange(change);
      case ListCommand.TakeOverList take -> TakeOvers.unfit(take);
      case ListCommand.TakeOverMembers(var members) ->
          members.stream()
              .flatMap(member -> MemberEdits.unfitName(member.displayName()).stream())
              .findFirst();
      case ListCommand.PutAccount(var account, _) -> AccountEdits.unfitName(account.name());
      case ListCommand.ChangeSearches(_, var change) -> SearchEdits.unfit(change);
      case ListCommand.PutTemplate put -> TemplateEdits.unfit(put);
      case ListCommand.DeleteTemplate(var scope, var name, var language) ->
          TemplateEdits.unfit(scope, name, language);
      case ListCommand.CloseThread close -> ThreadLocks.unfit(close);
      case ListCommand.RemovePosts remove -> Removals.unfit(remove.reason());
      case ListCommand.RedactPost redact -> Removals.unfit(redact.reason());
      case ListCommand.WishThread wish -> ThreadWishes.unfit(wish.messageId());
      case ListCommand.PutSuppression(_, var reason) -> Suppressing.unfit(reason);
      // addresses are bounded by their type, request ids by the token they came in, and what is not
      // there is for the owner to say
      case ListCommand.DeleteAccount _,
          ListCommand.DeleteList _,
          ListCommand.WelcomeOwners _,
          ListCommand.RemoveMembers _,
          ListCommand.Unsubscribe _,
          ListCommand.Confirm _,
          ListCommand.ClaimHeld _,
          ListCommand.UndoHeld _,
          ListCommand.OpenThread _,
          ListCommand.EndThreadWish _,
          ListCommand.RenameList _,
          ListCommand.ClaimAddress _,
          ListCommand.TakeAddress _,
          ListCommand.RetireList _,
          ListCommand.SetModeratorSecret _,
          ListCommand.DeleteDomain _,
          ListCommand.DoChores _,
          ListCommand.AskForConfirmation _,
          ListCommand.AskForAddress _,
          ListCommand.ConfirmAddress _,
          ListCommand.DropAddress _,
          ListCommand.TakeOverHeld _,
          ListCommand.DeleteSuppression _,
          ListCommand.ForgetBounces _,
          ListCommand.NoteCopies _,
          ListCommand.TakeSource _,
          ListCommand.NoteFailure _ ->
          Optional.empty();
    };
  }

  private static Optional<Refused> unfitComment(String comment) {
    return comment.length() > MAX_COMMENT
        ? Optional.of(
            new Refused("comment", "A comment has at most %,d characters.".formatted(MAX_COMMENT)))
        : Optional.empty();
  }

  /** Whether there are such settings; whether they go together, the owner says. */
  private static Optional<Refused> changed(@Nullable SettingsPatch settings) {
    return settings != null
            && settings.over(ListSettings.DISCUSSION) instanceof SettingsPatch.Result.Unfit(var why)
        ? Optional.of(new Refused("settings", why))
        : Optional.empty();
  }

  private CommandChecks() {}
}
