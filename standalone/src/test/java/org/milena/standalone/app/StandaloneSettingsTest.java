package org.milena.standalone.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.failure.UnfitException;

class StandaloneSettingsTest {

  @TempDir Path program;

  @Test
  void emptyVariablesAreNotSet() {
    StandaloneSettings settings =
        StandaloneSettings.of(Map.of("MILENA_DATA", " ", "MILENA_KAFKA_PORT", ""), program);
    assertThat(settings.data()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(settings.kafkaPort()).isZero();
    assertThat(settings.elasticsearchPort()).isZero();
    assertThat(settings.elasticsearchHeap()).isEqualTo(320);
  }

  @Test
  void allCanBeSet() {
    StandaloneSettings settings =
        StandaloneSettings.of(
            Map.of(
                "MILENA_DATA", "/srv/milena",
                "MILENA_KAFKA_PORT", "19092",
                "MILENA_ELASTICSEARCH_PORT", "19200",
                "MILENA_ELASTICSEARCH_HEAP", "512",
                "MILENA_ENGINES", "/opt/engines"),
            program);
    assertThat(settings)
        .isEqualTo(
            new StandaloneSettings(
                Path.of("/srv/milena"), Path.of("/opt/engines"), 19_092, 19_200, 512));
  }

  @Test
  void whatIsNoNumberOrOutOfRangeNamesItsVariable() {
    assertThatThrownBy(() -> StandaloneSettings.of(Map.of("MILENA_KAFKA_PORT", "many"), program))
        .isInstanceOf(UnfitException.class)
        .hasMessage("MILENA_KAFKA_PORT must be a number, not many.");
    assertThatThrownBy(
            () -> StandaloneSettings.of(Map.of("MILENA_ELASTICSEARCH_HEAP", "64"), program))
        .isInstanceOf(UnfitException.class)
        .hasMessage("MILENA_ELASTICSEARCH_HEAP must be 128 to 31744, not 64.");
  }

  @Test
  void theEnginesLieBesideTheProgramOrTheFolderItWasUnpackedTo() throws IOException {
    Path unpacked = Files.createDirectories(program.resolve("app/1"));
    assertThat(StandaloneSettings.of(Map.of(), unpacked).engines())
        .isEqualTo(unpacked.resolve("elasticsearch"));
    Path above = Files.createDirectories(program.resolve("elasticsearch"));
    Files.createFile(above.resolve("elasticsearch.zip"));
    assertThat(StandaloneSettings.of(Map.of(), unpacked).engines()).isEqualTo(above);
    assertThat(StandaloneSettings.of(Map.of(), program).engines()).isEqualTo(above);
  }
}
