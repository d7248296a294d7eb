package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every bomb in a process whose heap is hardly larger than the largest mail, decoded twice. */
class BombsTest {

  private static final Logger log = LoggerFactory.getLogger(BombsTest.class);

  private static final String HEAP = "-Xmx96m";

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void noneTakesTheHeapOrTheTimeOfOthers() throws IOException, InterruptedException {
    Path mails = Files.createDirectory(folder.resolve("mails"));
    for (Bombs bomb : Bombs.values()) {
      Files.write(mails.resolve(bomb.name()), bomb.unfolding().unsafeBytes());
    }
    Path output = folder.resolve("output");
    Process squad =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BombSquad.class.getName(),
                mails.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(squad.waitFor(280, TimeUnit.SECONDS)).as("all ended").isTrue();
    } finally {
      squad.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output);
    assertThat(lines).as("%s", lines).endsWith("done");
    log.info("bomb | verdict | ms | peak MiB of {} | clean mails beside | reason", HEAP);
    for (Bombs bomb : Bombs.values()) {
      String line =
          lines.stream()
              .filter(one -> one.startsWith(bomb.name() + "|"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(bomb + " has no verdict: " + lines));
      log.info("{}", line);
      String[] said = line.split("\\|", 6);
      assertThat(bomb.allows(said[1])).as(line).isTrue();
      assertThat(Integer.parseInt(said[4])).as(line).isPositive();
    }
  }
}
