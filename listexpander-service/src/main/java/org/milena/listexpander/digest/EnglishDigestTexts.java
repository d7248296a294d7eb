package org.milena.listexpander.digest;

import org.milena.common.directory.MailingList;
import org.milena.listexpander.preparation.SiteUrls;

/** The texts of a list that has none of its own. */
public final class EnglishDigestTexts implements DigestTexts {
  private final SiteUrls urls;

  public EnglishDigestTexts(SiteUrls urls) {
    this.urls = urls;
  }

  @Override
  public String masthead(MailingList list) {
    return """
    Send posts to
        %s

    To join or leave, and for all else about the list, see
        %s
    or write to %s with the word 'help' as subject.

    The people who run the list are reached at
        %s

    When you answer, please write a subject that says more than
    "Re: %s Digest", and quote only what you answer.
    """
        .formatted(
            list.address(),
            urls.list(list.address()),
            list.roleAddress("request"),
            list.roleAddress("owner"),
            Issue.name(list));
  }

  @Override
  public String header(MailingList list) {
    return "";
  }

  @Override
  public String footer(MailingList list) {
    return """
    %s
    %s
    To leave, write to %s
    """
        .formatted(Issue.name(list), list.address(), list.roleAddress("unsubscribe"));
  }
}
