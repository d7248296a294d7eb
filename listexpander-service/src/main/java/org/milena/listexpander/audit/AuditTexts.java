package org.milena.listexpander.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.ListCommand;
import org.milena.common.command.ListCommand.NewMember;
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
      case ListCommand.CreateList(var address, _, _, _) -> text("Make the list %s.", address);
      case ListCommand.ChangeList change -> Optional.of(changed(change, before));
      case ListCommand.WelcomeOwners() -> text("Tell the owners of their new list.");
      case ListCommand.DeleteList() -> text("Delete the list.");
      case ListCommand.RenameList(var address, var until) ->
          text("Rename the list to %s, the old address until %s.", address, until);
      case ListCommand.TakeAddress(var address, _) -> text("Take the address %s.", address);
      case ListCommand.ClaimAddress(var address, var by, _) ->
          text("%s asks for the address %s.", by, address);
      case ListCommand.RetireList(var retired) ->
          text(retired ? "Close the list for good." : "Open the list again.");
      case ListCommand.SetModeratorSecret(var secret) ->
          text(
              secret == null
                  ? "Take the moderators' password away."
                  : "Set the moderators' password.");
      case ListCommand.PutDomain(var domain) ->
          text(
              "Domain %s: owners %s, %d bans, %d filters.",
              domain.name(),
              domain.owners().stream().sorted().toList(),
              domain.bans().size(),
              domain.headerFilters().size());
      case ListCommand.DeleteDomain(var name) -> text("Delete the domain %s.", name);
      case ListCommand.PutMembers(var members) ->
          text(
              "Put %,d members: %s.",
              members.size(),
              some(members.stream().map(AuditTexts::member).toList(), members.size()));
      case ListCommand.RemoveMembers(var addresses) ->
          text(
              "Remove %,d members: %s.",
              addresses.size(),
              some(
                  addresses.stream().limit(MAX_NAMED).map(Object::toString).toList(),
                  addresses.size()));
      case ListCommand.Subscribe(var address, _, _) -> text("%s asks to join.", address);
      case ListCommand.Unsubscribe(var address, var proven) ->
          text("%s asks to leave%s.", address, proven ? ", by a link of its own" : "");
      case ListCommand.Confirm _ -> text("A request is confirmed.");
      case ListCommand.ClaimHeld(var hold, var release) ->
          text("%s the held post %s.", release ? "Release" : "Claim", hold);
      case ListCommand.UndoHeld(var hold) -> text("Undo the decision on the held post %s.", hold);
      case ListCommand.DecideHeld(var hold, var decision, _, _) ->
          text("%s the held post %s.", words(decision.name()), hold);
      case ListCommand.DecideRequest(var request, var decision, _) ->
          text("%s the request %s.", words(decision.name()), request);
      case ListCommand.Invite(var addresses, _) ->
          text(
              "Invite %,d: %s.",
              addresses.size(),
              some(
                  addresses.stream().limit(MAX_NAMED).map(Object::toString).toList(),
                  addresses.size()));
      case ListCommand.ChangeOptions(var address, _, _) -> text("%s changes options.", address);
      case ListCommand.AskForAddress(var account, var address) ->
          text("The account %s asks for the address %s.", account, address);
      case ListCommand.ConfirmAddress _ -> text("An address of an account is confirmed.");
      case ListCommand.DropAddress(var account, var address) ->
          text("The account %s drops the address %s.", account, address);
      case ListCommand.PutAccount(var account, var was) ->
          text(
              "%s the account %s%s.",
              was == null ? "Make" : "Change",
              account.name(),
              account.operator() ? ", an operator" : "");
      case ListCommand.DeleteAccount(var name) -> text("Delete the account %s.", name);
      // nobody's but the account's
      case ListCommand.ChangeSearches _ -> Optional.empty();
      case ListCommand.PutTemplate(var scope, var name, var language, var text) ->
          text(
              "Put the text %s (%s) of %s, %,d characters.",
              plain(name), plain(language), plain(scope), text.length());
      case ListCommand.DeleteTemplate(var scope, var name, var language) ->
          text("Delete the text %s (%s) of %s.", plain(name), plain(language), plain(scope));
      case ListCommand.TakeOverList take ->
          text(
              "Take the list %s over: settings %s, %d texts%s.",
              take.address(),
              String.join(", ", take.settings().names()),
              take.templates().size(),
              take.moderatorSecret() == null ? "" : ", the moderators' password");
      case ListCommand.TakeOverMembers(var members) ->
          text(
              "Take %,d members over: %s.",
              members.size(),
              some(
                  members.stream()
                      .limit(MAX_NAMED)
                      .map(member -> member.address().toString())
                      .toList(),
                  members.size()));
      case ListCommand.TakeOverHeld(var hold) -> text("Take the held post %s over.", hold.holdId());
      case ListCommand.ForgetBounces(var address) ->
          text("Forget what came back from %s.", address);
      case ListCommand.PutSuppression(var address, var reason) ->
          text("Send nothing to %s: \"%s\".", address, plain(reason));
      case ListCommand.DeleteSuppression(var address) -> text("Send to %s again.", address);
      case ListCommand.CloseThread(var id, var subject, var rejects, var days) ->
          text(
              "Close the thread of <%s>, \"%s\", %s: %s what still comes.",
              plain(id),
              plain(subject),
              days == null ? "for good" : "for " + days + " days",
              rejects ? "reject" : "hold");
      case ListCommand.RemovePosts(var posts, var reason) ->
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
      case ListCommand.RedactPost(var post, _, _, _, var what, var reason) ->
          text(
              "Take %s out of the post %s <%s> (%s).",
              plain(what), post.id(), plain(post.messageId()), plain(reason));
      case ListCommand.OpenThread(var id) -> text("Open the thread of <%s>.", plain(id));
      case ListCommand.WishThread(var address, var id, _, var kind) ->
          text(
              "%s %ss the thread of <%s>.",
              address, words(kind.name()).toLowerCase(Locale.ROOT), plain(id));
      case ListCommand.EndThreadWish(var address, var id, _) ->
          text("%s ends what was wished for the thread of <%s>.", address, plain(id));
      case ListCommand.TakeSource taken ->
          taken.accepted() ? text("Accept what %s names.", plain(taken.url())) : Optional.empty();
      // counts for the site what a list or an account asked for
      case ListCommand.AskForConfirmation _ -> Optional.empty();
      case ListCommand.DoChores(), ListCommand.NoteFailure _, ListCommand.NoteCopies _ ->
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

  private static String changed(ListCommand.ChangeList change, Optional<MailingList> before) {
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
