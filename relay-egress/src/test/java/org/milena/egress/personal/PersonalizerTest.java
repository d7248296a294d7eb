package org.milena.egress.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PersonalCopies;
import org.milena.common.event.PersonalMark;
import org.milena.common.event.PersonalValue;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.UnsubscribeLink;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
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
    Copy copy = personalizer.copyFor(delivery(LIST, VERP, null), List.of(), ADA);
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
    String text = text(personalizer.copyFor(delivery(LIST, FIXED, link("https")), List.of(), ADA));
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
    assertThat(text(personalizer.copyFor(delivery(LIST, FIXED, link("http")), List.of(), ADA)))
        .contains("List-Unsubscribe: <http://")
        .doesNotContain("One-Click");
  }

  @Test
  void leavesARelayedMailAsItIs() {
    Delivery relayed = delivery(null, FIXED, null);
    Personalizer.check(relayed);
    assertThat(Personalizer.isPersonal(relayed)).isFalse();
    Copy copy = personalizer.copyFor(relayed, List.of(), ADA);
    assertThat(copy.reversePath()).isEqualTo(new ReversePath.Null());
    assertThat(copy.prefix().size()).isZero();
  }

  private static Delivery personal(PersonalCopies copies, MailAddress... recipients) {
    Delivery usual = delivery(LIST, FIXED, null);
    return new Delivery(
        usual.content(),
        usual.kind(),
        usual.list(),
        usual.destination(),
        usual.returnPath(),
        null,
        List.of(recipients),
        usual.createdAt(),
        null,
        copies,
        null);
  }

  @Test
  void saysOfEachRecipientWhatTheTextsSay() {
    MailAddress bob = MailAddress.of("bob@x.example");
    Delivery delivery =
        personal(
            new PersonalCopies(false, "https://l.example/u/", List.of("Ada \u2014 F", "")),
            ADA,
            bob);
    assertThat(Personalizer.isPersonal(delivery)).isTrue();
    List<PersonalMark> marks =
        Stream.of(PersonalValue.values()).map(value -> new PersonalMark(0, value)).toList();
    assertThat(lines(personalizer.copyFor(delivery, marks, ADA)))
        .startsWith("Ada@x.example=\r\n", "Ada =E2=80=94 F=\r\n", "Ada =E2=80=94 F=\r\n");
    List<String> others = lines(personalizer.copyFor(delivery, marks, bob));
    assertThat(others).startsWith("bob@x.example=\r\n", "", "bob@x.example=\r\n");
    String link = others.getLast().replace("=\r\n", "");
    assertThat(link).startsWith("https://l.example/u/");
    assertThat(new UnsubscribeTokens(tokens).read(link.substring(20)))
        .hasValueSatisfying(
            leaving -> assertThat(leaving.member().key()).isEqualTo("bob@x.example"));
    assertThat(lines(personalizer.copyFor(delivery.only(List.of(bob)), marks, bob)))
        .isEqualTo(others);
  }

  private static List<String> lines(Copy copy) {
    return copy.insertions().stream()
        .map(insertion -> new String(insertion.unsafeBytes(), StandardCharsets.US_ASCII))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada",
        "",
        "Lovelace, Ada \"the first\"",
        "\u00c4d\u00e4 \ud83d\ude80"
            + " \u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416",
        "Ada\r\nBcc: eve@e.example",
        "=?utf-8?Q?=0D=0ABcc:_eve?="
      })
  void namesTheRecipientInTo(String name) {
    PersonalCopies copies = new PersonalCopies(true, null, List.of(name));
    Copy copy = personalizer.copyFor(personal(copies, ADA), List.of(), ADA);
    HeaderBlock header =
        HeaderBlock.of(RawMessage.wrap((text(copy) + "\r\n").getBytes(StandardCharsets.UTF_8)));
    assertThat(header.fields()).hasSize(1);
    assertThat(AddressListParser.parse(header.first("To").orElseThrow().value()))
        .containsExactly(new HeaderMailbox(name, ADA));
    assertThat(text(copy).lines()).allMatch(line -> line.length() <= 998);
    assertThat(copy.insertions()).isEmpty();
  }

  @Test
  void fillsTheCopyThatIsKeptLikeTheOneThatIsSent() {
    RawMessage message = RawMessage.wrap("a\r\nb=\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    List<PersonalMark> marks =
        List.of(new PersonalMark(3, PersonalValue.NAME), new PersonalMark(7, PersonalValue.EMAIL));
    Copy copy =
        personalizer.copyFor(
            personal(new PersonalCopies(false, null, List.of("Ada")), ADA), marks, ADA);
    assertThat(new String(copy.filled(message, marks).unsafeBytes(), StandardCharsets.US_ASCII))
        .isEqualTo("a\r\nAda=\r\nb=\r\nAda@x.example=\r\n\r\n");
    Copy same = personalizer.copyFor(delivery(LIST, VERP, null), marks, ADA);
    assertThat(same.filled(message, marks)).isEqualTo(message);
  }

  @Test
  void refusesPersonalCopiesWithoutAList() {
    assertThatThrownBy(() -> Personalizer.check(delivery(null, VERP, null)))
        .isInstanceOf(UnreadableRecordException.class);
  }
}
