package org.milena.archive.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many messages at once, in a process of their own, whose heap holds a few of them. */
class SmallHeapTest {

  @ParameterizedTest
  @CsvSource({
    "LINES, 16, 4000000",
    "ADDRESSES, 16, 4000000",
    "PICTURES, 16, 3000000",
    "REPEATED_PICTURE, 40, 31120",
  })
  void isEnoughForAnyNumberOfReaders(String worst, String readers, String size) throws Exception {
    Process reading =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapMain.class.getName(),
                worst,
                "0",
                readers,
                size)
            .redirectErrorStream(true)
            .start();
    String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(
            List.of(
                reading.waitFor(),
                said.lines().filter(line -> line.contains("OutOfMemory")).count()))
        .as(said)
        .isEqualTo(List.of(0, 0L));
  }
}
