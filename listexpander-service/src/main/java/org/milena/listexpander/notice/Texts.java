package org.milena.listexpander.notice;

import java.time.ZoneOffset;
import java.util.List;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
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

          subscribe        join the list with the address you write from;
                           with digest=mime or digest=plain, get digests
          unsubscribe      leave it
          confirm TOKEN    confirm what you were asked to confirm
          set show         what you get, and how
          set mode all     get all posts; or mime, plain (digests), summary, none
          set until DATE   get nothing until a day, written 2027-01-15
          set delivery on  get it again; off for nothing
          set own no       do not get your own posts
          set ack yes      be told that your posts were sent
          set duplicates no    no copy of what names you in To or Cc
          set conceal yes  do not be shown to other members
          set language de  the language of mails about the list
          who              who is on the list, where you may know it
          which            the lists of this site that you are on
          lists            the lists of this site
          info             what this list is
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

  /** What a list is. */
  public Notice info(MailingList list) {
    String how =
        switch (list.settings().membership().subscribePolicy()) {
          case OPEN, CONFIRM -> "Anybody joins: write to " + list.roleAddress("subscribe") + ".";
          case MODERATE, CONFIRM_THEN_MODERATE ->
              "Who joins, its owners decide: write to " + list.roleAddress("subscribe") + ".";
          case CLOSED -> "Its members are added by its owners.";
        };
    return request(
        list,
        "About " + list.address(),
        """
        %s (%s)

        %s

        %s
        The people who run the list: %s
        On the web: %s
        """
            .formatted(
                list.displayName(),
                list.address(),
                list.description(),
                how,
                list.roleAddress("owner"),
                urls.list(list.address())));
  }

  /** The lists of the site. */
  public Notice lists(MailingList list, List<MailingList> all) {
    return request(list, "Lists", "These are the lists here:\n\n" + addresses(all));
  }

  /** The lists somebody is on. */
  public Notice which(MailingList list, MailAddress member, List<MailingList> all) {
    return request(
        list,
        "Your lists",
        all.isEmpty()
            ? member + " is on no list here.\n"
            : member + " is on these lists:\n\n" + addresses(all));
  }

  private static String addresses(List<MailingList> all) {
    StringBuilder lines = new StringBuilder();
    all.forEach(list ->
        lines
            .append("  ")
            .append(list.address())
            .append("  ")
            .append(list.displayName())
            .append('\n'));
    return lines.toString();
  }

  /**
   * The members, as far as one may know them.
   *
   * @param more how many are not named
   */
  public Notice roster(MailingList list, List<String> members, int more) {
    StringBuilder text = new StringBuilder("The members of " + list.address() + ":\n\n");
    members.forEach(member -> text.append("  ").append(member).append('\n'));
    if (more > 0) {
      text.append("\nand %,d more.\n".formatted(more));
    }
    return request(list, "Members of " + list.address(), text.toString());
  }

  /** What a member gets, and how. */
  public Notice options(MailingList list, Member member) {
    MemberOptions options = member.options();
    String delivery =
        switch (options.stopped()) {
          case null -> "on";
          case BY_MEMBER -> "off" + until(options);
          case BY_MODERATOR -> "off" + until(options) + ", by a moderator";
          case BY_BOUNCES -> "off, because too much came back";
        };
    String mode =
        switch (options.mode()) {
          case EVERY_POST -> "all";
          case MIME_DIGEST -> "mime";
          case PLAIN_DIGEST -> "plain";
          case SUMMARY -> "summary";
          case NONE -> "none";
        };
    String language = options.language();
    return request(
        list,
        "Your options on " + list.address(),
        """
        The options of %s on %s:

          mode        %s
          delivery    %s
          own         %s
          ack         %s
          duplicates  %s
          conceal     %s
          language    %s

        To change one, write for instance "set mode plain" to
        %s
        """
            .formatted(
                member.address(),
                list.address(),
                mode,
                delivery,
                yes(options.ownPosts()),
                yes(options.acknowledge()),
                yes(!options.skipDuplicates()),
                yes(options.concealed()),
                language == null ? list.settings().membership().language() : language,
                list.roleAddress("request")));
  }

  private static String until(MemberOptions options) {
    return options.stoppedUntil() == null ? "" : " until " + options.stoppedUntil();
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
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

  /** Asks whether an address is really one of this account. */
  public Notice confirmAddress(PendingRequest pending, String token) {
    return new Notice(
        "postmaster",
        "Is this your address?",
        """
        The account %s, we hope yours, asked that %s
        becomes one of its addresses.

        To confirm, open

          %s

        If you did not ask for this, do nothing: nothing happens then.
        """
            .formatted(pending.account(), pending.address(), urls.confirm(token)));
  }

  /** Owners invite somebody. */
  public Notice invitation(MailingList list, PendingRequest pending, String token, String text) {
    String words = text.isBlank() ? "" : "\nThey write:\n\n" + text.strip() + "\n";
    return request(
        list,
        "confirm " + token,
        """
        The people who run the mailing list %s
        invite %s to join it.
        %s
        To join, answer this mail without changing its subject, or open

          %s

        About the list: %s
        If you do not want to join, do nothing: you are not a member then.
        """
            .formatted(
                list.address(),
                pending.address(),
                words,
                urls.confirm(token),
                urls.list(list.address())));
  }

  /** For owners and moderators: somebody wants to join or to leave. */
  public Notice requestWaits(MailingList list, PendingRequest pending) {
    boolean leaves = pending.kind() == PendingRequest.Kind.UNSUBSCRIBE;
    String name = pending.displayName().isEmpty() ? "" : " (" + pending.displayName() + ")";
    return owner(
        list,
        (leaves ? "Wants to leave: " : "Wants to join: ") + pending.address(),
        """
        %s%s wants to %s the mailing list %s.
        The request waits for your decision until %tF.

        Decide here: %s
        """
            .formatted(
                pending.address(),
                name,
                leaves ? "leave" : "join",
                list.address(),
                pending.expiresAt().atZone(ZoneOffset.UTC),
                urls.manage(list.address())));
  }

  /** For whoever asked. */
  public Notice requestRejected(MailingList list, PendingRequest pending, String comment) {
    String more = comment.isBlank() ? "" : "\nA moderator writes:\n\n" + comment.strip() + "\n";
    return owner(
        list,
        "Your request to " + list.address(),
        """
        The people who run the mailing list %s
        did not agree that %s %s it.
        %s
        Write to them: %s
        """
            .formatted(
                list.address(),
                pending.address(),
                pending.kind() == PendingRequest.Kind.UNSUBSCRIBE ? "leaves" : "joins",
                more,
                list.roleAddress("owner")));
  }

  /** For owners: there is a new member. */
  public Notice joined(MailingList list, MailAddress member) {
    return owner(
        list,
        member + " has joined " + list.address(),
        "%s is a member of the mailing list %s now.\n".formatted(member, list.address()));
  }

  /** For owners: there is one member less. */
  public Notice left(MailingList list, MailAddress member) {
    return owner(
        list,
        member + " has left " + list.address(),
        "%s is no member of the mailing list %s any more.\n".formatted(member, list.address()));
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

  /**
   * What became of several commands.
   *
   * @param more longer answers, which stand below
   */
  public Notice results(MailingList list, List<String> lines, List<Notice> more) {
    StringBuilder text = new StringBuilder(String.join("\n", lines)).append("\n");
    more.forEach(notice -> text.append('\n').append(notice.text().replace(signature(list), "")));
    return request(
        list,
        "Your commands to " + list.roleAddress("request"),
        text + "\nFor help, write \"help\" to " + list.roleAddress("request") + ".\n");
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

  private static Notice request(MailingList list, String subject, String text) {
    return new Notice("request", subject, text + signature(list));
  }

  private static Notice owner(MailingList list, String subject, String text) {
    return new Notice("owner", subject, text + signature(list));
  }

  private static String signature(MailingList list) {
    return "\n-- \n" + list.address() + "\n";
  }
}
