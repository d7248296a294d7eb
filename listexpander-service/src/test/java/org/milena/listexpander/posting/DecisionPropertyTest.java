package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Route;
import org.milena.common.event.ThreadLock;
import org.milena.common.mail.RawMessage;
import org.milena.common.pattern.AddressPatterns.OtherLists;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
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
          "To: users@lists.example.org",
          "Cc: x@x.example, y@y.example",
          "References: <locked@x>",
          "Content-Type: multipart/mixed; boundary=b",
          "X-Loop: users@lists.example.org",
          "X-Odd:\n folded");

  private static final List<String> BODIES =
      List.of(
          "Body\n",
          "Approved: secret\nBody\n",
          "unsubscribe\n",
          "--b\nContent-Type: text/html\nPrecedence: bulk\n\n<p>Approved: secret</p>\n--b--\n");

  /** Filters that would hit what a list adds, or miss what it takes away. */
  private static final MailingList LIST =
      withSecret(
          ListSettings.DISCUSSION
              .with("acceptNonMembers", List.of("^eve@.*"))
              .with(
                  "headerFilters",
                  List.of(
                      new HeaderFilter("List-Id", "users", PostAction.REJECT),
                      new HeaderFilter("Approved", ".", PostAction.HOLD),
                      new HeaderFilter("Precedence", "list", PostAction.DISCARD),
                      new HeaderFilter("X-BeenThere", "users", PostAction.DISCARD),
                      new HeaderFilter("Archived-At", ".", PostAction.ACCEPT))));

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
    ListMail mail = Fixtures.mail("ann@a.example", text, new Route.ListPost(Fixtures.USERS_ID));
    RawMessage untouched = RawMessage.copyOf(mail.message().toByteArray());
    PostingDecision before = PostingRules.decide(facts(mail));
    PostFacts unread = facts(mail);
    RawMessage posted = Approvals.without(LIST, mail).message();
    ListHeaders headers = new ListHeaders(new SiteUrls("https://lists.example.org"));
    ArchiveId id = ArchiveId.compute(Fixtures.USERS_ID, "x", mail.meta().sha256());
    RawMessage archived = headers.archiveForm(posted, LIST, id);
    RawMessage sent = headers.deliveryForm(posted, LIST, Optional.of(id));
    assertThat(archived).isNotEqualTo(mail.message());
    assertThat(sent).isNotEqualTo(mail.message());
    assertThat(mail.message()).isEqualTo(untouched);
    assertThat(PostingRules.decide(unread)).as("what is read late").isEqualTo(before);
    assertThat(PostingRules.decide(facts(mail))).isEqualTo(before);
  }

  private static PostFacts facts(ListMail mail) {
    Ledger ledger = new ListWorld().ledger(new MemoryTransaction());
    return PostFacts.of(
        mail,
        LIST,
        Optional.empty(),
        new FakeSurroundings(
            address ->
                address.key().equals("ann@a.example")
                    ? Optional.of(Fixtures.member("ann@a.example"))
                    : Optional.empty(),
            List.of(),
            List.of(
                new ThreadLock(
                    Fixtures.USERS_ID, "locked@x", "Locked", true, "own", Fixtures.NOW, null)),
            OtherLists.NONE,
            Optional.empty(),
            0),
        new Approvals((_, _) -> false).of(ledger, LIST, mail, Fixtures.NOW));
  }

  private static MailingList withSecret(ListSettings settings) {
    MailingList list = Fixtures.list(settings);
    return new MailingList(
        list.id(),
        list.address(),
        list.displayName(),
        list.description(),
        list.settings(),
        list.createdAt(),
        1,
        List.of(),
        "hash",
        null);
  }

  /** None to eight of the fields, in any order and more than once. */
  private static String message(int seed) {
    var random = new SplittableRandom(seed);
    List<String> fields = new ArrayList<>();
    for (int i = random.nextInt(9); i > 0; i--) {
      fields.add(FIELDS.get(random.nextInt(FIELDS.size())));
    }
    return String.join("\n", fields) + "\n\n" + BODIES.get(random.nextInt(BODIES.size()));
  }
}
