package org.milena.listexpander.web;

import org.milena.common.command.CommandOutcome;
import org.milena.common.command.HeldChange;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Sender;
import org.milena.listexpander.audit.Audit;
import org.milena.listexpander.moderation.HeldDecisions;
import org.milena.listexpander.moderation.HeldQueue;
import org.milena.listexpander.moderation.ModeratorTokens;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The link in a moderator's mail: the post, and buttons. A GET, which scanners of links do as well,
 * decides nothing. No sign-in is needed: the token is for one post and for the address it was sent
 * to, and that address must still moderate the list.
 */
@Controller
@RequestMapping("/moderate/{token}")
public class ModeratePages {
  private final ModeratorTokens tokens;
  private final HeldQueue queue;
  private final HeldPosts held;
  private final Directory directory;
  private final CommandSender commands;

  public ModeratePages(
      ModeratorTokens tokens,
      HeldQueue queue,
      HeldPosts held,
      Directory directory,
      CommandSender commands) {
    this.tokens = tokens;
    this.queue = queue;
    this.held = held;
    this.directory = directory;
    this.commands = commands;
  }

  /** Shows it. */
  @GetMapping
  String ask(@PathVariable("token") String token, Model model) {
    Asked asked = require(token);
    model.addAttribute("token", token);
    model.addAttribute("list", asked.list());
    model.addAttribute("hold", asked.hold());
    model.addAttribute("moderator", asked.bound().moderator());
    if (asked.hold().waits()) {
      model.addAttribute("content", held.content(asked.hold()));
    }
    return "listexpander/moderate";
  }

  /** Decides. */
  @PostMapping
  String decide(
      @PathVariable("token") String token,
      @RequestParam("decision") HeldDecision decision,
      @RequestParam(name = "comment", defaultValue = "") String comment,
      @RequestParam(name = "force", defaultValue = "false") boolean force,
      Model model) {
    Asked asked = require(token);
    CommandOutcome outcome =
        commands.ask(
            asked.list().id(),
            new HeldChange.DecideHeld(asked.hold().holdId(), decision, comment, force),
            Sender.as(Audit.MAIL + asked.bound().moderator()));
    model.addAttribute("list", asked.list());
    model.addAttribute("token", token);
    switch (outcome) {
      case CommandOutcome.Done(var text, _, _, _) -> model.addAttribute("done", text);
      case CommandOutcome.Refused(_, var text, _) -> model.addAttribute("problem", text);
      case CommandOutcome.NotFound(var text, _) -> model.addAttribute("problem", text);
    }
    return "listexpander/moderated";
  }

  private record Asked(ModeratorTokens.Bound bound, Hold hold, MailingList list) {}

  private Asked require(String token) {
    ModeratorTokens.Bound bound =
        tokens
            .read(token)
            .orElseThrow(() ->
                ApiProblem.notFound(
                    "This link is not one of ours, was cut off, or is too old. Sign in to see what"
                        + " waits."));
    Hold hold =
        queue
            .find(bound.holdId())
            .orElseThrow(
                () -> ApiProblem.notFound("This post does not wait any more: it was decided."));
    MailingList list =
        directory
            .list(hold.list())
            .orElseThrow(() -> ApiProblem.notFound("The list of this post is gone."));
    if (!directory
        .member(list.id(), bound.moderator())
        .map(HeldDecisions::mayDecide)
        .orElse(false)) {
      throw ApiProblem.forbidden(
          "%s does not moderate %s any more.".formatted(bound.moderator(), list.address()));
    }
    return new Asked(bound, hold, list);
  }
}
