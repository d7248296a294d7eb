package org.milena.listexpander.web;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.DomainChange;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailDomain;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Domains that lists lie in, and what holds for the whole site. For operators. */
@RestController
@RequestMapping("/api/v1")
public class DomainsApi {
  private final Directory directory;
  private final CommandSender commands;

  public DomainsApi(Directory directory, CommandSender commands) {
    this.directory = directory;
    this.commands = commands;
  }

  /** A domain, or the site under the name {@code *}. */
  record DomainView(
      String name,
      String description,
      SortedSet<String> owners,
      List<String> bans,
      List<HeaderFilter> headerFilters) {

    static DomainView of(MailDomain domain) {
      return new DomainView(
          domain.name(),
          domain.description(),
          new TreeSet<>(domain.owners()),
          domain.bans(),
          domain.headerFilters());
    }
  }

  /** What is to be set; null stays, or is empty at first. */
  record DomainBody(
      @Nullable String description,
      @Nullable Set<String> owners,
      @Nullable List<String> bans,
      @Nullable List<HeaderFilter> headerFilters) {}

  /** All domains that were made. */
  @GetMapping("/domains")
  List<DomainView> all() {
    var _ = Caller.current().requireOperator();
    return directory.domains().stream()
        .filter(domain -> !domain.name().equals(MailDomain.SITE))
        .map(DomainView::of)
        .toList();
  }

  /** One. */
  @GetMapping("/domains/{domain}")
  DomainView one(@PathVariable("domain") String name) {
    var _ = Caller.current().requireOperator();
    return DomainView.of(require(name));
  }

  /** Makes or changes one. */
  @PutMapping("/domains/{domain}")
  DomainView put(@PathVariable("domain") String name, @RequestBody DomainBody body) {
    var _ = Caller.current().requireOperator();
    if (name.equals(MailDomain.SITE)) {
      throw ApiProblem.badRequest("domain-name", "What holds for the site is set at /site.");
    }
    return set(name.toLowerCase(Locale.ROOT), body);
  }

  /** Takes one away in which no list lies. */
  @DeleteMapping("/domains/{domain}")
  CommandOutcome.Done delete(@PathVariable("domain") String name) {
    var _ = Caller.current().requireOperator();
    MailDomain domain = require(name);
    return commands.sendForKey(
        MailDomain.commandKey(domain.name()), new DomainChange.DeleteDomain(domain.name()));
  }

  /** What holds for the whole site. */
  @GetMapping("/site")
  DomainView site() {
    var _ = Caller.current().requireOperator();
    return DomainView.of(now(MailDomain.SITE));
  }

  /** Changes that. */
  @PutMapping("/site")
  DomainView putSite(@RequestBody DomainBody body) {
    var _ = Caller.current().requireOperator();
    if (body.owners() != null && !body.owners().isEmpty()) {
      throw ApiProblem.badRequest("owners", "The site is run by its operators.");
    }
    return set(MailDomain.SITE, body);
  }

  private DomainView set(String name, DomainBody body) {
    MailDomain before = now(name);
    Set<String> owners = Objects.requireNonNullElse(body.owners(), before.owners());
    for (String owner : owners) {
      if (directory.account(owner).isEmpty()) {
        throw ApiProblem.badRequest("owners", "There is no account " + owner + ".");
      }
    }
    var _ =
        commands.sendForKey(
            MailDomain.commandKey(name),
            new DomainChange.PutDomain(
                new MailDomain(
                    name,
                    Objects.requireNonNullElse(body.description(), before.description()),
                    owners,
                    Objects.requireNonNullElse(body.bans(), before.bans()),
                    Objects.requireNonNullElse(body.headerFilters(), before.headerFilters()))));
    return DomainView.of(now(name));
  }

  private MailDomain now(String name) {
    return directory
        .domain(name)
        .orElseGet(() -> new MailDomain(name, "", Set.of(), List.of(), List.of()));
  }

  private MailDomain require(String name) {
    return directory
        .domain(name.toLowerCase(Locale.ROOT))
        .filter(domain -> !domain.name().equals(MailDomain.SITE))
        .orElseThrow(() -> ApiProblem.notFound("There is no domain " + name + "."));
  }
}
