package org.milena.listexpander.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.event.ArchiveId;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;

/** What the settings of a list's copies do to their header. */
class CopyFieldsTest {
  private static final ArchiveId ID = ArchiveId.compute(Fixtures.USERS_ID, "a@b", "00");
  private static final String POST =
      "From: ann@a.example\nReply-To: Ann <ann@home.example>, Users@lists.example.org\n"
          + "Message-ID: <alpha>\nSubject: x\n\ntext\n";

  private final ListHeaders headers = new ListHeaders(new SiteUrls("http://lists.example.org"));

  @Test
  void hashesTheMessageIdAsMailmanDoes() {
    assertThat(MessageIdHash.of(new MessageId("alpha")))
        .isEqualTo("XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP");
    RawMessage copy = copy(ListSettings.DISCUSSION);
    assertThat(values(copy, "Message-ID-Hash"))
        .containsExactly("XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP")
        .isEqualTo(values(copy, "X-Message-ID-Hash"));
  }

  @Test
  void leavesOutTheFieldsOfCommandsButNotTheNameOfTheList() {
    RawMessage copy = copy(ListSettings.DISCUSSION.with("listHeaders", false));
    assertThat(HeaderBlock.of(copy).fields().stream().map(HeaderField::name))
        .contains("List-Id", "Archived-At", "Precedence")
        .doesNotContain(
            "List-Help",
            "List-Owner",
            "List-Post",
            "List-Subscribe",
            "List-Unsubscribe",
            "List-Archive");
  }

  @Test
  void saysThatMembersMayNotPost() {
    assertThat(values(copy(ListSettings.DISCUSSION.with("listPost", false)), "List-Post"))
        .containsExactly("NO");
  }

  @ParameterizedTest
  @CsvSource({
    "AUTHOR, false, 'Ann <ann@home.example>, Users@lists.example.org'",
    "AUTHOR, true, ''",
    "LIST, false, 'users@lists.example.org, Ann <ann@home.example>'",
    "LIST, true, users@lists.example.org",
    "ADDRESS, false, 'help@h.example, Ann <ann@home.example>, Users@lists.example.org'",
    "ADDRESS, true, help@h.example",
    "ADDRESS_ONLY, false, help@h.example"
  })
  void sendsAnswersWhereTheListWantsThem(String mode, boolean strip, String value) {
    ListSettings settings =
        ListSettings.DISCUSSION
            .with("replyTo", mode)
            .with("replyToAddress", "help@h.example")
            .with("stripReplyTo", strip);
    RawMessage copy = copy(settings);
    assertThat(values(copy, "Reply-To")).isEqualTo(value.isEmpty() ? List.of() : List.of(value));
    assertThat(again(copy, settings)).isEqualTo(copy);
  }

  @Test
  void leavesReplyToAloneWithoutAnAddressToPutThere() {
    assertThat(values(copy(ListSettings.DISCUSSION.with("replyTo", "ADDRESS_ONLY")), "Reply-To"))
        .containsExactly("Ann <ann@home.example>, Users@lists.example.org");
  }

  @Test
  void numbersThePost() {
    RawMessage copy =
        headers.deliveryForm(
            Fixtures.message(POST),
            Fixtures.list(ListSettings.DISCUSSION.with("subjectPrefix", "[u %05d] ")),
            Optional.of(ID),
            42);
    assertThat(values(copy, "Subject")).containsExactly("[u 00042] x");
  }

  @Test
  void showsDigestsTheAuthorAndNothingOfARecipient() {
    RawMessage digest =
        headers.digestForm(Fixtures.message(POST), Fixtures.list(), Optional.empty());
    assertThat(HeaderBlock.of(digest).fields().stream().map(HeaderField::name))
        .containsExactly("List-Id", "From", "Reply-To", "Message-ID", "Subject");
  }

  private RawMessage copy(ListSettings settings) {
    return again(Fixtures.message(POST), settings);
  }

  private RawMessage again(RawMessage message, ListSettings settings) {
    return headers.deliveryForm(message, Fixtures.list(settings), Optional.of(ID));
  }

  private static List<String> values(RawMessage message, String name) {
    return HeaderBlock.of(message).all(name).stream().map(HeaderField::value).toList();
  }
}
