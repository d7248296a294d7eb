package org.milena.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.RawMessage;

/** What every engine must do, whatever it judges. */
public interface EngineContract {

  /** An engine that works. */
  Engine engine();

  @Test
  default void hasAVerdictOnAnything() throws NotScannedException {
    Random random = new Random(42);
    for (int i = 0; i < 50; i++) {
      byte[] octets = new byte[random.nextInt(5000)];
      random.nextBytes(octets);
      assertThat(engine().scan(Specimen.probe(RawMessage.wrap(octets)))).isNotNull();
    }
  }

  @Test
  default void takesTheLargestMail() throws NotScannedException {
    byte[] large = new byte[25 << 20];
    java.util.Arrays.fill(large, (byte) 'a');
    for (int i = 70; i < large.length; i += 72) {
      large[i] = '\r';
      large[i + 1 < large.length ? i + 1 : i] = '\n';
    }
    byte[] header = SampleMail.bytes("Subject: large\r\n\r\n");
    System.arraycopy(header, 0, large, 0, header.length);
    assertThat(engine().scan(Specimen.probe(RawMessage.wrap(large))).verdict())
        .isEqualTo(Verdict.CLEAN);
  }

  @Test
  default void passesItsProbe() {
    assertThat(engine().probe()).isEqualTo(new EngineState.Ready());
  }

  @Test
  default void hasANameForReports() {
    assertThat(engine().name()).matches("[a-z]+");
  }

  @Test
  default void saysItsVersionOrNothing() {
    assertThat(engine().version()).isNotNull().doesNotContain("\n");
  }
}
