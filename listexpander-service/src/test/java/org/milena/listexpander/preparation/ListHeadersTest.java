package org.milena.listexpander.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SubscribePolicy;
import org.milena.listexpander.fake.Fixtures;

class ListHeadersTest {
  private static final ArchiveId ID = ArchiveId.compute(Fixtures.USERS_ID, "a@b", "00");
  private static final String SIGNED =
      """
      Received: from client.example by lists.example.org
      DKIM-Signature: v=1; a=rsa-sha256; d=a.example; s=k; h=from:to:subject;
      \tbh=abc=; b=def=
      From: Ann <ann@a.example>
      To: users@lists.example.org
      SUBJECT:  odd   spacing
       folded
      X-Bytes: caf\u00e9

      Body with trailing space\s
      .dot
      no end of line\
      """;

  private static final List<String> FIELDS =
      List.of("X-A: 1", "Subject:  two", " folded\t", "Precedence: x", "To: c@d.example");

  /** Lines of a body that would go or be added to, were they fields. */
  private static final List<String> LIKE_FIELDS =
      List.of("Approved: x", "List-Id: <x.example>", "Archived-At: <x>", "X-PMRQC: 1", "From x");

  private final ListHeaders https = new ListHeaders(new SiteUrls("https://lists.example.org/"));
  private final ListHeaders http = new ListHeaders(new SiteUrls("http://localhost:8080"));

  @Test
  void archivesTheBytesWithTwoFieldsMore() {
    RawMessage post = Fixtures.message(SIGNED);
    assertThat(text(https.archiveForm(post, Fixtures.list(), ID)))
        .isEqualTo(
            "List-Id: \"Users of X\" <users.lists.example.org>\r\n"
                + "Archived-At: <https://lists.example.org/archive/users@lists.example.org/message/"
                + ID
                + ">\r\n"
                + text(post));
  }

  @Test
  void sendsTheBytesWithTheFieldsOfTheListOnTop() {
    RawMessage post = Fixtures.message(SIGNED);
    RawMessage sent = https.deliveryForm(post, Fixtures.list(), Optional.of(ID));
    assertThat(text(sent)).endsWith("\r\n" + text(post));
    assertThat(names(sent).subList(0, 9))
        .containsExactly(
            "List-Id",
            "List-Help",
            "List-Post",
            "List-Owner",
            "List-Subscribe",
            "List-Archive",
            "Archived-At",
            "X-BeenThere",
            "Precedence");
    assertThat(value(sent, "List-Help"))
        .isEqualTo("<mailto:users-request@lists.example.org?subject=help>");
    assertThat(value(sent, "List-Post")).isEqualTo("<mailto:users@lists.example.org>");
    assertThat(value(sent, "List-Owner")).isEqualTo("<mailto:users-owner@lists.example.org>");
    assertThat(value(sent, "List-Subscribe"))
        .isEqualTo("<mailto:users-subscribe@lists.example.org>");
    assertThat(value(sent, "List-Archive"))
        .isEqualTo("<https://lists.example.org/archive/users@lists.example.org>");
    assertThat(value(sent, "Precedence")).isEqualTo("list");
  }

  @Test
  void namesTheMailAddressForLeavingWhereLinksAreNotSafe() {
    RawMessage post = Fixtures.message(SIGNED);
    assertThat(value(http.deliveryForm(post, Fixtures.list(), Optional.of(ID)), "List-Unsubscribe"))
        .isEqualTo("<mailto:users-unsubscribe@lists.example.org>");
    assertThat(names(https.deliveryForm(post, Fixtures.list(), Optional.of(ID))))
        .doesNotContain("List-Unsubscribe");
    assertThat(names(http.archiveForm(post, Fixtures.list(), ID)))
        .doesNotContain("List-Unsubscribe");
  }

  @Test
  void takesAwayWhatOnlyModeratorsMaySee() {
    RawMessage post =
        Fixtures.message(
            "approved: secret\nX-Approve: secret\nFrom: a@b.example\nUrgent: secret\n\nText\n");
    assertThat(text(https.archiveForm(post, Fixtures.list(), ID))).doesNotContain("secret");
    assertThat(text(https.deliveryForm(post, Fixtures.list(), Optional.empty())))
        .doesNotContain("secret");
    assertThat(text(https.ownerForm(post, Fixtures.list()))).doesNotContain("secret");
  }

