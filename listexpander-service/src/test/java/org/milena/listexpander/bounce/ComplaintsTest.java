package org.milena.listexpander.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.bounce.BounceWorld.BOB;
import static org.milena.listexpander.bounce.BounceWorld.OWNER;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.token.Keyring;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.UnsubscribeTokens;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.MemoryTransaction;

class ComplaintsTest {
  private final BounceWorld bounces = new BounceWorld();

  @Test
  void aTagInTheReversePathOfTheCopyProvesWhoComplains() {
    MemoryTransaction written =
        bounces.comesTo(
            null,
            complaint(
                "abuse",
                "Return-Path: <users-bounces+" + bounces.tag(BOB) + "@lists.example.org>"));
    assertThat(bounces.world.member("" + BOB)).isEmpty();
    assertThat(BounceWorld.recipients(written)).containsExactly(OWNER);
    assertThat(written.on(Topics.AUDIT, AuditEntry.class))
        .extracting(AuditEntry::what)
        .containsExactly("complaint");
  }

  @Test
  void theTokenInTheCopysLinkProvesItForItsOwnListOnly() {
    UnsubscribeTokens tokens =
        new UnsubscribeTokens(
            new SignedTokens(new Keyring(Map.of('a', new byte[32])), bounces.world::now));
    String link = "List-Unsubscribe: <https://lists.example.org/unsubscribe/%s>";
    String other = tokens.issue(ListId.forAddress(MailAddress.of("dev@lists.example.org")), BOB);
    bounces.comesTo(null, complaint("abuse", link.formatted(other)));
    assertThat(bounces.world.member("" + BOB)).isPresent();
    bounces.comesTo(null, complaint("abuse", link.formatted(tokens.issue(Fixtures.USERS_ID, BOB))));
    assertThat(bounces.world.member("" + BOB)).isEmpty();
  }

  @Test
  void theTagOfTheAddressItCameToProvesItToo() {
    bounces.comesTo(bounces.tag(BOB), complaint("abuse", "X-Nothing: here"));
    assertThat(bounces.world.member("" + BOB)).isEmpty();
  }

  @Test
  void aComplaintToTheOwnersIsTakenThereAndOthersAreForwarded() {
    MemoryTransaction forwarded =
        bounces.world.take(
            Fixtures.role("", Route.Role.OWNER, null, complaint("abuse", "X-Nothing: here")));
    assertThat(BounceWorld.recipients(forwarded)).containsExactly(OWNER);
    assertThat(bounces.world.member("" + BOB)).isPresent();
    bounces.world.take(
        Fixtures.role(
            "",
            Route.Role.OWNER,
            null,
            complaint(
                "abuse",
                "Return-Path: <users-bounces+" + bounces.tag(BOB) + "@lists.example.org>")));
    assertThat(bounces.world.member("" + BOB)).isEmpty();
  }

  @Test
  void anAddressAloneProvesNothing() {
    String foreign =
        bounces.world.verpTags.tag(
            ListId.forAddress(MailAddress.of("dev@lists.example.org")), BOB, bounces.world.now());
    bounces.comesTo(null, complaint("abuse", "X-Nothing: here"));
    bounces.comesTo(null, complaint("abuse", "Return-Path: <users-bounces+bob@lists.example.org>"));
    bounces.comesTo(
        null, complaint("abuse", "Return-Path: <users-bounces+" + foreign + "@lists.example.org>"));
    bounces.comesTo(foreign, complaint("abuse", "To: bob@b.example"));
    assertThat(bounces.world.member("" + BOB)).isPresent();
  }

  @Test
  void whoCallsItNoSpamStays() {
    bounces.comesTo(bounces.tag(BOB), complaint("not-spam", "X-Nothing: here"));
    assertThat(bounces.world.member("" + BOB)).isPresent();
  }

  private static String complaint(String type, String field) {
    return """
    From: feedback@provider.example
    Subject: A complaint
    Message-ID: <%s@provider.example>
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=feedback-report; boundary="part"

    --part
    Content-Type: text/plain

    A reader complains.

    --part
    Content-Type: message/feedback-report

    Feedback-Type: %s
    User-Agent: Provider/1
    Version: 1
    Original-Rcpt-To: <bob@b.example>

    --part
    Content-Type: message/rfc822

    %s
    From: ann@a.example
    To: users@lists.example.org
    Subject: Sunday

    We meet at the bridge.
    --part--
    """
        .formatted(Integer.toHexString(field.hashCode()), type, field);
  }
}
