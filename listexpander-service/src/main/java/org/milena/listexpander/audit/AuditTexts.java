package org.milena.listexpander.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.AccountChange;
import org.milena.common.command.AddressChange;
import org.milena.common.command.DeliveryChange;
import org.milena.common.command.DomainChange;
import org.milena.common.command.HeldChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.command.PostChange;
import org.milena.common.command.RequestChange;
import org.milena.common.command.TakeOverChange;
import org.milena.common.command.TemplateChange;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.MailingList;
import org.milena.common.header.OneLine;
import org.milena.common.settings.SettingsPatch;
import tools.jackson.databind.JsonNode;

/** What a command wants, in words; without secrets, and bounded. */
final class AuditTexts {
  private static final int MAX_VALUE = 200;
  private static final int MAX_NAMED = 20;

  /** Empty for what changes nothing by itself. */
  static Optional<String> describe(ListCommand command, Optional<MailingList> before) {
    return switch (command) {
      case ListChange.CreateList(var address, _, _, _) -> text("Make the list %s.", address);
      case ListChange.ChangeList change -> Optional.of(changed(change, before));
      case ListChange.WelcomeOwners() -> text("Tell the owners of their new list.");
      case ListChange.DeleteList() -> text("Delete the list.");
      case AddressChange.RenameList(var address, var until) ->
          text("Rename the list to %s, the old address until %s.", address, until);
      case AddressChange.TakeAddress(var address, _) -> text("Take the address %s.", address);
      case AddressChange.ClaimAddress(var address, var by, _) ->
          text("%s asks for the address %s.", by, address);
      case ListChange.RetireList(var retired) ->
          text(retired ? "Close the list for good." : "Open the list again.");
      case ListChange.SetModeratorSecret(var secret) ->
          text(
              secret == null
                  ? "Take the moderators' password away."
                  : "Set the moderators' password.");
      case DomainChange.PutDomain(var domain) ->
          text(
              "Domain %s: owners %s, %d bans, %d filters.",
              domain.name(),
              domain.owners().stream().sorted().toList(),
              domain.bans().size(),
              domain.headerFilters().size());
      case DomainChange.DeleteDomain(var name) -> text("Delete the domain %s.", name);
      case MemberChange.PutMembers(var members) ->
          text(
              "Put %,d members: %s.",
              members.size(),
              some(members.stream().map(AuditTexts::member).toList(), members.size()));
      case MemberChange.RemoveMembers(var addresses) ->
          text(
              "Remove %,d members: %s.",
              addresses.size(),
              some(
                  addresses.stream().limit(MAX_NAMED).map(Object::toString).toList(),
                  addresses.size()));
      case RequestChange.Subscribe(var address, _, _) -> text("%s asks to join.", address);
      case RequestChange.Unsubscribe(var address, var proven) ->
          text("%s asks to leave%s.", address, proven ? ", by a link of its own" : "");
      case RequestChange.Confirm _ -> text("A request is confirmed.");
      case HeldChange.ClaimHeld(var hold, var release) ->
          text("%s the held post %s.", release ? "Release" : "Claim", hold);
      case HeldChange.UndoHeld(var hold) -> text("Undo the decision on the held post %s.", hold);
      case HeldChange.DecideHeld(var hold, var decision, _, _) ->
          text("%s the held post %s.", words(decision.name()), hold);
      case RequestChange.DecideRequest(var request, var decision, _) ->
          text("%s the request %s.", words(decision.name()), request);
      case RequestChange.Invite(var addresses, _) ->
          text(
              "Invite %,d: %s.",
              addresses.size(),
              some(
                  addresses.stream().limit(MAX_NAMED).map(Object::toString).toList(),
                  addresses.size()));
      case MemberChange.ChangeOptions(var address, _, _) -> text("%s changes options.", address);
      case AccountChange.AskForAddress(var account, var address) ->
          text("The account %s asks for the address %s.", account, address);
      case AccountChange.ConfirmAddress _ -> text("An address of an account is confirmed.");
      case AccountChange.DropAddress(var account, var address) ->
          text("The account %s drops the address %s.", account, address);
      case AccountChange.PutAccount(var account, var was) ->
          text(
              "%s the account %s%s.",
              was == null ? "Make" : "Change",
              account.name(),
              account.operator() ? ", an operator" : "");
      case AccountChange.DeleteAccount(var name) -> text("Delete the account %s.", name);
      // nobody's but the account's
      case AccountChange.ChangeSearches _ -> Optional.empty();
      case TemplateChange.PutTemplate(var scope, var name, var language, var text) ->
          text(
              "Put the text %s (%s) of %s, %,d characters.",
              plain(name), plain(language), plain(scope), text.length());
      case TemplateChange.DeleteTemplate(var scope, var name, var language) ->
          text("Delete the text %s (%s) of %s.", plain(name), plain(language), plain(scope));
      case TakeOverChange.TakeOverList take ->
          text(
              "Take the list %s over: settings %s, %d texts%s.",
              take.address(),
              String.join(", ", take.settings().names()),
              take.templates().size(),
              take.moderatorSecret() == null ? "" : ", the moderators' password");
      case TakeOverChange.TakeOverMembers(var members) ->
          text(
              "Take %,d members over: %s.",
              members.size(),
              some(
                  members.stream()
                      .limit(MAX_NAMED)
                      .map(member -> member.address().toString())
                      .toList(),
                  members.size()));
      case TakeOverChange.TakeOverHeld(var hold) ->
          text("Take the held post %s over.", hold.holdId());
      case DeliveryChange.ForgetBounces(var address) ->
          text("Forget what came back from %s.", address);
      case DeliveryChange.PutSuppression(var address, var reason) ->
          text("Send nothing to %s: \"%s\".", address, plain(reason));
      case DeliveryChange.DeleteSuppression(var address) -> text("Send to %s again.", address);
      case ThreadChange.CloseThread(var id, var subject, var rejects, var days) ->
          text(
              "Close the thread of <%s>, \"%s\", %s: %s what still comes.",
              plain(id),
              plain(subject),
              days == null ? "for good" : "for " + days + " days",
              rejects ? "reject" : "hold");
      case PostChange.RemovePosts(var posts, var reason) ->
          text(
              "Remove %,d posts from the archive%s: %s.",
              posts.size(),
              reason.isEmpty() ? ", for their time is over" : " (" + plain(reason) + ")",
              some(
                  posts.stream()
                      .limit(MAX_NAMED)
                      .map(post -> post.id() + " <" + plain(post.messageId()) + ">")
                      .toList(),
                  posts.size()));
      case PostChange.RedactPost(var post, _, _, _, var what, var reason) ->
          text(
              "Take %s out of the post %s <%s> (%s).",
              plain(what), post.id(), plain(post.messageId()), plain(reason));
      case ThreadChange.OpenThread(var id) -> text("Open the thread of <%s>.", plain(id));
      case ThreadChange.WishThread(var address, var id, _, var kind) ->
          text(
              "%s %ss the thread of <%s>.",
              address, words(kind.name()).toLowerCase(Locale.ROOT), plain(id));
      case ThreadChange.EndThreadWish(var address, var id, _) ->
          text("%s ends what was wished for the thread of <%s>.", address, plain(id));
      case MemberChange.TakeSource taken ->
          taken.accepted() ? text("Accept what %s names.", plain(taken.url())) : Optional.empty();
      // counts for the site what a list or an account asked for
      case RequestChange.AskForConfirmation _ -> Optional.empty();
      case ListChange.DoChores(), DeliveryChange.NoteFailure _, DeliveryChange.NoteCopies _ ->
          Optional.empty();
    };
  }