  @Test
  void replacesTheFieldsOfAnotherList() {
    RawMessage post =
        Fixtures.message(
            """
            List-Id: Dev <dev.example.net>
            List-Post: <mailto:dev@example.net>
            List-Unsubscribe: <https://example.net/u/1>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            Archived-At: <https://example.net/1>
            Precedence: bulk
            X-BeenThere: dev@example.net
            From: a@b.example

            Text
            """);
    RawMessage sent = https.deliveryForm(post, Fixtures.list(), Optional.of(ID));
    assertThat(text(sent)).doesNotContain("example.net/").doesNotContain("dev.example.net");
    assertThat(HeaderBlock.of(sent).all("List-Id")).hasSize(1);
    assertThat(HeaderBlock.of(sent).all("Precedence")).hasSize(1);
    assertThat(value(sent, "Precedence")).isEqualTo("bulk");
    // both lists have been passed
    assertThat(HeaderBlock.of(sent).all("X-BeenThere")).hasSize(2);
  }

  @Test
  void asksNoMemberForAReceipt() {
    RawMessage post =
        Fixtures.message("Disposition-Notification-To: a@b.example\nFrom: a@b.example\n\nText\n");
    assertThat(names(https.deliveryForm(post, Fixtures.list(), Optional.of(ID))))
        .doesNotContain("Disposition-Notification-To");
    assertThat(names(https.archiveForm(post, Fixtures.list(), ID)))
        .contains("Disposition-Notification-To");
  }

  @Test
  void saysNothingOfAnArchiveThatIsNotKeptAndOfJoiningAClosedList() {
    RawMessage sent =
        https.deliveryForm(
            Fixtures.message(SIGNED),
            Fixtures.list(ListSettings.DISCUSSION.with("subscribePolicy", SubscribePolicy.CLOSED)),
            Optional.empty());
    assertThat(names(sent)).doesNotContain("List-Archive", "Archived-At", "List-Subscribe");
  }

  @Test
  void writesTheNameOfTheListSafely() {
    assertThat(ListHeaders.listId(named("A \"big\" list\r\nBcc: x@y.example")))
        .isEqualTo("\"A \\\"big\\\" list Bcc: x@y.example\" <users.lists.example.org>");
    assertThat(ListHeaders.listId(named("Gr\u00fc\u00dfe")))
        .matches("=\\?UTF-8\\?[BQ]\\?[!-~]+\\?= <users\\.lists\\.example\\.org>");
    assertThat(ListHeaders.listId(named(" "))).isEqualTo("<users.lists.example.org>");
  }

  @Test
  void keepsEveryOctetOfTheBodyAndOfOtherFields() {
    for (int seed = 0; seed < 2_000; seed++) {
      String rest = "From: a@b.example\r\n" + String.join("\r\n", lines(seed));
      RawMessage post = RawMessage.wrap(rest.getBytes(StandardCharsets.ISO_8859_1));
      try {
        assertThat(octets(https.deliveryForm(post, Fixtures.list(), Optional.of(ID))))
            .endsWith(rest);
        assertThat(octets(https.archiveForm(post, Fixtures.list(), ID))).endsWith(rest);
      } catch (RuntimeException | Error e) {
        fail("seed " + seed, e);
      }
    }
  }

  /** Up to five fields, Precedence, up to five lines: the same ones for the same seed. */
  private static List<String> lines(int seed) {
    var random = new SplittableRandom(seed);
    List<String> all = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      all.add(FIELDS.get(random.nextInt(FIELDS.size())));
    }
    all.add("Precedence: list");
    all.add("");
    for (int i = random.nextInt(6); i > 0; i--) {
      all.add(line(random));
    }
    return all;
  }

  private static String line(RandomGenerator random) {
    int length = random.nextInt(256);
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> LIKE_FIELDS.get(random.nextInt(LIKE_FIELDS.size()));
      case 2 -> String.valueOf("\0\u00ff \t.".charAt(random.nextInt(5))).repeat(1 + length);
      case 3 -> octets(random, 255);
      default -> octets(random, length);
    };
  }

  /** Octets of all kinds but those that end a line. */
  private static String octets(RandomGenerator random, int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      char octet = (char) random.nextInt(256);
      if (octet != '\r' && octet != '\n') {
        text.append(octet);
      }
    }
    return text.toString();
  }

  private static MailingList named(String name) {
    MailingList list = Fixtures.list();
    return new MailingList(
        list.id(),
        list.address(),
        name,
        list.description(),
        list.settings(),
        list.createdAt(),
        list.version());
  }

  private static String value(RawMessage message, String name) {
    return HeaderBlock.of(message).first(name).orElseThrow().value();
  }

  private static List<String> names(RawMessage message) {
    return HeaderBlock.of(message).fields().stream()
        .map(HeaderField::name)
        .collect(Collectors.toList());
  }

  private static String octets(RawMessage message) {
    return new String(message.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static String text(RawMessage message) {
    return new String(message.toByteArray(), StandardCharsets.UTF_8);
  }
}
