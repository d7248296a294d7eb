package org.milena.ingress.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineEndsTest {

  @Test
  void findsTheFirstLineEndWhereverItIs() {
    var random = new Random(3);
    byte[] near = {'\r', '\n', 0x0B, 0x0C, 0x0E, 0, (byte) 0x8D, (byte) 0x8A, 1, 'x'};
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            random.nextInt(3) == 0 ? near[random.nextInt(near.length)] : (byte) random.nextInt();
      }
      int from = random.nextInt(bytes.length + 1);
      int to = random.nextInt(from, bytes.length + 1);
      int expected = from;
      while (expected < to && bytes[expected] != '\r' && bytes[expected] != '\n') {
        expected++;
      }
      assertThat(LineEnds.next(bytes, from, to)).isEqualTo(expected);
    }
  }
}
