package org.milena.common.directory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * This instance's view of lists, members and accounts. Reads never block and never fail; how much
 * they can be trusted says {@link #isFresh()}.
 */
public interface Directory {

  /** The list with this id. */
  Optional<MailingList> list(ListId id);

  /**
   * The list one posts to at this address; local part without regard to case. A former address
   * counts as long as it is one.
   */
  Optional<MailingList> listAt(MailAddress address);

  /** All lists, by id. */
  List<MailingList> lists();

  /** Who is on which list, by itself or by its sources. */
  Roster roster();

  /** One member, whatever the roles, by the list itself or by its sources. */
  default Optional<Member> member(ListId list, MailAddress address) {
    return roster().find(list, address).map(Roster.Listed::member);
  }

  /** Up to {@code limit} members by address, behind {@code after} (exclusive; empty to begin). */
  default List<Member> members(ListId list, String after, int limit) {
    return roster().page(list, after, limit).stream().map(Roster.Listed::member).toList();
  }

  /** What the list got from this source on the web, if it ever tried. */
  Optional<FetchedSource> fetched(ListId list, String url);

  /** How many there are, whatever the roles. */
  int memberCount(ListId list);

  /** The account of this name. */
  Optional<Account> account(String name);

  /** The account that a bearer token with this digest belongs to. */
  Optional<Account> accountByToken(String sha256);

  /** The account that this is an address of: its own, or a further one that was confirmed. */
  Optional<Account> accountByAddress(MailAddress address);

  /** What holds for all lists of this domain, or with {@link MailDomain#SITE} of the site. */
  Optional<MailDomain> domain(String name);

  /** All domains, the site among them, by name. */
  List<MailDomain> domains();

  /** The text that somebody wrote under exactly this scope, name and language. */
  Optional<Template> template(String scope, String name, String language);

  /** All texts that somebody wrote under this scope. */
  List<Template> templates(String scope);

  /** Why nothing is sent to this address, if so. */
  Optional<Suppression> suppression(MailAddress address);

  /**
   * Whether the view passed the end of its logs within the last seconds. "No" from a view that is
   * not fresh means "unknown".
   */
  boolean isFresh();

  /**
   * Waits until the view holds everything that was committed when this was called.
   *
   * @throws org.milena.common.table.StaleViewException when that takes longer than {@code atMost}
   */
  void awaitCurrent(Duration atMost);
}
