package org.milena.listexpander.web;

import org.milena.common.command.CommandOutcome;
import org.milena.common.command.MemberChange;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberSource;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.source.SourceFetches;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sources of members on the web, over REST. */
@RestController
@RequestMapping("/api/v1/lists/{list}/sources")
public class SourcesApi {
  private final Lists lists;
  private final ListAccess access;
  private final CommandSender commands;
  private final SourceFetches fetches;

  public SourcesApi(Lists lists, ListAccess access, CommandSender commands, SourceFetches fetches) {
    this.lists = lists;
    this.access = access;
    this.commands = commands;
    this.fetches = fetches;
  }

  /** Fetches one now; with {@code accept} also where far fewer stand in it than before. */
  @PostMapping("/refresh")
  CommandOutcome.Done refresh(
      @PathVariable("list") String address,
      @RequestParam String url,
      @RequestParam(defaultValue = "false") boolean accept) {
    MailingList list = lists.require(address);
    access.requireManage(list);
    if (MemberSource.urls(list).stream().noneMatch(source -> source.url().equals(url))) {
      throw ApiProblem.notFound("The list has no such source: name one of its memberSources.");
    }
    MemberChange.TakeSource taken =
        fetches
            .now(url, accept)
            .orElseThrow(() -> ApiProblem.unavailable("Too much is fetched just now."));
    return commands.send(list.id(), taken);
  }
}
