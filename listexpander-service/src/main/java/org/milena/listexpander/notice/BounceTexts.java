package org.milena.listexpander.notice;

import java.time.LocalDate;
import org.milena.common.directory.MailingList;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.preparation.SiteUrls;

/** What a list writes about mail that came back. */
public final class BounceTexts {
  private static final int MAX_REASON = 300;

  private final SiteUrls urls;

  public BounceTexts(SiteUrls urls) {
    this.urls = urls;
  }

  /**
   * Asks whether an address is alive.
   *
   * @param reason what the last report said; a stranger wrote it
   */
  public Notice probe(MailingList list, MailAddress member, String reason) {
    return Texts.request(
        list,
        "Does mail from " + list.address() + " reach you?",
        """
        Mail from the mailing list %s to %s
        came back several times. The last report said:

          %s

        This mail is a test. If you can read it, all is well and there is
        nothing to do. If it comes back as well, the list stops sending to
        this address.

        The people who run the list: %s
        """
            .formatted(list.address(), member, quoted(reason), list.roleAddress("owner")));
  }

  /**
   * Delivery to a member stopped.
   *
   * @param number of this warning, from 1
   * @param removedOn when the member is removed
   */
  public Notice warning(
      MailingList list,
      MailAddress member,
      String reason,
      int number,
      int of,
      LocalDate removedOn) {
    return Texts.request(
        list,
        "You get no posts of " + list.address(),
        """
        The mailing list %s has stopped sending to
        %s, because too much of its mail came back. The last report said:

          %s

        To get posts again, join once more at

          %s

        or ask the people who run the list: %s

        This is warning %d of %d. If nothing happens, the address is taken
        off the list on %s.
        """
            .formatted(
                list.address(),
                member,
                quoted(reason),
                urls.list(list.address()),
                list.roleAddress("owner"),
                number,
                of,
                removedOn));
  }

  /** For owners: delivery to a member stopped. */
  public Notice disabled(MailingList list, MailAddress member, String reason) {
    return Texts.owner(
        list,
        "No more posts to " + member,
        """
        %s has stopped sending to %s,
        because too much of its mail came back. The last report said:

          %s

        The member is warned, and taken off the list when nothing happens.
        See and change it here: %s
        """
            .formatted(list.address(), member, quoted(reason), urls.manage(list.address())));
  }

  /** For owners: a member was removed for it. */
  public Notice removed(MailingList list, MailAddress member, String reason) {
    return Texts.owner(
        list,
        member + " was taken off " + list.address(),
        """
        %s is no longer on %s: delivery had
        stopped because mail came back, and no warning was answered.
        The last report said:

          %s
        """
            .formatted(member, list.address(), quoted(reason)));
  }

  /** For owners: a host refuses the list, not a member. */
  public Notice refused(MailingList list, MailAddress member, String reason) {
    return Texts.owner(
        list,
        member.domain() + " refuses mail of " + list.address(),
        """
        A copy to %s was refused for what it is or where it came from,
        not for the address:

          %s

        This never counts against a member. Whoever runs the site should look
        at it: reputation of the host, SPF, DKIM, DMARC, block lists. Further
        refusals of today are not announced.
        """
            .formatted(member, quoted(reason)));
  }

  /** For owners: a whole domain fails. */
  public Notice frozen(MailingList list, String domain, int members, int hours, String reason) {
    return Texts.owner(
        list,
        "Much mail to " + domain + " comes back",
        """
        Copies of %s to %,d members at %s came back within a short
        time. The last report said:

          %s

        The fault is hardly theirs, so nothing that comes back from there
        counts for %d hours, and what counted today is taken back. Whoever
        runs the site should look at it.
        """
            .formatted(list.address(), members, domain, quoted(reason), hours));
  }

  /** For owners: a member complained to its provider. */
  public Notice complained(MailingList list, MailAddress member, String feedbackType) {
    return Texts.owner(
        list,
        member + " left " + list.address() + " by a complaint",
        """
        The provider of %s reports a complaint (%s) about a post
        of %s. A signed token in it proves whose copy it was, so the
        address was taken off the list.
        """
            .formatted(member, quoted(feedbackType), list.address()));
  }

  private static String quoted(String reason) {
    String line = OneLine.of(reason, MAX_REASON);
    return line.isBlank() ? "(no reason given)" : line;
  }
}
