package org.milena.ingress.address;

import java.util.Optional;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.RoleNames;
import org.milena.common.event.Route;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.MailAddress;

/**
 * Decides about recipients, one after the other, against the directory.
 *
 * <p>In this order: the site's roles, a list, a role of a list, a relayed domain, anywhere for
 * whoever may submit. A list whose real name ends like a role ({@code ops-request}) is that list.
 */
public final class RecipientRouter {

  private static final String POSTMASTER = "postmaster";

  private final Directory directory;
  private final SiteDomains domains;
  private final ListDomains listDomains;

  /** A router for these domains and the lists of this directory. */
  public RecipientRouter(Directory directory, SiteDomains domains, ListDomains listDomains) {
    this.directory = directory;
    this.domains = domains;
    this.listDomains = listDomains;
  }

  /**
   * Decides about one recipient.
   *
   * @param nullSender whether MAIL gave {@code <>}
   * @param maySubmit whether the client is authenticated
   */
  public RoutingDecision decide(ForwardPath path, boolean nullSender, boolean maySubmit) {
    return switch (path) {
      case ForwardPath.Postmaster() -> routed(new Route.SiteRole(POSTMASTER));
      case ForwardPath.Mailbox(var address) -> decide(address, nullSender, maySubmit);
    };
  }

  private RoutingDecision decide(MailAddress address, boolean nullSender, boolean maySubmit) {
    Optional<Route.SiteRole> siteRole = siteRole(address);
    if (siteRole.isPresent()) {
      return routed(siteRole.get());
    }
    Optional<MailingList> list = directory.listAt(address);
    if (list.isPresent()) {
      return nullSender
          ? new RoutingDecision.NullSenderToList()
          : routed(new Route.ListPost(list.get().id()));
    }
    Optional<Route.ListRole> role = listRole(address);
    if (role.isPresent()) {
      return routed(role.get());
    }
    if (domains.relayed().contains(address.domain())) {
      return routed(new Route.RelayedDomain(address.domain()));
    }
    if (!directory.isFresh()) {
      return new RoutingDecision.ViewTooOld();
    }
    if (isOurs(address.domain())) {
      return new RoutingDecision.Unknown();
    }
    return maySubmit ? routed(new Route.Submission()) : new RoutingDecision.RelayDenied();
  }

  private static RoutingDecision routed(Route route) {
    return new RoutingDecision.Routed(route);
  }

  private boolean isOurs(String domain) {
    return domains.own().contains(domain) || listDomains.contains(domain);
  }

  /** Roles that every domain has (RFC 5321 section 4.5.1, RFC 2142 section 4). */
  private Optional<Route.SiteRole> siteRole(MailAddress address) {
    return isOurs(address.domain())
        ? RoleNames.site(address.localPart()).map(Route.SiteRole::new)
        : Optional.empty();
  }

  /**
   * {@code users-confirm+token}, {@code users+subscribe-digest}: list, role, detail. A token keeps
   * its case.
   */
  private Optional<Route.ListRole> listRole(MailAddress address) {
    return RoleNames.readings(address.localPart()).stream()
        .filter(RecipientRouter::allows)
        .flatMap(name ->
            listNamed(address, name.list())
                .map(list -> new Route.ListRole(list.id(), name.role(), name.detail()))
                .stream())
        .findFirst();
  }

  private Optional<MailingList> listNamed(MailAddress address, String localPart) {
    return directory.listAt(address.withLocalPart(localPart));
  }

  /**
   * Behind a hyphen only some roles have details; a word behind a {@code +} is known already. What
   * is confirmed or decided may stand in the subject instead: names of lists can be too long.
   */
  private static boolean allows(RoleNames.OfList name) {
    String detail = name.detail();
    return switch (name.role()) {
      case CONFIRM, MODERATE, BOUNCES -> detail == null || !detail.isEmpty();
      case REQUEST, OWNER, SUBSCRIBE, UNSUBSCRIBE -> detail == null || name.byWord();
    };
  }
}
