package org.milena.listexpander.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.ListChange;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.command.TemplateChange;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.MemberSource;
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
import org.milena.listexpander.list.SourceRights;

/** What API and pages both do with lists. */
public final class Lists {
  private static final String SCAN_POLICY = "scanPolicy";
  private static final String MEMBER_SOURCES = "member-sources";

  private final Directory directory;
  private final ListAccess access;
  private final CommandSender commands;
  private final SourceRights sources;

  public Lists(
      Directory directory, ListAccess access, CommandSender commands, SourceRights sources) {
    this.directory = directory;
    this.access = access;
    this.commands = commands;
    this.sources = sources;
  }

  /** What lists get members from. */
  SourceRights sources() {
    return sources;
  }

  /** How much the caller may see of a list's members. */
  private SourceRights.Sight sight(MailingList list) {
    if (access.mayManage(list)) {
      return SourceRights.Sight.ALL;
    }
    if (!isVisible(list)) {
      return SourceRights.Sight.HIDDEN;
    }
    boolean shown =
        switch (list.settings().membership().rosterAccess()) {
          case MODERATORS -> false;
          case MEMBERS -> access.mayModerate(list) || isMember(list);
          case PUBLIC -> true;
        };
    return shown ? SourceRights.Sight.SHOWN : SourceRights.Sight.NONE;
  }

  private boolean isMember(MailingList list) {
    return access.addresses(Caller.current()).stream()
        .flatMap(own -> directory.member(list.id(), own).stream())
        .anyMatch(member -> member.roles().contains(MemberRole.MEMBER));
  }

  /** Sources as they are kept, if the caller may name them. */
  private List<String> named(List<String> before, List<String> named) {
    return switch (sources.read(before, named, this::sight)) {
      case SourceRights.Result.Kept(var kept) -> kept;
      case SourceRights.Result.Unfit(var why) -> throw ApiProblem.conflict(MEMBER_SOURCES, why);
      case SourceRights.Result.Forbidden(var why) -> throw ApiProblem.forbidden(why);
    };
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

  /**
   * The list at this address, if the caller may know of it or its account is on the list: a token
   * for writing shows nothing of a list, so it needs not be one for reading, too.
   *
   * @throws ApiProblem otherwise
   */
  MailingList requireToWrite(String address) {
    MailingList list = access.require(address);
    if (!access.isOn(list) && !isVisible(list)) {
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
    ListSettings kept =
        settings.with("memberSources", named(List.of(), settings.membership().memberSources()));
    commands.send(id, new ListChange.CreateList(address, displayName, description, kept));
    if (!owners.isEmpty()) {
      List<NewMember> members = new ArrayList<>();
      owners.forEach(owner -> members.add(NewMember.of(owner, "", Set.of(MemberRole.OWNER))));
      commands.send(id, new MemberChange.PutMembers(members));
      if (notify) {
        commands.send(id, new ListChange.WelcomeOwners());
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
              new TemplateChange.PutTemplate(
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
    }
    var _ =
        commands.send(
            list.id(),
            new ListChange.ChangeList(
                displayName,
                description,
                settings == null ? null : withSources(list, settings),
                ifVersion));
    return directory.list(list.id()).orElse(list);
  }

  /** Takes a list from the sources of another; false when it is none of them. */
  boolean withdraw(MailingList list, String other) {
    Optional<MailingList> fed =
        sources.fedBy(list).stream()
            .filter(one -> one.address().toString().equalsIgnoreCase(other))
            .findFirst();
    fed.ifPresent(one -> {
      List<String> rest =
          one.settings().membership().memberSources().stream()
              .filter(
                  source -> MemberSource.read(source).filter(named -> named.means(list)).isEmpty())
              .toList();
      var _ =
          commands.send(
              one.id(),
              new ListChange.ChangeList(
                  null, null, SettingsPatch.of("memberSources", rest), one.version()));
    });
    return fed.isPresent();
  }

  private SettingsPatch withSources(MailingList list, SettingsPatch patch) {
    ListSettings wanted = settings(list.settings(), patch);
    return patch.names("memberSources")
        ? patch.and(
            "memberSources",
            named(
                list.settings().membership().memberSources(), wanted.membership().memberSources()))
        : patch;
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
    if (!ListId.canBe(address)) {
      throw ApiProblem.badRequest("list-name", "No list can have the address " + address + ".");
    }
    return ListId.forAddress(address);
  }
}