  /** {@code change-list}. */
  static String name(ListCommand command) {
    return command
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private static String changed(ListChange.ChangeList change, Optional<MailingList> before) {
    List<String> parts = new ArrayList<>();
    add(parts, "displayName", before.map(MailingList::displayName), change.displayName());
    add(parts, "description", before.map(MailingList::description), change.description());
    if (change.settings() != null) {
      JsonNode was =
          before
              .<JsonNode>map(list -> SettingsPatch.all(list.settings()).changes())
              .orElseGet(() -> SettingsPatch.NONE.changes());
      change
          .settings()
          .changes()
          .properties()
          .forEach(setting -> {
            JsonNode old = was.path(setting.getKey());
            if (!old.equals(setting.getValue())) {
              parts.add(
                  "%s: %s to %s"
                      .formatted(setting.getKey(), value(old), value(setting.getValue())));
            }
          });
    }
    return "Change the list: " + (parts.isEmpty() ? "nothing" : String.join("; ", parts)) + ".";
  }

  private static void add(
      List<String> parts, String name, Optional<String> was, @Nullable String now) {
    if (now != null && !was.equals(Optional.of(now))) {
      parts.add("%s: \"%s\" to \"%s\"".formatted(name, plain(was.orElse("")), plain(now)));
    }
  }

  private static String member(NewMember member) {
    return member.address()
        + member.roles().stream()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(" and ", " as ", ""));
  }

  private static String some(List<String> named, int all) {
    String first = named.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    return all > MAX_NAMED ? first + " and " + (all - MAX_NAMED) + " more" : first;
  }

  private static String value(JsonNode value) {
    return value.isMissingNode() ? "none" : plain(value.toString());
  }

  private static String words(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String plain(String text) {
    return OneLine.of(text, MAX_VALUE);
  }

  private static Optional<String> text(String format, Object... values) {
    return Optional.of(String.format(Locale.ROOT, format, values));
  }

  private AuditTexts() {}
}
