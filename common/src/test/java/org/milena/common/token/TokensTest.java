package org.milena.common.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

class TokensTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ListId LIST = ListId.of("users.lists.example.org");
  private static final MailAddress ADA = MailAddress.of("Ada@x.example");

  private final Keyring old = new Keyring(Map.of('a', secret(1)));
  private final Keyring rotated = rotated(secret(1), secret(2));
  private final SignedTokens tokens = at(old, NOW);

  private static byte[] secret(int seed) {
    return "%032d".formatted(seed).getBytes(StandardCharsets.US_ASCII);
  }

  private static Keyring rotated(byte[] first, byte[] second) {
    Map<Character, byte[]> keys = new LinkedHashMap<>();
    keys.put('a', first);
    keys.put('b', second);
    return new Keyring(keys);
  }

  private static SignedTokens at(Keyring keys, Instant now) {
    return new SignedTokens(keys, InstantSource.fixed(now));
  }

  @Test
  void carriesItsTextForItsPurposeOnly() {
    String token = tokens.issue(TokenPurpose.CONFIRM, "request 1", null);
    assertThat(tokens.read(TokenPurpose.CONFIRM, token)).contains("request 1");
    for (TokenPurpose purpose : TokenPurpose.values()) {
      if (purpose != TokenPurpose.CONFIRM) {
        assertThat(tokens.read(purpose, token)).as(purpose.name()).isEmpty();
      }
    }
  }

  @Test
  void aStampIsThatOfItsTextsPurposeAndKey() {
    byte[] stamp = tokens.stamp(TokenPurpose.POST, 8, "ann", "list", "1");
    assertThat(stamp).hasSize(8);
    assertThat(at(old, NOW.plusSeconds(9)).stamp(TokenPurpose.POST, 8, "ann", "list", "1"))
        .isEqualTo(stamp);
    assertThat(tokens.stamp(TokenPurpose.POST, 8, "ann", "list1", "")).isNotEqualTo(stamp);
    assertThat(tokens.stamp(TokenPurpose.CONFIRM, 8, "ann", "list", "1")).isNotEqualTo(stamp);
    assertThat(at(rotated, NOW).stamp(TokenPurpose.POST, 8, "ann", "list", "1"))
        .isNotEqualTo(stamp);
  }

  @Test
  void surviveAChangeOfCase() {
    String token = tokens.issue(TokenPurpose.CONFIRM, "request 1", null);
    assertThat(tokens.read(TokenPurpose.CONFIRM, token.toUpperCase(Locale.ROOT)))
        .contains("request 1");
  }

  @Test
  void noCharacterCanBeChangedOrLeftOut() {
    String token = tokens.issue(TokenPurpose.MODERATE, "hold 7", NOW.plusSeconds(60));
    for (int at = 0; at < token.length(); at++) {
      char other = token.charAt(at) == 'q' ? 'r' : 'q';
      String changed = token.substring(0, at) + other + token.substring(at + 1);
      // the last character of a Base32 text may hold bits that belong to no octet
      if (at < token.length() - 1) {
        assertThat(tokens.read(TokenPurpose.MODERATE, changed)).as(changed).isEmpty();
      }
      assertThat(tokens.read(TokenPurpose.MODERATE, token.substring(0, at))).isEmpty();
    }
  }

  @Test
  void endsWhenItIsSaidTo() {
    String token = tokens.issue(TokenPurpose.CONFIRM, "request 1", NOW.plusSeconds(60));
    assertThat(at(old, NOW.plusSeconds(60)).read(TokenPurpose.CONFIRM, token)).isPresent();
    assertThat(at(old, NOW.plusSeconds(61)).read(TokenPurpose.CONFIRM, token)).isEmpty();
  }

  @Test
  void anExpiryBeyond2038IsKept() {
    Instant late = Instant.parse("2090-01-01T00:00:00Z");
    String token = tokens.issue(TokenPurpose.CONFIRM, "request 1", late);
    assertThat(at(old, late.minusSeconds(1)).read(TokenPurpose.CONFIRM, token)).isPresent();
    assertThat(at(old, late.plusSeconds(1)).read(TokenPurpose.CONFIRM, token)).isEmpty();
  }

  @Test
  void whatAnOldKeySignedIsReadAfterARotationAndTheNewKeySigns() {
    String before = tokens.issue(TokenPurpose.CONFIRM, "request 1", null);
    SignedTokens after = at(rotated, NOW);
    assertThat(after.read(TokenPurpose.CONFIRM, before)).contains("request 1");
    String now = after.issue(TokenPurpose.CONFIRM, "request 2", null);
    assertThat(now).startsWith("b");
    assertThat(after.read(TokenPurpose.CONFIRM, now)).contains("request 2");
    assertThat(tokens.read(TokenPurpose.CONFIRM, now)).as("without the new key").isEmpty();
  }

  @Test
  void anotherKeyUnderTheSameIdReadsNothing() {
    String token = tokens.issue(TokenPurpose.CONFIRM, "request 1", null);
    SignedTokens forger = at(new Keyring(Map.of('a', secret(9))), NOW);
    assertThat(forger.read(TokenPurpose.CONFIRM, token)).isEmpty();
    assertThat(tokens.read(TokenPurpose.CONFIRM, forger.issue(TokenPurpose.CONFIRM, "x", null)))
        .isEmpty();
  }

  @Test
  void leavingNamesListAndMember() {
    UnsubscribeTokens leaving = new UnsubscribeTokens(tokens);
    assertThat(leaving.read(leaving.issue(LIST, ADA)))
        .hasValueSatisfying(one -> {
          assertThat(one.list()).isEqualTo(LIST);
          assertThat(one.member().key()).isEqualTo(ADA.key());
        });
    assertThat(leaving.read(tokens.issue(TokenPurpose.UNSUBSCRIBE, "no separator", null)))
        .isEmpty();
    assertThat(leaving.read("")).isEmpty();
  }

  @Test
  void aReturnPathTagNamesItsRecipientForItsListAndNobodyElse() {
    VerpTags tags = new VerpTags(rotated);
    String tag = new VerpTags(old).tag(LIST, ADA, NOW);
    assertThat(tag).hasSize(VerpTags.LENGTH);
    assertThat(tags.read(LIST, tag))
        .hasValueSatisfying(read -> {
          assertThat(tags.means(read, LIST, ADA)).isTrue();
          assertThat(tags.means(read, LIST, MailAddress.of("eve@x.example"))).isFalse();
          assertThat(read.sentOnDay()).isEqualTo((int) (NOW.getEpochSecond() / 86_400));
        });
    assertThat(tags.read(ListId.of("other.lists.example.org"), tag)).isEmpty();
    assertThat(tags.read(LIST, tag.substring(1))).isEmpty();
  }

  @Test
  void refusesKeysThatProtectNothing() {
    assertThatThrownBy(() -> new Keyring(Map.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Keyring(Map.of('a', new byte[31])))
        .hasMessageContaining("32 bytes");
    assertThatThrownBy(() -> new Keyring(Map.of('!', secret(1)))).hasMessageContaining("a-z2-7");
  }
}
