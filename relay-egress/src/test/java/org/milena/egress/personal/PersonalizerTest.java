package org.milena.egress.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.UnsubscribeLink;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ReversePath;
import org.milena.common.token.Keyring;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.UnsubscribeTokens;
import org.milena.common.token.VerpTags;

class PersonalizerTest {
  private static final ListId LIST = ListId.of("users.lists.example.org");
  private static final MailAddress ADA = MailAddress.of("Ada@x.example");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

  private final Keyring keys =
      new Keyring(Map.of('a', "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
  private final VerpTags tags = new VerpTags(keys);
  private final SignedTokens tokens = new SignedTokens(keys, CLOCK);
  private final Personalizer personalizer = new Personalizer(tags, tokens, CLOCK);

  private static Delivery delivery(
      @Nullable ListId list, ReturnPath path, @Nullable UnsubscribeLink link) {
    return new Delivery(
        new MailPointer(
            new RecordPosition("mail.outgoing", 0, 0),
            MailId.of("01890a5d-ac96-774b-bcce-b302099a8057"),
            "00"),
        OutgoingMeta.Kind.POST,
        list,
        "x.example",
        path,
        link,
        List.of(ADA),
        Instant.EPOCH);
  }

  private static UnsubscribeLink link(String scheme) {
    return new UnsubscribeLink(
        scheme + "://lists.example.org/unsubscribe/",
        MailAddress.of("users-unsubscribe@lists.example.org"));
  }

  private static final ReturnPath VERP =
      new ReturnPath.Verp(MailAddress.of("users-bounces@lists.example.org"));
  private static final ReturnPath FIXED = new ReturnPath.Fixed(new ReversePath.Null());

  private static String text(Copy copy) {
    return new String(copy.prefix().unsafeBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void writesTheRecipientIntoTheReturnPath() {
    Copy copy = personalizer.copyFor(delivery(LIST, VERP, null), ADA);
    String path = copy.reversePath().wire();
    assertThat(path).matches("<users-bounces\\+[a-z2-7]+@lists.example.org>");
    String tag = path.substring(path.indexOf('+') + 1, path.indexOf('@'));
    VerpTags.Tag read = tags.read(LIST, tag).orElseThrow();
    assertThat(tags.means(read, LIST, ADA)).isTrue();
    assertThat(tags.means(read, LIST, MailAddress.of("eve@x.example"))).isFalse();
    assertThat(copy.prefix().size()).isZero();
  }

  @Test
  void writesAFieldForLeavingWithOneClick() {
    String text = text(personalizer.copyFor(delivery(LIST, FIXED, link("https")), ADA));
    assertThat(text)
        .matches(
            "List-Unsubscribe: <https://lists.example.org/unsubscribe/[a-z2-7]+>,\r\n"
                + " <mailto:users-unsubscribe@lists.example.org>\r\n"
                + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    String token = text.substring(text.indexOf("unsubscribe/") + 12, text.indexOf(">,"));
    assertThat(new UnsubscribeTokens(tokens).read(token))
        .hasValueSatisfying(leaving -> {
          assertThat(leaving.list()).isEqualTo(LIST);
          assertThat(leaving.member().key()).isEqualTo(ADA.key());
        });
    for (String line : text.split("\r\n")) {
      assertThat(line.length()).isLessThan(998);
    }
  }

  @Test
  void offersOneClickOverHttpsOnly() {
    assertThat(text(personalizer.copyFor(delivery(LIST, FIXED, link("http")), ADA)))
        .contains("List-Unsubscribe: <http://")
        .doesNotContain("One-Click");
  }

  @Test
  void leavesARelayedMailAsItIs() {
    Delivery relayed = delivery(null, FIXED, null);
    Personalizer.check(relayed);
    assertThat(Personalizer.isPersonal(relayed)).isFalse();
    Copy copy = personalizer.copyFor(relayed, ADA);
    assertThat(copy.reversePath()).isEqualTo(new ReversePath.Null());
    assertThat(copy.prefix().size()).isZero();
  }

  @Test
  void refusesPersonalCopiesWithoutAList() {
    assertThatThrownBy(() -> Personalizer.check(delivery(null, VERP, null)))
        .isInstanceOf(UnreadableRecordException.class);
  }
}
