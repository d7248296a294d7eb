package org.milena.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacedOutputTest {
  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private long now;

  /** Of each write a second a thousand octets. */
  private long nanosAnOctet = SECOND / 1000;

  private final PacedOutput out =
      new PacedOutput(
          new ServletOutputStream() {
            @Override
            public void write(int octet) {
              now += nanosAnOctet;
              taken.write(octet);
            }

            @Override
            public boolean isReady() {
              return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
              throw new UnsupportedOperationException();
            }
          },
          1000,
          Duration.ofSeconds(10),
          () -> now);

  @Test
  void letsThroughWhatIsTakenFastEnough() throws IOException {
    byte[] octets = new byte[100_000];
    octets[99_999] = 7;
    out.write(octets);
    out.write(1);
    out.flush();
    assertThat(taken.size()).isEqualTo(100_001);
    assertThat(taken.toByteArray()[99_999]).isEqualTo((byte) 7);
    assertThat(out.ended()).isFalse();
  }

  @Test
  void endsWhatIsTakenTooSlowly() {
    nanosAnOctet = SECOND / 500; // half of it, so each second is half a second too much
    assertThatExceptionOfType(BrokenOffException.class)
        .isThrownBy(() -> out.write(new byte[1_000_000]));
    assertThat(out.ended()).isTrue();
    assertThat(taken.size()).isBetween(9_000, 20_000);
    int before = taken.size();
    assertThatExceptionOfType(BrokenOffException.class).isThrownBy(() -> out.write(1));
    assertThatExceptionOfType(BrokenOffException.class).isThrownBy(out::flush);
    assertThat(taken.size()).as("nothing goes out behind it").isEqualTo(before);
  }

  /** Whatever comes before it, and whenever one looks at it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 8192, 40_960, 50_000, 81_920})
  void forgivesAPauseThatIsShorterThanAWindow(int before) throws IOException {
    nanosAnOctet = SECOND / 4000;
    out.write(new byte[before]);
    nanosAnOctet = SECOND * 95 / 10;
    out.write(1);
    nanosAnOctet = SECOND / 4000;
    out.write(new byte[50_000]);
    assertThat(out.ended()).isFalse();
  }

  @Test
  void forgivesPausesForWhichIsPaid() throws IOException {
    for (int i = 0; i < 20; i++) {
      nanosAnOctet = SECOND * 95 / 10;
      out.write(1);
      nanosAnOctet = SECOND / 4000;
      out.write(new byte[16_384]);
    }
    assertThat(out.ended()).isFalse();
  }

  @Test
  void addsUpPausesForWhichIsNotPaid() throws IOException {
    nanosAnOctet = SECOND * 4;
    out.write(1);
    out.write(1);
    assertThatExceptionOfType(BrokenOffException.class).isThrownBy(() -> out.write(1));
  }

  @Test
  void doesNotCountTheTimeInWhichNothingIsWritten() throws IOException {
    for (int i = 0; i < 100; i++) {
      out.write(new byte[10]);
      now += 100 * SECOND;
    }
    assertThat(taken.size()).isEqualTo(1000);
  }

  /** What lay ready in the network's buffers before counts once, and not for ever. */
  @Test
  void seesAReaderWhoStopsBehindAFastBeginning() {
    nanosAnOctet = 0;
    assertThatExceptionOfType(BrokenOffException.class)
        .isThrownBy(() -> {
          out.write(new byte[4_000_000]);
          nanosAnOctet = SECOND / 100;
          out.write(new byte[1_000_000]);
        });
    assertThat(taken.size()).isBetween(4_001_000, 4_020_000);
  }
}
