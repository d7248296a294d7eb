package org.milena.listexpander.web;

import java.util.Optional;
import org.milena.common.command.ListCommand;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.PendingRequest;
import org.milena.common.web.ApiProblem;
import org.milena.listexpander.membership.PendingRequests;
import org.milena.listexpander.membership.Tokens;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The link in a confirmation: a page with a button, since scanners of links open every link. */
@Controller
@RequestMapping("/confirm/{token}")
public class ConfirmPages {
  private final Tokens tokens;
  private final PendingRequests pending;
  private final Directory directory;
  private final CommandSender commands;

  public ConfirmPages(
      Tokens tokens, PendingRequests pending, Directory directory, CommandSender commands) {
    this.tokens = tokens;
    this.pending = pending;
    this.directory = directory;
    this.commands = commands;
  }

  /** Asks. */
  @GetMapping
  String ask(@PathVariable("token") String token, Model model) {
    Waiting waiting = require(token);
    model.addAttribute("token", token);
    model.addAttribute("list", waiting.list());
    model.addAttribute("member", waiting.request().address());
    model.addAttribute("joins", waiting.request().kind() == PendingRequest.Kind.SUBSCRIBE);
    return "listexpander/confirm";
  }

  /** Confirms. */
  @PostMapping
  String confirm(@PathVariable("token") String token, Model model) {
    Waiting waiting = require(token);
    var done =
        commands.send(waiting.list().id(), new ListCommand.Confirm(waiting.request().requestId()));
    model.addAttribute("list", waiting.list());
    model.addAttribute("text", done.text());
    return "listexpander/confirmed";
  }

  private record Waiting(PendingRequest request, MailingList list) {}

  private Waiting require(String token) {
    String requestId =
        tokens
            .requestId(token)
            .orElseThrow(() ->
                ApiProblem.notFound(
                    "This link is not one of ours, was cut off, or is too old. Ask again."));
    Optional<PendingRequest> request = pending.find(requestId);
    return request
        .flatMap(waiting -> directory.list(waiting.list()).map(list -> new Waiting(waiting, list)))
        .orElseThrow(() ->
            ApiProblem.notFound(
                "This request does not wait any more: it was confirmed, or is too old."));
  }
}
