package org.milena.listexpander.notice;

import java.util.List;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.event.PendingRequest;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.preparation.SiteUrls;

/** Every text that a list writes. */
public final class Texts {
  private final SiteUrls urls;

  public Texts(SiteUrls urls) {
    this.urls = urls;
  }

  /** How to use the list by mail. */
  public Notice help(MailingList list) {
    return request(
        list,
        "Help for " + list.address(),
        """
        This is the mailing list %s.

        Write to %s, one command in the subject or on a line:

          subscribe        join the list with the address you write from
          unsubscribe      leave it
          confirm TOKEN    confirm what you were asked to confirm
          help             this text
          end              nothing below this line is a command

        Writing to %s or %s does the same without a command.
        The people who run the list: %s
        On the web: %s
        """
            .formatted(
                list.address(),
                list.roleAddress("request"),
                list.roleAddress("subscribe"),
                list.roleAddress("unsubscribe"),
                list.roleAddress("owner"),
                urls.list(list.address())));
  }

  /** Asks whether a request is really meant. */
  public Notice confirm(MailingList list, PendingRequest pending, String token) {
    boolean join = pending.kind() == PendingRequest.Kind.SUBSCRIBE;
    return request(
        list,
        "confirm " + token,
        """
        Somebody, we hope you, asked that %s %s the mailing list
        %s.

        To confirm, answer this mail without changing its subject, or open

          %s

        If you did not ask for this, do nothing: nothing happens then.
        """
            .formatted(
                pending.address(), join ? "joins" : "leaves", list.address(), urls.confirm(token)));
  }

  /** Somebody has joined. */
  public Notice welcome(MailingList list, MailAddress member) {
    return request(
        list,
        "Welcome to " + list.address(),
        """
        %s is now a member of the mailing list %s.

        Write to the list: %s
        Leave the list:    write to %s
        About the list:    %s
        """
            .formatted(
                member,
                list.address(),
                list.address(),
                list.roleAddress("unsubscribe"),
                urls.list(list.address())));
  }

  /** Somebody has left. */
  public Notice goodbye(MailingList list, MailAddress member) {
    return request(
        list,
        "You have left " + list.address(),
        "%s is no longer a member of the mailing list %s.\n".formatted(member, list.address()));
  }

  /** Somebody wants to join who is there already. Only the member learns it. */
  public Notice alreadyMember(MailingList list, MailAddress member) {
    return request(
        list,
        "You are a member of " + list.address(),
        """
        Somebody, perhaps you, asked that %s joins the mailing list %s.
        This address is a member already, so nothing was changed.
        """
            .formatted(member, list.address()));
  }

  /** Somebody wants to leave who is not there. */
  public Notice notMember(MailingList list, MailAddress address) {
    return request(
        list,
        "Not a member of " + list.address(),
        """
        %s is not a member of the mailing list %s, so it cannot leave it.
        Perhaps you joined with another address: write from that one to
        %s
        """
            .formatted(address, list.address(), list.roleAddress("unsubscribe")));
  }

  /** Only owners add members here. */
  public Notice closed(MailingList list) {
    return request(
        list,
        "Joining " + list.address(),
        """
        Members of the mailing list %s are added by its owners.
        Please write to them: %s
        """
            .formatted(list.address(), list.roleAddress("owner")));
  }

  /** What became of several commands. */
  public Notice results(MailingList list, List<String> lines) {
    return request(
        list,
        "Your commands to " + list.roleAddress("request"),
        String.join("\n", lines)
            + "\n\nFor help, write \"help\" to "
            + list.roleAddress("request")
            + ".\n");
  }

  /** For moderators. */
  public Notice held(MailingList list, Hold hold) {
    return owner(
        list,
        "Held: " + (hold.subject().isEmpty() ? "(no subject)" : hold.subject()),
        """
        A post to %s waits for your decision.

        From:    %s
        Subject: %s
        Size:    %,d octets

        Why it is held:
        %s
        Decide here: %s
        """
            .formatted(
                list.address(),
                hold.author(),
                hold.subject(),
                hold.size(),
                bullets(hold.reasons()),
                urls.manage(list.address())));
  }

  /** For an author whose address is proven. */
  public Notice heldForAuthor(MailingList list, Hold hold) {
    return owner(
        list,
        "Your post to " + list.address() + " waits for a moderator",
        """
        Your post "%s" to %s is held until a moderator has seen it.

        Why:
        %s\
        """
            .formatted(hold.subject(), list.address(), bullets(hold.reasons())));
  }

  /** For an author whose address is proven. */
  public Notice rejected(MailingList list, String subject, List<String> reasons, String comment) {
    String more = comment.isBlank() ? "" : "\nA moderator writes:\n\n" + comment.strip() + "\n";
    return owner(
        list,
        "Your post to " + list.address() + " was not accepted",
        """
        Your post "%s" to %s was not accepted.

        Why:
        %s%s
        The people who run the list: %s
        """
            .formatted(subject, list.address(), bullets(reasons), more, list.roleAddress("owner")));
  }

  private static String bullets(List<String> reasons) {
    StringBuilder lines = new StringBuilder();
    reasons.forEach(reason -> lines.append("- ").append(reason).append('\n'));
    return lines.toString();
  }

  static Notice request(MailingList list, String subject, String text) {
    return new Notice("request", subject, text + signature(list));
  }

  static Notice owner(MailingList list, String subject, String text) {
    return new Notice("owner", subject, text + signature(list));
  }

  private static String signature(MailingList list) {
    return "\n-- \n" + list.address() + "\n";
  }
}
