package org.milena.engines.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastRunTest {
  private static final Optional<String> MONDAY = Optional.of("monday");
  private static final Optional<String> TUESDAY = Optional.of("tuesday");

  @TempDir private Path folder;

  @Test
  void aFirstRunHasLostNothing() throws IOException {
    assertThat(new LastRun(folder, MONDAY).lostPower()).isFalse();
  }

  @Test
  void aKilledBrokerHasLostNothing() throws IOException {
    new LastRun(folder, MONDAY).settle();
    assertThat(new LastRun(folder, MONDAY).lostPower()).isFalse();
  }

  @Test
  void aMachineThatWentDownMayHaveLostSomethingUntilThatIsSettled() throws IOException {
    new LastRun(folder, MONDAY).settle();
    assertThat(new LastRun(folder, TUESDAY).lostPower()).isTrue();
    LastRun again = new LastRun(folder, TUESDAY);
    assertThat(again.lostPower()).isTrue();
    again.settle();
    assertThat(new LastRun(folder, TUESDAY).lostPower()).isFalse();
  }

  @Test
  void aCleanStopBeforeTheMachineWentDownIsNoLoss() throws IOException {
    new LastRun(folder, MONDAY).settle();
    Files.createDirectory(folder.resolve("logs"));
    Files.createFile(folder.resolve("logs").resolve(".kafka_cleanshutdown"));
    assertThat(new LastRun(folder, TUESDAY).lostPower()).isFalse();
  }

  @Test
  void whereNobodyCanTellItCountsAsALoss() throws IOException {
    new LastRun(folder, Optional.empty()).settle();
    assertThat(new LastRun(folder, Optional.empty()).lostPower()).isTrue();
  }
}
