package org.milena.listexpander.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.AccountChange;
import org.milena.common.command.AddressChange;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.DeliveryChange;
import org.milena.common.command.DomainChange;
import org.milena.common.command.HeldChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.PostChange;
import org.milena.common.command.RequestChange;
import org.milena.common.command.TakeOverChange;
import org.milena.common.command.TemplateChange;
import org.milena.common.command.ThreadChange;
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
      case ListChange.CreateList(_, var name, var description, var settings) ->
          ListEdits.unfit(name, description, settings);
      case ListChange.ChangeList(var name, var description, var settings, _) ->
          changed(settings)
              .or(() ->
                  ListEdits.unfit(
                      name == null ? "" : name,
                      description == null ? "" : description,
                      ListSettings.DISCUSSION));
      case DomainChange.PutDomain(var domain) -> Domains.unfit(domain);
      case MemberChange.PutMembers(var members) ->
          members.stream()
              .flatMap(member -> MemberEdits.unfitName(member.displayName()).stream())
              .findFirst();
      case RequestChange.Subscribe(_, var name, _) -> MemberEdits.unfitName(name);
      case HeldChange.DecideHeld(_, _, var comment, _) -> unfitComment(comment);
      case RequestChange.DecideRequest(_, _, var comment) -> unfitComment(comment);
      case RequestChange.Invite invite -> Subscriptions.unfit(invite);
      case MemberChange.ChangeOptions change -> MemberEdits.unfitChange(change);
      case TakeOverChange.TakeOverList take -> TakeOvers.unfit(take);
      case TakeOverChange.TakeOverMembers(var members) ->
          members.stream()
              .flatMap(member -> MemberEdits.unfitName(member.displayName()).stream())
              .findFirst();
      case AccountChange.PutAccount(var account, _) -> AccountEdits.unfitName(account.name());
      case AccountChange.ChangeSearches(_, var change) -> SearchEdits.unfit(change);
      case TemplateChange.PutTemplate put -> TemplateEdits.unfit(put);
      case TemplateChange.DeleteTemplate(var scope, var name, var language) ->
          TemplateEdits.unfit(scope, name, language);
      case ThreadChange.CloseThread close -> ThreadLocks.unfit(close);
      case PostChange.RemovePosts remove -> Removals.unfit(remove.reason());
      case PostChange.RedactPost redact -> Removals.unfit(redact.reason());
      case ThreadChange.WishThread wish -> ThreadWishes.unfit(wish.messageId());
      case DeliveryChange.PutSuppression(_, var reason) -> Suppressing.unfit(reason);
      // addresses are bounded by their type, request ids by the token they came in, and what is not
      // there is for the owner to say
      case AccountChange.DeleteAccount _,
          ListChange.DeleteList _,
          ListChange.WelcomeOwners _,
          MemberChange.RemoveMembers _,
          RequestChange.Unsubscribe _,
          RequestChange.Confirm _,
          HeldChange.ClaimHeld _,
          HeldChange.UndoHeld _,
          ThreadChange.OpenThread _,
          ThreadChange.EndThreadWish _,
          AddressChange.RenameList _,
          AddressChange.ClaimAddress _,
          AddressChange.TakeAddress _,
          ListChange.RetireList _,
          ListChange.SetModeratorSecret _,
          DomainChange.DeleteDomain _,
          ListChange.DoChores _,
          RequestChange.AskForConfirmation _,
          AccountChange.AskForAddress _,
          AccountChange.ConfirmAddress _,
          AccountChange.DropAddress _,
          TakeOverChange.TakeOverHeld _,
          DeliveryChange.DeleteSuppression _,
          DeliveryChange.ForgetBounces _,
          DeliveryChange.NoteCopies _,
          MemberChange.TakeSource _,
          DeliveryChange.NoteFailure _ ->
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
