package org.milena.listexpander.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.directory.Roster;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.PostAction;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.membership.MemberSearch;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Members over REST. */
@RestController
@RequestMapping("/api/v1/lists/{list}/members")
public class MembersApi {
  private final Lists lists;
  private final Directory directory;
  private final ListAccess access;
  private final CommandSender commands;
  private final MemberImport imports;
  private final Rosters rosters;

  public MembersApi(
      Lists lists,
      Directory directory,
      ListAccess access,
      CommandSender commands,
      MemberImport imports,
      Rosters rosters) {
    this.lists = lists;
    this.directory = directory;
    this.access = access;
    this.commands = commands;
    this.imports = imports;
    this.rosters = rosters;
  }

  /**
   * Members by address, as far as the caller may see them.
   *
   * @param q words that all stand in address or name
   */
  @GetMapping
  CursorPage<MemberView> all(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(name = "role", required = false) @Nullable MemberRole role,
      @RequestParam(name = "stopped", required = false) @Nullable Boolean stopped) {
    return rosters.page(
        lists.require(address), MemberSearch.of(q, role, stopped), after, Paging.limit(limit));
  }

  /** One member, for owners, moderators, and himself. */
  @GetMapping("/{address}")
  MemberView one(
      @PathVariable("list") String listAddress, @PathVariable("address") String memberAddress) {
    MailAddress address = parse(memberAddress);
    MailingList list =
        rosters.isCallers(address) ? lists.require(listAddress) : insiders(listAddress);
    return view(list, address);
  }

  /** As the caller may see somebody whom he may see. */
  private MemberView view(MailingList list, MailAddress address) {
    Roster.Listed listed = listed(list, address);
    return rosters.isCallers(address) ? MemberView.forHimself(listed) : MemberView.of(listed);
  }

  /** Options with new values; null is left as it is. */
  record OptionsBody(
      @Nullable String displayName,
      @Nullable DeliveryMode mode,
      @Nullable Boolean deliver,
      @Nullable LocalDate stoppedUntil,
      @Nullable Boolean ownPosts,
      @Nullable Boolean acknowledge,
      @Nullable Boolean skipDuplicates,
      @Nullable Boolean concealed,
      @Nullable String language,
      @Nullable Boolean tracking) {

    OptionsPatch options() {
      return new OptionsPatch(
          mode,
          deliver,
          stoppedUntil,
          ownPosts,
          acknowledge,
          skipDuplicates,
          concealed,
          language,
          null,
          tracking);
    }
  }

  /** Changes what somebody gets, and how: the member himself, or an owner. */
  @PatchMapping("/{address}")
  MemberView change(
      @PathVariable("list") String listAddress,
      @PathVariable("address") String memberAddress,
      @RequestBody OptionsBody body) {
    MailAddress address = parse(memberAddress);
    if (rosters.isCallers(address)) {
      MailingList list = lists.require(listAddress);
      commands.send(
          list.id(), new MemberChange.ChangeOptions(address, body.options(), body.displayName()));
      return view(list, address);
    }
    MailingList list = owned(listAddress);
    Member before = listed(list, address).member();
    String name = body.displayName();
    commands.send(
        list.id(),
        new MemberChange.PutMembers(
            List.of(
                new NewMember(
                    address,
                    name == null ? before.displayName() : name,
                    before.roles(),
                    before.action(),
                    null,
                    body.options(),
                    true))));
    return view(list, address);
  }

  /** Somebody to be put on a list; null is left as it is, or as is usual. */
  record MemberBody(
      @Nullable MailAddress address,
      @Nullable String displayName,
      @Nullable Set<MemberRole> roles,
      @Nullable WantedAction action,
      @Nullable DeliveryMode mode,
      @Nullable Boolean deliver,
      @Nullable LocalDate stoppedUntil,
      @Nullable Boolean ownPosts,
      @Nullable Boolean acknowledge,
      @Nullable Boolean skipDuplicates,
      @Nullable Boolean concealed,
      @Nullable String language,
      @Nullable Integer probation,
      @Nullable Boolean tracking) {

    OptionsPatch options() {
      return new OptionsPatch(
          mode,
          deliver,
          stoppedUntil,
          ownPosts,
          acknowledge,
          skipDuplicates,
          concealed,
          language,
          probation,
          tracking);
    }
  }

  /** What happens to somebody's posts; {@code DEFAULT} for what the list says. */
  enum WantedAction {
    DEFAULT,
    ACCEPT,
    DEFER,
    HOLD,
    REJECT,
    DISCARD;

