package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;

/** No rule sees what preparation changed: it works on forms of its own, and the mail stays. */
class DecisionPropertyTest {
  private static final List<String> FIELDS =
      List.of(
          "From: ann@a.example",
          "From: eve@e.example",
          "Sender: ann@a.example",
          "List-Id: <users.lists.example.org>",
          "List-Id: <other.lists.example.org>",
          "List-Post: <mailto:users@lists.example.org>",
          "X-BeenThere: users@lists.example.org",
          "X-BeenThere: other@lists.example.org",
          "Approved: secret",
          "Precedence: bulk",
          "Auto-Submitted: auto-replied",
          "Disposition-Notification-To: ann@a.example",
          "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=",
          "X-Odd:\n folded");

  @Test
  void decidesTheSameBeforeAndAfterPreparation() {
    for (int seed = 0; seed < 2_000; seed++) {
      String text = message(seed);
      try {
        assertSameAfterPreparation(text);
      } catch (RuntimeException | Error e) {
        fail("seed " + seed + ": " + text, e);
      }
    }
  }

  private static void assertSameAfterPreparation(String text) {
    ListMail mail = Fixtures.post("ann@a.example", text);
    RawMessage untouched = RawMessage.copyOf(mail.message().toByteArray());
    PostingDecision before = decide(mail);
    ListHeaders headers = new ListHeaders(new SiteUrls("https://lists.example.org"));
    ArchiveId id = ArchiveId.compute(Fixtures.USERS_ID, "x", mail.meta().sha256());
    RawMessage archived = headers.archiveForm(mail.message(), Fixtures.list(), id);
    RawMessage sent = headers.deliveryForm(mail.message(), Fixtures.list(), Optional.of(id));
    assertThat(archived).isNotEqualTo(mail.message());
    assertThat(sent).isNotEqualTo(mail.message());
    assertThat(mail.message()).isEqualTo(untouched);
    assertThat(decide(mail)).isEqualTo(before);
  }

  private static PostingDecision decide(ListMail mail) {
    return PostingRules.decide(
        PostFacts.of(
            mail,
            Fixtures.list(),
            Optional.empty(),
            new FakeSurroundings(address ->
                address.key().equals("ann@a.example")
                    ? Optional.of(Fixtures.member("ann@a.example"))
                    : Optional.empty()),
            Approval.NONE));
  }

  /** None to eight of the fields, in any order and more than once. */
  private static String message(int seed) {
    var random = new SplittableRandom(seed);
    List<String> fields = new ArrayList<>();
    for (int i = random.nextInt(9); i > 0; i--) {
      fields.add(FIELDS.get(random.nextInt(FIELDS.size())));
    }
    return String.join("\n", fields) + "\n\nBody\n";
  }
}
