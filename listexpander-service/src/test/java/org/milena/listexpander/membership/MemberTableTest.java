package org.milena.listexpander.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.membership.MemberLines.Line;

class MemberTableTest {
  private final MemberLines lines = new MemberLines();

  @Test
  void belowAHeadingNothingIsPassedOverInSilence() {
    MemberLines below = new MemberLines();
    assertThat(below.next("address,name")).isInstanceOf(Line.Nothing.class);
    assertThat(below.next("")).isInstanceOf(Line.Nothing.class);
    assertThat(below.next("Ann Example <ann@a.example>"))
        .isEqualTo(new Line.Somebody(MailAddress.of("ann@a.example"), "Ann Example"));
    assertThat(below.next("a".repeat(MemberLines.MAX_LINE + 1))).isInstanceOf(Line.Bad.class);
    assertThat(below.next("not an address")).isInstanceOf(Line.Bad.class);
  }

  @Test
  void theHeadingNamesTheColumnsInAnyOrder() {
    assertThat(lines.next("# members")).isInstanceOf(Line.Nothing.class);
    assertThat(lines.next("\uFEFFName;Mode;EMAIL;roles;moderated;delivery;language;shoe size"))
        .isInstanceOf(Line.Nothing.class);
    assertThat(lines.next("\"Ann; A\";mime;Ann@a.example;\"owner, member\";yes;no;de;39"))
        .isEqualTo(
            new Line.Somebody(
                MailAddress.of("Ann@a.example"),
                "Ann; A",
                Set.of(MemberRole.OWNER, MemberRole.MEMBER),
                PostAction.HOLD,
                new OptionsPatch(
                    DeliveryMode.MIME_DIGEST, false, null, null, null, null, null, "de", null)));
    assertThat(lines.next(";;bob@a.example"))
        .isEqualTo(new Line.Somebody(MailAddress.of("bob@a.example"), ""));
  }

  @Test
  void withoutAHeadingTheAddressStandsFirst() {
    assertThat(lines.next("ann@a.example,Ann,yes"))
        .isEqualTo(new Line.Somebody(MailAddress.of("ann@a.example"), "Ann"));
    assertThat(lines.next("Bob <bob@a.example>"))
        .isEqualTo(new Line.Somebody(MailAddress.of("bob@a.example"), "Bob"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x@y.example,chief,,,,",
        "x@y.example,,weekly,,,",
        "x@y.example,,,perhaps,,",
        "x@y.example,,,,fr,",
        "x@y.example,,,,,perhaps",
        "nobody,,,,,"
      })
  void aRowThatCannotBeReadSaysWhy(String row) {
    var _ = lines.next("address,role,mode,delivery,language,moderated");
    assertThat(assertInstanceOf(Line.Bad.class, lines.next(row)).reason()).endsWith(".");
  }

  @Test
  void whateverStandsInAFileNeverThrows() {
    Random random = new Random(5);
    String alphabet = "address,mode;role\t\"@.<>#\uFEFF yes\u0000\u00e9";
    for (int file = 0; file < 2_000; file++) {
      MemberLines some = new MemberLines();
      for (int n = random.nextInt(6); n > 0; n--) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
          text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        assertThat(some.next(text.toString())).isNotNull();
      }
    }
  }
}
