package org.milena.common.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpliceTest {

  private static RawMessage message(String text) {
    return RawMessage.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void whatBothHaveAtTheirEndsIsNoChange() {
    byte[] old = message("one two three").toByteArray();
    assertThat(Splice.of(old, 0, old.length, message("one 2 three").toByteArray()))
        .isEqualTo(new Splice(4, 7, "2"));
    assertThat(Splice.of(old, 4, 7, new byte[0])).isEqualTo(new Splice(4, 7, ""));
    assertThat(Splice.of(old, 0, old.length, old)).isEqualTo(new Splice(13, 13, ""));
  }

  @Test
  void anyChangeOfAnyOctetsIsMade() {
    Random random = new Random(5);
    for (int round = 0; round < 20_000; round++) {
      byte[] old = new byte[random.nextInt(12)];
      byte[] with = new byte[random.nextInt(12)];
      for (byte[] octets : List.of(old, with)) {
        for (int i = 0; i < octets.length; i++) {
          octets[i] = (byte) (random.nextInt(3) - 1);
        }
      }
      Splice splice = Splice.of(old, 0, old.length, with);
      assertThat(Splice.apply(RawMessage.copyOf(old), List.of(splice)).toByteArray())
          .as(Arrays.toString(old))
          .isEqualTo(with);
    }
  }

  @Test
  void changesOutsideOrAcrossEachOtherAreNone() {
    RawMessage three = message("abc");
    assertThat(Splice.apply(three, List.of(new Splice(0, 1, "x"), new Splice(1, 1, "y"))))
        .isEqualTo(message("xybc"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Splice.apply(three, List.of(new Splice(2, 4, ""))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Splice.apply(three, List.of(new Splice(0, 2, ""), new Splice(1, 3, ""))));
    assertThatIllegalArgumentException().isThrownBy(() -> new Splice(2, 1, ""));
  }
}
