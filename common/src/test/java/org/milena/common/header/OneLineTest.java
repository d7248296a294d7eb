package org.milena.common.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void makesOneSpaceOfWhatIsNotSeen() {
    assertThat(OneLine.of(" \r\na\t \u202eb\u2028\u2029c\u0085d\ud83de\u200b\ufefff\0 ", 100))
        .isEqualTo("a b c d e f");
    assertThat(OneLine.of("", 10)).isEmpty();
    assertThat(OneLine.of("\u202e \n", 10)).isEmpty();
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(OneLine.of("abcd", 4)).isEqualTo("abcd");
    assertThat(OneLine.of("abcd  \n", 4)).isEqualTo("abcd");
    assertThat(OneLine.of("abcde", 4)).isEqualTo("abcd…");
    assertThat(OneLine.of("abc\ud83d\ude00", 4)).isEqualTo("abc…");
    assertThat(OneLine.of("ab\ud83d\ude00", 4)).isEqualTo("ab\ud83d\ude00");
  }

  @Test
  void holdsForAnyText() {
    Random random = new Random(5322);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(40); left > 0; left--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x10000 : 0x100));
      }
      int most = random.nextInt(30);
      String line = OneLine.of(text.toString(), most);
      assertThat(line).hasSizeLessThanOrEqualTo(most + 1);
      assertThat(line)
          .doesNotContainPattern(
              "[\\p{Cc}[\\p{Cf}&&[^\u200c\u200d]]\\p{Cs}\\p{Zl}\\p{Zp}]|  |^ | $");
    }
  }
}
