package org.milena.engines.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerMainTest {

  @Test
  void readsItsOptions() {
    assertThat(BrokerMain.settings("--port", "9092", "--data", "/d", "--controller-port", "9093"))
        .isEqualTo(new EmbeddedKafkaSettings(Path.of("/d"), 9092, 9093, Map.of()));
  }

  @Test
  void takesFreePortsWhenNoneIsNamed() {
    assertThat(BrokerMain.settings("--data", "/d"))
        .isEqualTo(EmbeddedKafkaSettings.in(Path.of("/d")));
  }

  @ParameterizedTest
  @CsvSource({
    "'--port 1', --data FOLDER is needed.",
    "'--data', --data needs a value.",
    "'--data /d --prot 1', There is no option --prot.",
    "'--data /d --port x', --port is not a number: x.",
    "'--data /d --port 70000', 'brokerPort must be 0 to 65535, not 70000'",
    "'--data /d --port 7 --controller-port 7', 'brokerPort and controllerPort are both 7, they must"
        + " differ'"
  })
  void refusesWhatItDoesNotUnderstand(String line, String sentence) {
    assertThatThrownBy(() -> BrokerMain.settings(line.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
