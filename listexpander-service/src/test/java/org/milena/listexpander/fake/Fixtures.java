package org.milena.listexpander.fake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.incoming.ListMail;

/** Lists, members and mails to try things with. */
public final class Fixtures {
  public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  public static final MailAddress USERS = MailAddress.of("users@lists.example.org");
  public static final ListId USERS_ID = ListId.forAddress(USERS);

  /** A discussion list at this address. */
  public static MailingList list() {
    return list(ListSettings.DISCUSSION);
  }

  /** The same with other settings. */
  public static MailingList list(ListSettings settings) {
    return new MailingList(USERS_ID, USERS, "Users of X", "About X.", settings, NOW, 1);
  }

  /** The usual settings with other actions. */
  public static ListSettings actions(PostAction member, PostAction nonMember) {
    return ListSettings.DISCUSSION.with("memberAction", member).with("nonMemberAction", nonMember);
  }

  /** The usual settings with other actions against what speaks against a post. */
  public static ListSettings authorship(
      PostAction unproven, PostAction disowned, PostAction suspect) {
    return ListSettings.DISCUSSION
        .with("unprovenAction", unproven)
        .with("disownedAction", disowned)
        .with("suspectAction", suspect);
  }

  /** A member who gets posts. */
  public static Member member(String address) {
    return member(address, null, MemberRole.MEMBER);
  }

  /** Somebody on the list. */
  public static Member member(String address, @Nullable PostAction action, MemberRole... roles) {
    return new Member(USERS_ID, MailAddress.of(address), "", Set.of(roles), action, NOW);
  }

  /**
   * A mail to the list. Names it in {@code To} and has a subject, below what is given, where that
   * does not say otherwise.
   */
  public static ListMail post(String reversePath, String text) {
    return mail(reversePath, addressed(text), new Route.ListPost(USERS_ID));
  }

  /** The text with {@code To} and {@code Subject}, where it lacks them. */
  public static String addressed(String text) {
    int end = text.indexOf("\n\n");
    String header = end < 0 ? "" : "\n" + text.substring(0, end);
    if (end < 0) {
      return text;
    }
    String more =
        (header.contains("\nTo: ") ? "" : "\nTo: " + USERS)
            + (header.contains("\nSubject: ") ? "" : "\nSubject: A post");
    return text.substring(0, end) + more + text.substring(end);
  }

  /** A mail to a role of the list. */
  public static ListMail role(
      String reversePath, Route.Role role, @Nullable String detail, String text) {
    return mail(reversePath, text, new Route.ListRole(USERS_ID, role, detail));
  }

  /** A mail whose lines end in {@code \n} here, and in CRLF on the wire. */
  public static ListMail mail(String reversePath, String text, Route route) {
    return mail(reversePath, text, route, AuthenticationReport.NOT_CHECKED, null);
  }

  /** A mail with everything. */
  public static ListMail mail(
      String reversePath,
      String text,
      Route route,
      AuthenticationReport authentication,
      @Nullable String account) {
    RawMessage message = message(text);
    return ListMail.of(meta(reversePath, message, route, authentication, account), message);
  }

  /** The octets of a text. */
  public static RawMessage message(String text) {
    return RawMessage.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** What the edge and the scanner say of a mail. */
  public static MailMeta meta(
      String reversePath,
      RawMessage message,
      Route route,
      AuthenticationReport authentication,
      @Nullable String account) {
    return new MailMeta(
        newId(),
        NOW,
        ReversePath.of(reversePath),
        List.of(new RoutedRecipient(new ForwardPath.Mailbox(USERS), route)),
        new MailMeta.BodyFacts(false, false),
        new ClientFacts("192.0.2.1", "client.example", "ESMTP", null, account),
        message.sha256(),
        new ScanReport(ScanReport.Verdict.CLEAN, List.of(), authentication, NOW, null, null, null));
  }

  /** An id that no other mail has, later than those before. */
  public static MailId newId() {
    return MailId.next(InstantSource.system(), RandomGenerator.getDefault());
  }

  private Fixtures() {}
}
