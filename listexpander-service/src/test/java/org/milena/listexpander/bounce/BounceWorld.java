package org.milena.listexpander.bounce;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.DeliveryChange;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.BounceScore;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

/** A list whose mail comes back. */
final class BounceWorld {
  static final MailAddress BOB = MailAddress.of("bob@b.example");
  static final String OWNER = "own@o.example";

  final ListWorld world = new ListWorld();
  private int mails;

  BounceWorld(ListSettings settings) {
    world.with(
        Fixtures.list(settings),
        Fixtures.member(OWNER, null, MemberRole.OWNER),
        Fixtures.member(BOB.toString()));
  }

  BounceWorld() {
    this(ListSettings.DISCUSSION);
  }

  /** The tag of a copy that is sent now. */
  String tag(MailAddress member) {
    return world.verpTags.tag(Fixtures.USERS_ID, member, world.now());
  }

  /** A report that a copy sent today failed. */
  MemoryTransaction fails(MailAddress member, String status, String diagnostic) {
    return comesTo(tag(member), dsn(member, "failed", status, diagnostic));
  }

  MemoryTransaction fails(MailAddress member) {
    return fails(member, "5.1.1", "550 5.1.1 no such user here");
  }

  /** A mail to the bounce address. */
  MemoryTransaction comesTo(@Nullable String tag, String text) {
    return world.take(Fixtures.role("", Route.Role.BOUNCES, tag, text));
  }

  /** A report as RFC 3464 wants it. */
  String dsn(MailAddress recipient, String action, String status, String diagnostic) {
    return """
    From: Mail system <MAILER-DAEMON@mx.b.example>
    Subject: Undelivered mail
    Message-ID: <%d@mx.b.example>
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary="part"

    --part
    Content-Type: text/plain

    This is the mail system at mx.b.example.

    --part
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.b.example

    Final-Recipient: rfc822; %s
    Action: %s
    Status: %s
    Diagnostic-Code: smtp; %s

    --part--
    """
        .formatted(++mails, recipient, action, status, diagnostic);
  }

  /** What egress tells of a post. */
  CommandOutcome refused(MailAddress member, String status, String reason) {
    return world.command(
        new DeliveryChange.NoteFailure(
            Fixtures.newId(), OutgoingMeta.Kind.POST, member, status, reason, world.now()));
  }

  void days(int days) {
    world.later(Duration.ofDays(days));
  }

  Optional<BounceScore> score(MailAddress member) {
    return world.tables.bounces().get(Member.key(Fixtures.USERS_ID, member));
  }

  double points(MailAddress member) {
    return score(member).map(BounceScore::score).orElse(0.0);
  }

  boolean receives(MailAddress member) {
    return world.member(member.toString()).map(Member::receivesPosts).orElse(false);
  }

  /** The tag of the probe that was sent, if one was. */
  static Optional<String> probe(MemoryTransaction written) {
    return written.on(Topics.DELIVERIES, Delivery.class).stream()
        .map(Delivery::returnPath)
        .filter(path -> path instanceof ReturnPath.Fixed)
        .map(path -> ((ReturnPath.Fixed) path).path().mailbox())
        .flatMap(Optional::stream)
        .map(MailAddress::localPart)
        .filter(local -> local.startsWith("users-bounces+"))
        .map(local -> local.substring(local.indexOf('+') + 1))
        .findFirst();
  }

  /** To whom something was sent. */
  static List<String> recipients(MemoryTransaction written) {
    List<String> all = new ArrayList<>();
    written
        .on(Topics.DELIVERIES, Delivery.class)
        .forEach(delivery -> delivery.recipients().forEach(one -> all.add(one.toString())));
    return all;
  }

  /** The mails that were sent, as they are. */
  static List<String> mails(MemoryTransaction written) {
    return written.on(Topics.OUTGOING).stream()
        .map(record -> new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8))
        .toList();
  }

  /** The story, as one text. */
  static String story(MemoryTransaction written) {
    return written.events().stream().map(MailEvent::text).collect(Collectors.joining("\n"));
  }
}
