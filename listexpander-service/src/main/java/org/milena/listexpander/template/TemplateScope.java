package org.milena.listexpander.template;

import java.util.List;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;

/**
 * For which lists somebody wrote a text.
 *
 * @param giver what kind of scope
 * @param key as the rows have it
 */
public record TemplateScope(Giver giver, String key) {

  /** Whose text it is. */
  public enum Giver {
    LIST,
    DOMAIN,
    SITE,
    /** Nobody wrote another one: it is ours. */
    MILENA
  }

  /** All lists. */
  public static final TemplateScope SITE = new TemplateScope(Giver.SITE, MailDomain.SITE);

  /** One list. */
  public static TemplateScope of(MailingList list) {
    return new TemplateScope(Giver.LIST, list.id().value());
  }

  /** All lists of a domain. */
  public static TemplateScope ofDomain(String domain) {
    return new TemplateScope(Giver.DOMAIN, domain);
  }

  /** Where the texts of a list are looked for, in this order. */
  public static List<TemplateScope> chain(MailingList list) {
    return List.of(of(list), ofDomain(list.address().domain()), SITE);
  }
}
