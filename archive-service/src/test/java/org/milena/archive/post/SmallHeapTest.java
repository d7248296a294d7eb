package org.milena.archive.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.milena.archive.post.MessageMemory.Use;

/** Many messages at once, in a process of their own, whose heap holds a few of them. */
class SmallHeapTest {

  private static final int MB = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "LINES, 16, 4000000",
    "PICTURES, 16, 3000000",
    "REPEATED_PICTURE, 40, 31120",
  })
  void isEnoughForAnyNumberOfReaders(String worst, String readers, String size) throws Exception {
    assertThat(run("-Xmx96m", worst, "0", readers, size)).isEmpty();
  }

  /** In a heap that is larger than what is counted by what such a process takes by itself. */
  @ParameterizedTest
  @EnumSource(value = SmallHeapMain.Worst.class, mode = Mode.MATCH_NONE, names = ".*PICTURE.*")
  void maskingTakesNoMoreThanIsCounted(SmallHeapMain.Worst worst) throws Exception {
    long size = 8L * MB;
    long counted = Use.MASKED.octets(size);
    String heap = "-Xmx" + (counted / MB + 16) + "m";
    // room for one after the other
    String memory = Long.toString(counted * 8 / 5 + MB);
    assertThat(run(heap, worst.name(), memory, "2", Long.toString(size))).isEmpty();
  }

  /** What it said when it failed; empty when it did not. */
  private static String run(String heap, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-Xmn8m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapMain.class.getName()));
    command.addAll(List.of(arguments));
    Process reading = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean failed = reading.waitFor() != 0 || said.contains("OutOfMemory");
    return failed ? "failed: " + said : "";
  }
}
