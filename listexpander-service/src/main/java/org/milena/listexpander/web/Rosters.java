package org.milena.listexpander.web;

import java.util.List;
import java.util.function.Function;
import org.milena.common.directory.Account;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.MailAddress;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.membership.MemberSearch;
import org.milena.listexpander.membership.ShownMembers;

/** Who sees which members of a list, and is one of them. */
public final class Rosters {
  private final Directory directory;
  private final ListAccess access;
  private final ShownMembers shown;

  public Rosters(Directory directory, ListAccess access, ShownMembers shown) {
    this.directory = directory;
    this.access = access;
    this.shown = shown;
  }

  /**
   * Some members by address: of all of them for owners and moderators, else of those who are not
   * concealed, as the list's {@code rosterAccess} says.
   *
   * @throws ApiProblem when the caller may not see any, or not what is asked for
   */
  CursorPage<MemberView> page(MailingList list, MemberSearch search, String after, int size) {
    if (isStaff(list)) {
      return page(
          search.listed(
              (behind, limit) -> directory.roster().page(list.id(), behind, limit), after, size),
          MemberView::of);
    }
    boolean open =
        switch (list.settings().membership().rosterAccess()) {
          case MODERATORS -> false;
          case MEMBERS -> isMember(list);
          case PUBLIC -> true;
        };
    if (!open || search.stopped() != null) {
      access.requireModerate(list);
    }
    return page(
        search.members(
            (behind, limit) -> shown.page(list.id(), behind, limit).members(), after, size),
        MemberView::forOthers);
  }

  private static <R> CursorPage<MemberView> page(
      MemberSearch.Found<R> found, Function<R, MemberView> view) {
    return new CursorPage<>(found.rows().stream().map(view).toList(), found.next());
  }

  /** Whether the caller manages or moderates the list. */
  boolean isStaff(MailingList list) {
    return access.mayManage(list) || access.mayModerate(list);
  }

  /** Whether this is an address of the caller, whose sign-in is good for changing what is his. */
  boolean isCallers(MailAddress address) {
    return mayDo(Scope.LISTS) && addresses().stream().anyMatch(own -> isSame(own, address));
  }

  /** The caller's addresses that are on the list. */
  List<MailAddress> memberships(MailingList list) {
    return mayDo(Scope.LISTS)
        ? addresses().stream().filter(own -> directory.member(list.id(), own).isPresent()).toList()
        : List.of();
  }

  private boolean isMember(MailingList list) {
    return mayDo(Scope.READ)
        && addresses().stream()
            .flatMap(own -> directory.member(list.id(), own).stream())
            .anyMatch(member -> member.roles().contains(MemberRole.MEMBER));
  }

  private List<MailAddress> addresses() {
    return directory.account(Caller.current().name()).map(Account::addresses).orElse(List.of());
  }

  private static boolean mayDo(Scope scope) {
    Caller caller = Caller.current();
    return caller.signedIn() && caller.scopes().contains(scope);
  }

  private static boolean isSame(MailAddress one, MailAddress other) {
    return one.key().equals(other.key());
  }
}
