package org.milena.listexpander.web;

import org.milena.common.command.CommandOutcome;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.SubscribePolicy;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The lists of the site, and what each one is. */
@Controller
public class ListPages {
  private final Lists lists;
  private final ListAccess access;
  private final CommandSender commands;

  public ListPages(Lists lists, ListAccess access, CommandSender commands) {
    this.lists = lists;
    this.access = access;
    this.commands = commands;
  }

  /** All lists. */
  @GetMapping("/")
  String all(Model model) {
    model.addAttribute("lists", lists.visible());
    return "listexpander/lists";
  }

  /** One list, and the form to join. */
  @GetMapping("/lists/{list}")
  String one(@PathVariable("list") String address, Model model) {
    return show(lists.require(address), model);
  }

  /** Asks to join. */
  @PostMapping("/lists/{list}")
  String subscribe(
      @PathVariable("list") String address,
      @RequestParam("address") String joining,
      @RequestParam(name = "name", defaultValue = "") String name,
      Model model) {
    MailingList list = lists.require(address);
    switch (MailAddress.parse(joining.strip())) {
      case ParsedAddress.Invalid(var reason) ->
          model.addAttribute("problem", joining + " is no address: " + reason + ".");
      case ParsedAddress.Valid(var valid) -> {
        switch (commands.ask(list.id(), new RequestChange.Subscribe(valid, name))) {
          case CommandOutcome.Done(var text, _, _, _) -> model.addAttribute("done", text);
          case CommandOutcome.Refused(_, var text, _) -> model.addAttribute("problem", text);
          case CommandOutcome.NotFound(var text, _) -> model.addAttribute("problem", text);
        }
      }
    }
    return show(list, model);
  }

  private String show(MailingList list, Model model) {
    model.addAttribute("list", list);
    model.addAttribute("request", list.roleAddress("request"));
    model.addAttribute("owner", list.roleAddress("owner"));
    model.addAttribute("leave", list.roleAddress("unsubscribe"));
    model.addAttribute(
        "joinable", list.settings().membership().subscribePolicy() != SubscribePolicy.CLOSED);
    model.addAttribute("readable", list.settings().archive().archived() && access.mayRead(list));
    model.addAttribute("manageable", access.mayManage(list) || access.mayModerate(list));
    model.addAttribute("member", access.belongs(list));
    model.addAttribute(
        "writable", !list.closedForGood() && !access.addresses(Caller.current()).isEmpty());
    return "listexpander/list";
  }
}
