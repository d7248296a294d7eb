package org.milena.listexpander.web;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.SettingsPatch;
import org.milena.common.settings.SettingsText;
import org.milena.common.settings.SubscribePolicy;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.moderation.HeldQueue;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.node.ObjectNode;

/** Members, held posts and settings, for those who run a list. */
@Controller
@RequestMapping("/manage")
public class ManagePages {
  private static final int MEMBERS_A_PAGE = 100;
  private static final int HELD_A_PAGE = 50;

  private final Lists lists;
  private final Directory directory;
  private final ListAccess access;
  private final CommandSender commands;
  private final HeldQueue queue;

  public ManagePages(
      Lists lists,
      Directory directory,
      ListAccess access,
      CommandSender commands,
      HeldQueue queue) {
    this.lists = lists;
    this.directory = directory;
    this.access = access;
    this.commands = commands;
    this.queue = queue;
  }

  /** A list and how many posts wait there. */
  public record Managed(MailingList list, int members, int held) {}

  /** The lists that the caller runs. */
  @GetMapping({"", "/"})
  String all(Model model) {
    List<Managed> managed =
        directory.lists().stream()
            .filter(list -> access.mayManage(list) || access.mayModerate(list))
            .map(
                list -> new Managed(list, directory.memberCount(list.id()), queue.count(list.id())))
            .toList();
    model.addAttribute("managed", managed);
    return "listexpander/manage";
  }

  /** Makes a list. */
  @PostMapping("/lists")
  String create(
      @RequestParam("address") String address,
      @RequestParam(name = "displayName", defaultValue = "") String displayName,
      @RequestParam(name = "owner", defaultValue = "") String owner,
      RedirectAttributes flash) {
    Caller.current().requireOperator();
    try {
      MailAddress list = parse(address);
      lists.create(
          list,
          displayName.isBlank() ? list.localPart() : displayName,
          "",
          ListSettings.DISCUSSION,
          owner.isBlank() ? List.of() : List.of(parse(owner)),
          true);
      return to(list);
    } catch (ApiProblem problem) {
      flash.addFlashAttribute("problem", problem.getMessage());
      return "redirect:/manage/";
    }
  }

  /** One list. */
  @GetMapping("/lists/{list}")
  String one(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    MailingList list = insiders(address);
    List<Roster.Listed> members = directory.roster().page(list.id(), after, MEMBERS_A_PAGE + 1);
    boolean more = members.size() > MEMBERS_A_PAGE;
    List<Roster.Listed> page = more ? members.subList(0, MEMBERS_A_PAGE) : members;
    model.addAttribute("list", list);
    model.addAttribute("members", page.stream().map(MemberView::of).toList());
    model.addAttribute("memberCount", directory.memberCount(list.id()));
    model.addAttribute("next", more ? page.getLast().member().address().key() : null);
    model.addAttribute("after", after);
    model.addAttribute(
        "held", queue.page(HeldQueue.Query.waiting(Set.of(list.id())), "", HELD_A_PAGE).holds());
    model.addAttribute("heldCount", queue.count(list.id()));
    model.addAttribute("owner", access.mayManage(list));
    model.addAttribute("roles", MemberRole.values());
    model.addAttribute("policies", SubscribePolicy.values());
    model.addAttribute("accesses", ArchiveAccess.values());
    model.addAttribute("actions", PostAction.values());
    model.addAttribute(
        "cautions",
        List.of(PostAction.DEFER, PostAction.HOLD, PostAction.REJECT, PostAction.DISCARD));
    return "listexpander/manage-list";
  }

  /** Adds a member. */
  @PostMapping("/lists/{list}/members")
  String add(
      @PathVariable("list") String address,
      @RequestParam("address") String member,
      @RequestParam(name = "name", defaultValue = "") String name,
      @RequestParam(name = "role", defaultValue = "MEMBER") MemberRole role,
      RedirectAttributes flash) {
    MailingList list = owned(address);
    return tell(
        list,
        flash,
        () -> {
          MailAddress who = parse(member);
          Member before = directory.member(list.id(), who).orElse(null);
          Set<MemberRole> roles =
              new HashSet<>(before == null ? Set.<MemberRole>of() : before.roles());
          roles.add(role);
          String displayName = name.isBlank() && before != null ? before.displayName() : name;
          return commands.send(
              list.id(),
              new MemberChange.PutMembers(
                  List.of(
                      new NewMember(
                          who,
                          displayName,
                          roles,
                          before == null ? null : before.action(),
                          null,
                          OptionsPatch.NONE,
                          role != MemberRole.MEMBER))));
        });
  }

  /** Takes a member away. */
  @PostMapping("/lists/{list}/members/remove")
  String remove(
      @PathVariable("list") String address,
      @RequestParam("address") String member,
      RedirectAttributes flash) {
    MailingList list = owned(address);
    return tell(
        list,
        flash,
        () -> commands.send(list.id(), new MemberChange.RemoveMembers(List.of(parse(member)))));
  }

  /** Changes name, description and settings. */
  @PostMapping("/lists/{list}/settings")
  String settings(
      @PathVariable("list") String address,
      @RequestParam("displayName") String displayName,
      @RequestParam("description") String description,
      @RequestParam Map<String, String> form,
      RedirectAttributes flash) {
    MailingList list = owned(address);
    return tell(
        list,
        flash,
        () -> {
          lists.change(list, displayName, description, settings(list, form), null);
          return new CommandOutcome.Done("The settings are saved.", 1);
        });
  }

  /** Those fields of a form that are settings. */
  private static SettingsPatch settings(MailingList list, Map<String, String> form) {
    ObjectNode now = SettingsPatch.all(list.settings()).changes();
    Map<String, String> texts = new LinkedHashMap<>(form);
    texts.keySet().removeIf(name -> !now.has(name.replaceFirst("\\..*", "")));
    try {
      return new SettingsPatch(SettingsText.patch(now, texts));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest("settings", String.valueOf(e.getMessage()));
    }
  }

  @FunctionalInterface
  private interface Act {
    CommandOutcome.Done carryOut();
  }

  private static String tell(MailingList list, RedirectAttributes flash, Act act) {
    try {
      flash.addFlashAttribute("done", act.carryOut().text());
    } catch (ApiProblem problem) {
      flash.addFlashAttribute("problem", problem.getMessage());
    }
    return to(list.address());
  }

  private static String to(MailAddress list) {
    return "redirect:/manage/lists/"
        + UriUtils.encodePathSegment(list.toString(), StandardCharsets.UTF_8);
  }

  private static MailAddress parse(String address) {
    return switch (MailAddress.parse(address.strip())) {
      case ParsedAddress.Valid(var valid) -> valid;
      case ParsedAddress.Invalid(var reason) ->
          throw ApiProblem.badRequest(
              "invalid-address", address + " is no address: " + reason + ".");
    };
  }

  private MailingList owned(String address) {
    MailingList list = lists.require(address);
    access.requireManage(list);
    return list;
  }

  private MailingList insiders(String address) {
    MailingList list = lists.require(address);
    if (!access.mayManage(list)) {
      access.requireModerate(list);
    }
    return list;
  }
}
