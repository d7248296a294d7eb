package org.milena.archive.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many large messages at once, in a process of their own, whose heap holds a few of them. */
class SmallHeapTest {

  @Test
  void isEnoughForAnyNumberOfReaders() throws Exception {
    Process reading =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapMain.class.getName(),
                "0",
                "16",
                Integer.toString(4_000_000))
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
