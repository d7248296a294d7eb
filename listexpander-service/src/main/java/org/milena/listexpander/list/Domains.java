package org.milena.listexpander.list;

import java.util.Optional;
import java.util.function.Function;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.directory.MailDomain;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.pattern.AddressPatterns;
import org.milena.common.pattern.HeaderPatterns;
import org.milena.listexpander.ledger.Ledger;

/** Makes, changes and takes away domains, and what holds for the whole site. */
public final class Domains {
  private static final int MAX_ENTRIES = 1_000;

  /** Makes or replaces one. */
  public static CommandOutcome put(Ledger ledger, MailDomain domain) {
    Optional<Refused> refusal = unfit(domain);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<MailDomain> before = ledger.domain(domain.name());
    if (before.equals(Optional.of(domain))) {
      return new Done("Nothing was to be changed.", 0);
    }
    ledger.put(domain);
    return new Done(
        "%s is %s.".formatted(title(domain.name()), before.isPresent() ? "changed" : "made"), 1);
  }

  /**
   * Takes one away.
   *
   * @param listsThere how many lists lie in a domain
   */
  public static CommandOutcome delete(
      Ledger ledger, String name, Function<String, Integer> listsThere) {
    if (ledger.domain(name).isEmpty()) {
      return new NotFound("There is no domain " + name + ".");
    }
    int lists = name.equals(MailDomain.SITE) ? 0 : listsThere.apply(name);
    if (lists > 0) {
      return new Refused("lists-there", "%,d lists lie in the domain %s.".formatted(lists, name));
    }
    ledger.deleteDomain(name);
    return new Done(title(name) + " is gone.", 1);
  }

  /** Why there can be no such domain; empty when there can. */
  public static Optional<Refused> unfit(MailDomain domain) {
    String name = domain.name();
    boolean fits =
        name.equals(MailDomain.SITE)
            || (MailAddress.parse("a@" + name) instanceof ParsedAddress.Valid(var address)
                && address.domain().equals(name)
                && !name.startsWith("["));
    if (!fits) {
      return Optional.of(
          new Refused("domain-name", "\"" + shorten(name) + "\" is no domain in lower case."));
    }
    if (domain.description().length() > ListEdits.MAX_DESCRIPTION) {
      return Optional.of(
          new Refused(
              "description",
              "A description has at most " + ListEdits.MAX_DESCRIPTION + " characters."));
    }
    Optional<String> broken =
        AddressPatterns.refusal(domain.bans())
            .or(() -> HeaderPatterns.refusal(domain.headerFilters()));
    if (broken.isPresent()) {
      return Optional.of(new Refused("pattern", broken.get()));
    }
    return domain.owners().size() > MAX_ENTRIES
            || domain.bans().size() > MAX_ENTRIES
            || domain.headerFilters().size() > MAX_ENTRIES
        ? Optional.of(
            new Refused("too-many", "At most %,d of each are kept.".formatted(MAX_ENTRIES)))
        : Optional.empty();
  }

  private static String title(String name) {
    return name.equals(MailDomain.SITE) ? "What holds for the site" : "The domain " + name;
  }

  private static String shorten(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "…";
  }

  private Domains() {}
}
