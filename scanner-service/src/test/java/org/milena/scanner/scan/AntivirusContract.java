package org.milena.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every engine that judges malware must do. */
public interface AntivirusContract extends EngineContract {

  @TestFactory
  default Stream<DynamicTest> findsTheTestVirusInEveryDress() {
    return SampleMail.infected().entrySet().stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(),
                () ->
                    assertThat(engine().scan(Specimen.probe(sample.getValue())))
                        .isInstanceOf(EngineVerdict.Infected.class)));
  }

  @TestFactory
  default Stream<DynamicTest> callsCleanWhatIsClean() {
    return SampleMail.clean().entrySet().stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(),
                () ->
                    assertThat(engine().scan(Specimen.probe(sample.getValue())))
                        .isEqualTo(new EngineVerdict.Clean())));
  }

  /** Whose voice it is. */
  default Engine.Role role() {
    return Engine.Role.ANTIVIRUS;
  }

  @Test
  default void saysWhoseVoiceItIs() {
    assertThat(engine().role()).isEqualTo(role());
  }
}
