package org.milena.listexpander.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.ListCommand;
import org.milena.common.command.ListCommand.NewMember;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Template;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import org.milena.common.settings.SubscribePolicy;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;

/** What API and pages both do with lists. */
public final class Lists {
  private static final String SCAN_POLICY = "scanPolicy";

  private final Directory directory;
  private final ListAccess access;
  private final CommandSender commands;

  public Lists(Directory directory, ListAccess access, CommandSender commands) {
    this.directory = directory;
    this.access = access;
    this.commands = commands;
  }

  /**
   * Whether the caller may know of the list: all but those that only their members read and nobody
   * can join.
   */
  boolean isVisible(MailingList list) {
    return list.settings().archive().archiveAccess() == ArchiveAccess.PUBLIC
        || list.settings().membership().subscribePolicy() != SubscribePolicy.CLOSED
        || access.mayRead(list)
        || access.mayManage(list)
        || access.mayModerate(list);
  }

  /**
   * The lists that are shown to the caller, by id: of those it may know of, the ones that are
   * advertised and its own.
   */
  List<MailingList> visible() {
    return directory.lists().stream()
        .filter(list -> list.settings().membership().advertised() ? isVisible(list) : isOwn(list))
        .toList();
  }

  /** Whether the caller is on the list or runs it. */
  private boolean isOwn(MailingList list) {
    return access.belongs(list) || access.mayManage(list) || access.mayModerate(list);
  }

  /**
   * The list at this address, if the caller may know of it.
   *
   * @throws ApiProblem otherwise
   */
  MailingList require(String address) {
    MailingList list = access.require(address);
    if (!isVisible(list)) {
      throw ApiProblem.notFound("There is no list " + address + ".");
    }
    return list;
  }

  /** Makes a list, and gives it its first owners. */
  MailingList create(
      MailAddress address,
      String displayName,
      String description,
      ListSettings settings,
      List<MailAddress> owners,
      boolean notify) {
    ListId id = idOf(address);
    commands.send(id, new ListCommand.CreateList(address, displayName, description, settings));
    if (!owners.isEmpty()) {
      List<NewMember> members = new ArrayList<>();
      owners.forEach(owner -> members.add(NewMember.of(owner, "", Set.of(MemberRole.OWNER))));
      commands.send(id, new ListCommand.PutMembers(members));
      if (notify) {
        commands.send(id, new ListCommand.WelcomeOwners());
      }
    }
    return directory
        .list(id)
        .orElseThrow(() -> ApiProblem.unavailable("The list is made, but not in view yet."));
  }

  /** Gives a list the texts that owners of another wrote. */
  void copyTexts(MailingList from, MailingList to) {
    for (Template text : directory.templates(from.id().value())) {
      var _ =
          commands.send(
              to.id(),
              new ListCommand.PutTemplate(
                  to.id().value(), text.name(), text.language(), text.text()));
    }
  }

  /**
   * Changes what is not null. The policy for the scanner is the operator's.
   *
   * @param ifVersion null when any will do
   */
  MailingList change(
      MailingList list,
      @Nullable String displayName,
      @Nullable String description,
      @Nullable SettingsPatch settings,
      @Nullable Long ifVersion) {
    if (settings != null) {
      if (changesScanPolicy(list.settings(), settings)) {
        requireOperatorForScanPolicy();
      }
      var _ = settings(list.settings(), settings);
    }
    var _ =
        commands.send(
            list.id(), new ListCommand.ChangeList(displayName, description, settings, ifVersion));
    return directory.list(list.id()).orElse(list);
  }

  /**
   * Settings with these changes.
   *
   * @throws ApiProblem when they are none
   */
  static ListSettings settings(ListSettings first, @Nullable SettingsPatch patch) {
    if (patch == null) {
      return first;
    }
    return switch (patch.over(first)) {
      case SettingsPatch.Result.Fits(var settings) -> settings;
      case SettingsPatch.Result.Unfit(var reason) ->
          throw ApiProblem.badRequest("settings", reason);
    };
  }

  /** Whether it makes the scanner treat the list's mail otherwise. */
  private static boolean changesScanPolicy(ListSettings now, SettingsPatch patch) {
    return patch.names(SCAN_POLICY)
        && !(patch.over(now) instanceof SettingsPatch.Result.Fits(var settings)
            && Objects.equals(settings.scanPolicy(), now.scanPolicy()));
  }

  /** What the scanner lets go concerns the whole site: owners cannot soften it for their list. */
  private static void requireOperatorForScanPolicy() {
    Caller caller = Caller.current();
    if (!caller.operator() || !caller.scopes().contains(Scope.OPERATE)) {
      throw ApiProblem.forbidden(
          "Only an operator of the site may change a list's scanPolicy; owners may change all other"
              + " settings.");
    }
  }

  private static ListId idOf(MailAddress address) {
    try {
      return ListId.forAddress(address);
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest("list-name", "No list can have the address " + address + ".");
    }
  }
}
