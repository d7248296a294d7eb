package org.milena.listexpander.web;

import org.milena.common.command.CommandOutcome;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.token.UnsubscribeTokens.Leaving;
import org.milena.common.web.ApiProblem;
import org.milena.listexpander.membership.Tokens;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * One-click unsubscribe (RFC 8058). A POST leaves the list, without cookie, sign-in or redirect; a
 * GET, which scanners of links do as well, shows a page with a button and changes nothing.
 */
@Controller
@RequestMapping("/unsubscribe/{token}")
public class LeavePages {
  private final Tokens tokens;
  private final Directory directory;
  private final CommandSender commands;

  public LeavePages(Tokens tokens, Directory directory, CommandSender commands) {
    this.tokens = tokens;
    this.directory = directory;
    this.commands = commands;
  }

  /** Asks. */
  @GetMapping
  String ask(@PathVariable("token") String token, Model model) {
    describe(read(token), model);
    model.addAttribute("token", token);
    return "listexpander/leave";
  }

  /** Leaves. Once more is fine. */
  @PostMapping
  String leave(@PathVariable("token") String token, Model model) {
    Leaving leaving = read(token);
    CommandOutcome outcome =
        commands.ask(leaving.list(), new RequestChange.Unsubscribe(leaving.member(), true));
    switch (outcome) {
      case CommandOutcome.Done _, CommandOutcome.NotFound _ -> describe(leaving, model);
      case CommandOutcome.Refused(var code, var text, _) -> throw ApiProblem.conflict(code, text);
    }
    return "listexpander/left";
  }

  private Leaving read(String token) {
    return tokens
        .leaving(token)
        .orElseThrow(() ->
            ApiProblem.notFound(
                "This link is not one of ours, or was cut off. Copy all of it, or write to the"
                    + " unsubscribe address of the list."));
  }

  private void describe(Leaving leaving, Model model) {
    model.addAttribute("member", leaving.member());
    model.addAttribute("list", nameOf(leaving.list()));
  }

  private String nameOf(ListId id) {
    return directory
        .list(id)
        .map(MailingList::address)
        .map(MailAddress::toString)
        .orElse(id.value());
  }
}