    @Nullable PostAction action() {
      return this == DEFAULT ? null : PostAction.valueOf(name());
    }
  }

  /** Adds somebody; who is there already gets the roles as well. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  MemberView add(@PathVariable("list") String listAddress, @RequestBody MemberBody body) {
    MailingList list = owned(listAddress);
    MailAddress address = body.address();
    if (address == null) {
      throw ApiProblem.badRequest("address-missing", "Say which address to add.");
    }
    Set<MemberRole> roles = new HashSet<>(rolesOr(body.roles(), Set.of(MemberRole.MEMBER)));
    boolean asMember = roles.contains(MemberRole.MEMBER);
    directory.member(list.id(), address).ifPresent(before -> roles.addAll(before.roles()));
    return put(list, address, body, roles, !asMember);
  }

  /** Sets what somebody is; makes a member where there is none. */
  @PutMapping("/{address}")
  MemberView set(
      @PathVariable("list") String listAddress,
      @PathVariable("address") String memberAddress,
      @RequestBody MemberBody body) {
    MailingList list = owned(listAddress);
    MailAddress address = parse(memberAddress);
    Set<MemberRole> now =
        directory.member(list.id(), address).map(Member::roles).orElse(Set.of(MemberRole.MEMBER));
    return put(list, address, body, rolesOr(body.roles(), now), body.roles() == null);
  }

  /** Takes somebody away, with all roles. */
  @DeleteMapping("/{address}")
  ResponseEntity<Void> remove(
      @PathVariable("list") String listAddress, @PathVariable("address") String memberAddress) {
    MailingList list = owned(listAddress);
    CommandOutcome.Done done =
        commands.send(list.id(), new MemberChange.RemoveMembers(List.of(parse(memberAddress))));
    if (done.changed() == 0) {
      throw notThere(list, memberAddress);
    }
    return ResponseEntity.noContent().build();
  }

  /**
   * Adds everybody in a file: one address a line, or CSV with names. Lines that cannot be read are
   * reported with their numbers; all others are taken.
   */
  @PostMapping(
      path = "/import",
      consumes = {MediaType.TEXT_PLAIN_VALUE, "text/csv"})
  MemberImport.Report importFile(
      @PathVariable("list") String listAddress,
      @RequestParam(defaultValue = "MEMBER") MemberRole role,
      HttpServletRequest request)
      throws IOException {
    MailingList list = owned(listAddress);
    if (request.getCharacterEncoding() == null) {
      request.setCharacterEncoding("UTF-8");
    }
    try (BufferedReader lines = request.getReader()) {
      return imports.run(list, role, lines);
    }
  }

  /**
   * @param sourced whether whoever is a member by a source only stays so
   */
  private MemberView put(
      MailingList list,
      MailAddress address,
      MemberBody body,
      Set<MemberRole> roles,
      boolean sourced) {
    Member before = directory.member(list.id(), address).orElse(null);
    String displayName = body.displayName();
    WantedAction wanted = body.action();
    PostAction actionNow = before == null ? null : before.action();
    commands.send(
        list.id(),
        new MemberChange.PutMembers(
            List.of(
                new NewMember(
                    address,
                    displayName != null ? displayName : before == null ? "" : before.displayName(),
                    roles,
                    wanted == null ? actionNow : wanted.action(),
                    null,
                    body.options(),
                    sourced))));
    return view(list, address);
  }

  private static Set<MemberRole> rolesOr(@Nullable Set<MemberRole> roles, Set<MemberRole> usual) {
    if (roles == null) {
      return usual;
    }
    if (roles.isEmpty()) {
      throw ApiProblem.badRequest("roles-missing", "A member has at least one role.");
    }
    return roles;
  }

  private Roster.Listed listed(MailingList list, MailAddress address) {
    return directory
        .roster()
        .find(list.id(), address)
        .orElseThrow(() -> notThere(list, address.toString()));
  }

  private static ApiProblem notThere(MailingList list, String address) {
    return ApiProblem.notFound(address + " is not on " + list.address() + ".");
  }

  private MailingList owned(String address) {
    MailingList list = lists.require(address);
    access.requireManage(list);
    return list;
  }

  private MailingList insiders(String address) {
    MailingList list = lists.require(address);
    if (!rosters.isStaff(list)) {
      access.requireModerate(list);
    }
    return list;
  }

  static MailAddress parse(String address) {
    return switch (MailAddress.parse(address)) {
      case ParsedAddress.Valid(var valid) -> valid;
      case ParsedAddress.Invalid(var reason) ->
          throw ApiProblem.badRequest(
              "invalid-address", address + " is no address: " + reason + ".");
    };
  }
}
