package org.milena.listexpander.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListChange;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.ListStyle;
import org.milena.common.settings.ScanPolicy;
import org.milena.common.settings.SettingsPatch;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists over REST. */
@RestController
@RequestMapping("/api/v1/lists")
public class ListsApi {
  private final Lists lists;
  private final Directory directory;
  private final ListAccess access;
  private final CommandSender commands;

  public ListsApi(Lists lists, Directory directory, ListAccess access, CommandSender commands) {
    this.lists = lists;
    this.directory = directory;
    this.access = access;
    this.commands = commands;
  }

  /** The lists that the caller may know of. */
  @GetMapping
  CursorPage<ListView> all(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    Caller.current().requireScope(Scope.READ);
    int size = Paging.limit(limit);
    List<MailingList> page =
        lists.visible().stream()
            .filter(list -> list.id().value().compareTo(after) > 0)
            .limit(size + 1L)
            .toList();
    return Paging.of(page, size, list -> list.id().value(), this::view);
  }

  /**
   * A list to be.
   *
   * @param style what it begins with; a discussion list without one
   * @param like a list whose settings and texts it begins with instead
   * @param owners who run it; may be empty
   * @param notifyOwners whether they are told what it has; not without it
   */
  record NewList(
      @Nullable MailAddress address,
      @Nullable String displayName,
      @Nullable String description,
      @Nullable ListStyle style,
      @Nullable MailAddress like,
      @Nullable SettingsPatch settings,
      @Nullable List<MailAddress> owners,
      @Nullable Boolean notifyOwners) {}

  /** Makes a list. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ListView create(@RequestBody NewList wanted) {
    MailAddress address = wanted.address();
    if (address == null) {
      Caller.current().requireOperator();
      throw ApiProblem.badRequest("address-missing", "Say which address the list shall have.");
    }
    requireMayMake(address);
    List<MailAddress> owners = wanted.owners();
    MailingList made =
        lists.create(
            address,
            textOr(wanted.displayName(), address.localPart()),
            textOr(wanted.description(), ""),
            Lists.settings(firstSettings(wanted), wanted.settings()),
            owners == null ? List.of() : owners,
            Boolean.TRUE.equals(wanted.notifyOwners()));
    MailAddress like = wanted.like();
    if (like != null) {
      lists.copyTexts(lists.require(like.toString()), made);
    }
    return view(made);
  }

  /** Operators make lists everywhere, owners of a domain there. */
  private void requireMayMake(MailAddress address) {
    if (!access.mayManageDomain(address.domain())) {
      Caller.current().requireOperator();
    }
  }

  private ListSettings firstSettings(NewList wanted) {
    ListStyle style = wanted.style();
    MailAddress like = wanted.like();
    if (like == null) {
      return (style == null ? ListStyle.DISCUSSION : style).settings();
    }
    if (style != null) {
      throw ApiProblem.badRequest(
          "style-or-like", "A list begins with a style or like another list, not with both.");
    }
    MailingList model = lists.require(like.toString());
    access.requireManage(model);
    // whose members come is to be named anew, by whoever may
    ListSettings settings = model.settings().with("memberSources", List.of());
    // what the scanner lets go is an operator's to say, for each list
    return Caller.current().operator() ? settings : settings.with((ScanPolicy) null);
  }

  /** One list. */
  @GetMapping("/{list}")
  ListView one(@PathVariable("list") String address) {
    Caller.current().requireScope(Scope.READ);
    return view(lists.require(address));
  }

  /** What is to be changed; null stays. */
  record ListPatch(
      @Nullable String displayName,
      @Nullable String description,
      @Nullable SettingsPatch settings,
      @Nullable Long ifVersion) {}

  /** Changes a list. */
  @PatchMapping("/{list}")
  ListView change(@PathVariable("list") String address, @RequestBody ListPatch patch) {
    MailingList list = lists.require(address);
    access.requireManage(list);
    return view(
        lists.change(
            list, patch.displayName(), patch.description(), patch.settings(), patch.ifVersion()));
  }

  /** Whoever runs a list takes it from the sources of another one. */
  @DeleteMapping("/{list}/feeds/{other}")
  ResponseEntity<Void> withdraw(
      @PathVariable("list") String address, @PathVariable("other") String other) {
    MailingList list = lists.require(address);
    access.requireManage(list);
    if (!lists.withdraw(list, other)) {
      throw ApiProblem.notFound(other + " gets no members from " + list.address() + ".");
    }
    return ResponseEntity.noContent().build();
  }

  /** Takes a list away; its archive stays. */
  @DeleteMapping("/{list}")
  CommandOutcome.Done delete(@PathVariable("list") String address) {
    Caller.current().requireOperator();
    return commands.send(lists.require(address).id(), new ListChange.DeleteList());
  }

  /** Somebody who wants to join. */
  record Subscription(@Nullable MailAddress address, @Nullable String displayName) {}

  /** The answer to everybody. */
  record Text(String text) {}

  /** Asks to join; the same answer whether the address is known or not. */
  @PostMapping("/{list}/subscriptions")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Text subscribe(@PathVariable("list") String address, @RequestBody Subscription wanted) {
    MailAddress joining = wanted.address();
    if (joining == null) {
      throw ApiProblem.badRequest("address-missing", "Say which address wants to join.");
    }
    return new Text(
        commands
            .send(
                lists.require(address).id(),
                new RequestChange.Subscribe(joining, textOr(wanted.displayName(), "")))
            .text());
  }

  private ListView view(MailingList list) {
    if (access.mayManage(list)) {
      return ListView.of(list, directory.memberCount(list.id()), lists.sources());
    }
    return access.mayModerate(list)
        ? ListView.forModerators(list, directory.memberCount(list.id()), lists.sources())
        : ListView.forOthers(list);
  }

  private static String textOr(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
