package org.milena.ingress.address;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
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

  /** What stands behind the last hyphen, and the role it means. */
  private static final Map<String, Route.Role> ROLES =
      Map.of(
          "request", Route.Role.REQUEST,
          "owner", Route.Role.OWNER,
          "subscribe", Route.Role.SUBSCRIBE,
          "join", Route.Role.SUBSCRIBE,
          "unsubscribe", Route.Role.UNSUBSCRIBE,
          "leave", Route.Role.UNSUBSCRIBE,
          "confirm", Route.Role.CONFIRM,
          "bounces", Route.Role.BOUNCES);

  private static final String POSTMASTER = "postmaster";
  private static final String ABUSE = "abuse";

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
    String local = address.localPart().toLowerCase(Locale.ROOT);
    boolean role = local.equals(POSTMASTER) || local.equals(ABUSE);
    return role && isOurs(address.domain())
        ? Optional.of(new Route.SiteRole(local))
        : Optional.empty();
  }

  /** {@code users-confirm+token}: list, role, detail. The detail keeps its case. */
  private Optional<Route.ListRole> listRole(MailAddress address) {
    String local = address.localPart();
    int plus = local.indexOf('+');
    String name = plus < 0 ? local : local.substring(0, plus);
    String detail = plus < 0 ? null : local.substring(plus + 1);
    int hyphen = name.lastIndexOf('-');
    if (hyphen < 1) {
      return Optional.empty();
    }
    Route.Role role = ROLES.get(name.substring(hyphen + 1).toLowerCase(Locale.ROOT));
    if (role == null || !allows(role, detail)) {
      return Optional.empty();
    }
    return directory
        .listAt(address.withLocalPart(name.substring(0, hyphen)))
        .map(list -> new Route.ListRole(list.id(), role, detail));
  }

  private static boolean allows(Route.Role role, @Nullable String detail) {
    return switch (role) {
      case CONFIRM -> detail != null && !detail.isEmpty();
      case BOUNCES -> detail == null || !detail.isEmpty();
      case REQUEST, OWNER, SUBSCRIBE, UNSUBSCRIBE -> detail == null;
    };
  }
}
