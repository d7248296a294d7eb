package org.milena.listexpander.web;

import java.util.Optional;
import org.milena.common.command.AccountChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.mail.ListId;
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
    model.addAttribute("kind", waiting.request().kind().name());
    model.addAttribute("what", waiting.what());
    model.addAttribute("member", waiting.request().address());
    return "listexpander/confirm";
  }

  /** Confirms. */
  @PostMapping
  String confirm(@PathVariable("token") String token, Model model) {
    Waiting waiting = require(token);
    String requestId = waiting.request().requestId();
    CommandOutcome.Done done =
        switch (waiting) {
          case OfList(_, var list) ->
              commands.send(list.id(), new RequestChange.Confirm(requestId));
          case OfAccount(_, var account) ->
              commands.sendForAccount(account, new AccountChange.ConfirmAddress(requestId));
        };
    model.addAttribute("list", waiting instanceof OfList(_, var list) ? list.address() : null);
    model.addAttribute("text", done.text());
    return "listexpander/confirmed";
  }

  private sealed interface Waiting {
    PendingRequest request();

    /** What the request is about, as a name. */
    String what();
  }

  private record OfList(PendingRequest request, MailingList list) implements Waiting {
    @Override
    public String what() {
      return list.address().toString();
    }
  }

  private record OfAccount(PendingRequest request, String account) implements Waiting {
    @Override
    public String what() {
      return account;
    }
  }

  private Waiting require(String token) {
    String requestId =
        tokens
            .requestId(token)
            .orElseThrow(() ->
                ApiProblem.notFound(
                    "This link is not one of ours, was cut off, or is too old. Ask again."));
    return pending
        .find(requestId)
        .flatMap(this::about)
        .orElseThrow(() ->
            ApiProblem.notFound(
                "This request does not wait any more: it was confirmed, or is too old."));
  }

  private Optional<Waiting> about(PendingRequest request) {
    ListId id = request.list();
    String account = request.account();
    if (id != null) {
      return directory.list(id).map(list -> new OfList(request, list));
    }
    return account == null ? Optional.empty() : Optional.of(new OfAccount(request, account));
  }
}
