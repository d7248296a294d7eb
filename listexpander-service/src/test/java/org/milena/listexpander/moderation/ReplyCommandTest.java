package org.milena.listexpander.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.html.HtmlText;
import org.milena.listexpander.moderation.ReplyCommand.Decide;
import org.milena.listexpander.moderation.ReplyCommand.Nothing;
import org.milena.listexpander.moderation.ReplyCommand.Unknown;

class ReplyCommandTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accept",
        "Accept.",
        "  ACCEPT  \r\n\r\n> A post waits\r\n> discard\r\n",
        "approve, thanks\n-- \nAnn",
        "*accept*\n"
      })
  void theFirstWordOfTheFirstLineDecides(String text) {
    assertThat(ReplyCommand.parse(text)).isEqualTo(new Decide(HeldDecision.ACCEPT, "", false));
  }

  @Test
  void trustsOnlyTheProvenUnlessForced() {
    assertThat(ReplyCommand.parse("trust\n"))
        .isEqualTo(new Decide(HeldDecision.ACCEPT_AND_TRUST, "", false));
    assertThat(ReplyCommand.parse("Trust force\n"))
        .isEqualTo(new Decide(HeldDecision.ACCEPT_AND_TRUST, "", true));
  }

  @Test
  void aRejectionTellsWhatWasTypedAndNothingOfWhatIsQuoted() {
    String typed = "reject Not here, please.\nTry users@.\n\nGreetings\n";
    String expected = "Not here, please.\nTry users@.\n\nGreetings";
    String[] tails = {
      "",
      "> A post to\n> accept\n",
      "\nOn Sun, 1 Mar 2026, Users wrote:\n> A post\n",
      "\n"
          + "Am 1. M\u00e4rz 2026 um 10:00 schrieb Users\n"
          + "<users-moderate@lists.example.org>:\n\n"
          + "> Post\n",
      "-- \nAnn\nAccept everything\n",
      "\n-----Original Message-----\nFrom: users\n",
      "\n________________________________\nFrom: users\n"
    };
    for (String tail : tails) {
      assertThat(ReplyCommand.parse((typed + tail).replace("\n", "\r\n")))
          .as(tail)
          .isEqualTo(new Decide(HeldDecision.REJECT, expected, false));
    }
  }

  @Test
  void aRejectionMayBeOneLineThatEndsInAColon() {
    assertThat(ReplyCommand.parse("reject see the rules:\n\n> quoted\n"))
        .isEqualTo(new Decide(HeldDecision.REJECT, "see the rules:", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\naccept\n", "> accept\n", "   \naccept", "\r\n> x\r\ndiscard\r\n"})
  void nothingIsDoneWhenTheFirstLineIsEmptyOrQuoted(String text) {
    assertThat(ReplyCommand.parse(text)).isEqualTo(new Nothing());
  }

  @Test
  void whatIsNoCommandIsNamed() {
    assertThat(ReplyCommand.parse("I am on holiday\naccept\n")).isEqualTo(new Unknown("I"));
    assertThat(ReplyCommand.parse("acceptable\n")).isEqualTo(new Unknown("acceptable"));
    assertThat(ReplyCommand.parse("x".repeat(5_000))).isEqualTo(new Unknown("x".repeat(40)));
  }

  @Test
  void readsWhatWasTypedInHtml() {
    String html =
        """
        <html><head><title>discard</title><style>p { color: red }</style></head>
        <body><!-- discard --><script>accept()</script>
        <div>reject&nbsp;Tom &amp; Ann,<br>not&#39; here</div><div>&lt;more&gt;</div>
        <blockquote type="cite"><p>accept</p></blockquote></body></html>
        """;
    assertThat(ReplyCommand.parse(HtmlText.of(html)))
        .isEqualTo(new Decide(HeldDecision.REJECT, "Tom & Ann,\nnot' here\n<more>", false));
    assertThat(ReplyCommand.parse(HtmlText.of("<p>accept</p>")))
        .isEqualTo(new Decide(HeldDecision.ACCEPT, "", false));
    assertThat(ReplyCommand.parse(HtmlText.of("<blockquote>accept</blockquote>accept")))
        .isEqualTo(new Nothing());
  }

  @Test
  void readsAnythingWithoutThrowing() {
    Random random = new Random(7);
    String[] pieces = {
      "accept",
      "reject",
      "<",
      ">",
      "&",
      ";",
      "\n",
      "\r\n",
      " ",
      "<!--",
      "-->",
      "<style",
      "</style",
      "<blockquote>",
      "<br/>",
      "&amp",
      "&#39;",
      "--",
      ":",
      "\u0000",
      "\ud83d",
      "On x wrote:",
      "> ",
      "a".repeat(100)
    };
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(ReplyCommand.parse(HtmlText.of(text.toString()))).isNotNull();
      assertThat(ReplyCommand.parse(text.toString())).isNotNull();
      assertThat(ModeratorTokens.tagIn(text.toString())).isNotNull();
    }
    for (String piece : pieces) {
      String many = piece.repeat(64 * 1024 / piece.length());
      assertThat(ReplyCommand.parse(HtmlText.of(many))).isNotNull();
      assertThat(ReplyCommand.parse(many)).isNotNull();
    }
  }
}
