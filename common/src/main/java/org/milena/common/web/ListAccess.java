package org.milena.common.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.milena.common.directory.Account;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.ArchiveAccess;

/** What the caller of this request may do with a list. */
public class ListAccess {
  private static final Set<MemberRole> ANY =
      Set.of(MemberRole.MEMBER, MemberRole.OWNER, MemberRole.MODERATOR);

  private final Directory directory;

  public ListAccess(Directory directory) {
    this.directory = directory;
  }

  /**
   * The list posted to at this address.
   *
   * @throws ApiProblem when the address is none, or no list has it
   */
  public MailingList require(String address) {
    return switch (MailAddress.parse(address)) {
      case ParsedAddress.Valid(var valid) ->
          directory
              .listAt(valid)
              .orElseThrow(() -> ApiProblem.notFound("There is no list " + address + "."));
      case ParsedAddress.Invalid(var reason) ->
          throw ApiProblem.badRequest(
              "invalid-address", address + " is no address: " + reason + ".");
    };
  }

  /** Whether the caller may read the list's archive. */
  public boolean mayRead(MailingList list) {
    return list.settings().archive().archiveAccess() == ArchiveAccess.PUBLIC || belongs(list);
  }

  /** Whether the caller is on the list, or runs it. */
  public boolean belongs(MailingList list) {
    return has(list.id(), Scope.READ, ANY);
  }

  /**
   * Whether the caller's account is on the list or among those who run it, whatever its token
   * allows. Nothing may be shown of the list for this alone.
   */
  public boolean isOn(MailingList list) {
    Caller caller = Caller.current();
    return caller.signedIn() && hasRole(caller, list.id(), ANY);
  }

  /** Whether the caller may change the list and its members. */
  public boolean mayManage(MailingList list) {
    return has(list.id(), Scope.LISTS, Set.of(MemberRole.OWNER));
  }

  /** Whether the caller may decide about held posts. */
  public boolean mayModerate(MailingList list) {
    return has(list.id(), Scope.MODERATE, Set.of(MemberRole.OWNER, MemberRole.MODERATOR));
  }

  /**
   * The caller, if it may change the list.
   *
   * @throws ApiProblem otherwise
   */
  public Caller requireManage(MailingList list) {
    Caller caller = Caller.current().requireScope(Scope.LISTS);
    if (!mayManage(list)) {
      throw ApiProblem.forbidden("Only owners of " + list.address() + " may do this.");
    }
    return caller;
  }

  /**
   * The caller, if it may decide about held posts.
   *
   * @throws ApiProblem otherwise
   */
  public Caller requireModerate(MailingList list) {
    Caller caller = Caller.current().requireScope(Scope.MODERATE);
    if (!mayModerate(list)) {
      throw ApiProblem.forbidden(
          "Only owners and moderators of " + list.address() + " may do this.");
    }
    return caller;
  }

  /** Whether the caller may make lists in this domain, and runs all of its lists. */
  public boolean mayManageDomain(String domain) {
    Caller caller = Caller.current();
    return caller.signedIn()
        && caller.scopes().contains(Scope.LISTS)
        && (caller.operator() || ownsDomain(caller, domain));
  }

  /** The lists that run in domains of the caller; none for an operator who owns no domain. */
  public List<MailingList> inOwnDomains(Caller caller) {
    boolean any =
        directory.domains().stream().anyMatch(domain -> domain.owners().contains(caller.name()));
    return any
        ? directory.lists().stream()
            .filter(list -> ownsDomain(caller, list.address().domain()))
            .toList()
        : List.of();
  }

  private boolean ownsDomain(Caller caller, ListId list) {
    return directory
        .list(list)
        .map(found -> ownsDomain(caller, found.address().domain()))
        .orElse(false);
  }

  private boolean ownsDomain(Caller caller, String domain) {
    return directory
        .domain(domain)
        .map(found -> found.owners().contains(caller.name()))
        .orElse(false);
  }

  private boolean has(ListId list, Scope scope, Set<MemberRole> wanted) {
    Caller caller = Caller.current();
    if (!caller.signedIn() || !caller.scopes().contains(scope)) {
      return false;
    }
    if (caller.operator() || ownsDomain(caller, list)) {
      return true;
    }
    return hasRole(caller, list, wanted);
  }

  private boolean hasRole(Caller caller, ListId list, Set<MemberRole> wanted) {
    return addresses(caller).stream()
        .flatMap(address -> directory.member(list, address).stream())
        .anyMatch(member -> member.roles().stream().anyMatch(wanted::contains));
  }

  /**
   * All addresses of the caller's account, as they are now: none when it is gone. A view that is
   * not fresh cannot say that it is.
   */
  public List<MailAddress> addresses(Caller caller) {
    return directory
        .account(caller.name())
        .map(Account::addresses)
        .orElseGet(() ->
            directory.isFresh()
                ? List.<MailAddress>of()
                : Stream.ofNullable(caller.address()).toList());
  }
}
