package org.milena.listexpander.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ThreadWish;
import org.milena.common.mail.MailAddress;
import org.milena.common.web.ApiProblem;
import org.milena.listexpander.ledger.ListTables;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** Threads of a list that who is signed in follows or mutes. */
@Controller
@RequestMapping("/manage/threads/{list}")
public class ThreadPages {
  private final Lists lists;
  private final Rosters rosters;
  private final ListTables tables;
  private final CommandSender commands;

  public ThreadPages(Lists lists, Rosters rosters, ListTables tables, CommandSender commands) {
    this.lists = lists;
    this.rosters = rosters;
    this.tables = tables;
    this.commands = commands;
  }

  /** All of them. */
  @GetMapping
  String all(@PathVariable("list") String address, Model model) {
    MailingList list = lists.require(address);
    List<ThreadWish> wishes =
        rosters.memberships(list).stream()
            .flatMap(own -> ThreadWishesApi.of(tables, list, own).stream())
            .toList();
    model.addAttribute("list", list);
    model.addAttribute("wishes", wishes);
    model.addAttribute("request", list.roleAddress("request"));
    return "listexpander/threads";
  }

  /** Ends one. */
  @PostMapping("/end")
  String end(
      @PathVariable("list") String address,
      @RequestParam("address") String member,
      @RequestParam("messageId") String messageId,
      RedirectAttributes flash) {
    MailingList list = lists.require(address);
    MailAddress own = MembersApi.parse(member);
    if (!rosters.isCallers(own)) {
      throw ApiProblem.forbidden("It is not yours.");
    }
    switch (commands.ask(list.id(), new ThreadChange.EndThreadWish(own, messageId, null))) {
      case CommandOutcome.Done(var text, _, _, _) -> flash.addFlashAttribute("done", text);
      case CommandOutcome.Refused(_, var text, _) -> flash.addFlashAttribute("problem", text);
      case CommandOutcome.NotFound(var text, _) -> flash.addFlashAttribute("problem", text);
    }
    return "redirect:/manage/threads/"
        + UriUtils.encodePathSegment(list.address().toString(), StandardCharsets.UTF_8);
  }
}
