package org.milena.common.command;

import org.milena.common.directory.MailDomain;

/** What holds for all lists of a domain, or for the site. */
public sealed interface DomainChange extends ListCommand {

  /** Makes or replaces a domain, or what holds for the site; its key is {@code domain:NAME}. */
  record PutDomain(MailDomain domain) implements DomainChange {}

  /** Takes a domain away; refused while lists lie in it. */
  record DeleteDomain(String name) implements DomainChange {}
}
